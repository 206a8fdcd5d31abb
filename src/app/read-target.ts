import { resolve } from 'node:path';
import { decodeSource, readSource } from '../files/read-source.ts';
import type { SourceFile, SourceText } from '../files/read-source.ts';

/**
 * The text of a target: that of the file, or of its staged version when that is meant, which cannot be written.
 * @throws BoosterError as `readSource`
 */
export function readTarget(
  { path, staged }: { readonly path: string; readonly staged?: Uint8Array },
  { cwd, maximumBytes }: { readonly cwd: string; readonly maximumBytes: number },
): SourceFile | SourceText {
  return staged === undefined
    ? readSource(resolve(cwd, path), { maximumBytes })
    : decodeSource(staged, path, { maximumBytes });
}
