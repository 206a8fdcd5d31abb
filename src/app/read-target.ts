import { resolve } from 'node:path';
import { decodeFile, decodeSource, hashOf, readFile } from '../files/read-source.ts';
import type { SourceFile, SourceText } from '../files/read-source.ts';

/** What is read of a target: its file, or its staged version when that is meant, which cannot be written. */
interface ReadableTarget {
  readonly path: string;
  readonly staged?: Uint8Array;
}

interface TargetPlace {
  readonly cwd: string;
  readonly maximumBytes: number;
}

/** A content that needs no decoding. */
export interface KnownTarget<Known> {
  readonly known: Known;
  /** SHA-256 of the content, in lower-case hex. */
  readonly hash: string;
  readonly bytes: number;
}

/** Files are read into it, one after the other, while nobody needs more of them than the hash: 18 MB of garbage less in 2,000 files. */
let scratch = Buffer.alloc(0);
const scratchBytes = 1_048_577;

/**
 * Reads a target, and decodes it unless its hash says enough.
 * @param lookUp what is known of a content, by its hash
 * @throws BoosterError as `readSource`
 */
export function readUnlessKnown<Known>(
  { path, staged }: ReadableTarget,
  { cwd, maximumBytes }: TargetPlace,
  lookUp: (hash: string) => Known | undefined,
): KnownTarget<Known> | SourceFile | SourceText {
  if (staged !== undefined) {
    const hash = hashOf(staged);
    const known = lookUp(hash);
    if (known !== undefined) return { known, hash, bytes: staged.length };
    return decodeSource(staged, path, { maximumBytes }, hash);
  }
  if (scratch.length === 0) scratch = Buffer.allocUnsafeSlow(scratchBytes);
  const raw = readFile(resolve(cwd, path), { maximumBytes }, scratch);
  const known = lookUp(raw.hash);
  return known === undefined ? decodeFile(raw, { maximumBytes }) : { known, hash: raw.hash, bytes: raw.content.length };
}

/**
 * The text of a target.
 * @throws BoosterError as `readSource`
 */
export function readTarget(
  { path, staged }: ReadableTarget,
  { cwd, maximumBytes }: TargetPlace,
): SourceFile | SourceText {
  return staged === undefined
    ? decodeFile(readFile(resolve(cwd, path), { maximumBytes }), { maximumBytes })
    : decodeSource(staged, path, { maximumBytes });
}
