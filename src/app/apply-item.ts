import type { Strictness } from '../engine/merge/merge.ts';
import type { SourceLanguage } from '../engine/merge/source-language.ts';
import { decodeSource } from '../files/read-source.ts';
import type { SourceText } from '../files/read-source.ts';
import { BoosterError } from '../shared/errors.ts';

/** One edit and what it is for. */
export interface ApplyItem {
  readonly target: ApplyTarget;
  /** Without byte order mark. */
  readonly edit: string;
  /** Default: told by the path; `text` for a text without one. */
  readonly language?: SourceLanguage;
  /** Default: that of the run. */
  readonly strictness?: Strictness;
  /** SHA-256 that the content must have, or at least its first 8 digits; lower-case hex. */
  readonly expectHash?: string;
}

export type ApplyTarget =
  /** Relative to the working directory or absolute. */
  | { readonly kind: 'file'; readonly path: string }
  /** A text that lies in no file. */
  | { readonly kind: 'code'; readonly source: SourceText };

/**
 * A text that came as a string of a JSON document, under the rules for files.
 * @param name names it in messages
 * @throws BoosterError E_FILE_NOT_TEXT (NUL, half of a surrogate pair), E_FILE_TOO_LARGE
 */
export function readText(text: string, name: string, maximumBytes: number): SourceText {
  const lone = /\p{Surrogate}/u.exec(text);
  if (lone !== null) {
    const message = `${name}: holds half of a surrogate pair at index ${String(lone.index)}: not text`;
    throw new BoosterError('E_FILE_NOT_TEXT', message, { path: name, index: lone.index });
  }
  return decodeSource(Buffer.from(text), name, { maximumBytes });
}

/**
 * Reads a hash that somebody expects; letter case does not count.
 * @returns lower-case hex, or `undefined` when it is not 8 to 64 hexadecimal digits
 */
export function readExpectedHash(text: string): string | undefined {
  return /^[\da-f]{8,64}$/i.test(text) ? text.toLowerCase() : undefined;
}
