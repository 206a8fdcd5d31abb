import type { SourceLanguage } from '../source-language.ts';
import type { TextLines } from '../text-lines.ts';
import { trimmedLines } from '../trimmed-lines.ts';
import type { MergedRows } from './merged-rows.ts';

/** Lines as numbers: those that are the same but for white space around them have one number. Made once for all candidates of a merge. */
export class LineIds {
  readonly language: SourceLanguage;
  readonly #ids = new Map<string, number>();
  /** Of each line of the file, -1 for a blank one. */
  readonly #ofFile: Int32Array;

  constructor({ lines }: TextLines, language: SourceLanguage) {
    this.language = language;
    this.#ofFile = Int32Array.from(trimmedLines(lines), (trimmed) => this.#idOf(trimmed));
  }

  of(line: string): number {
    return this.#idOf(line.trim());
  }

  /** Of each row of a result, -1 for a blank one. A row that is a line of the file differs from it in white space at most. */
  ofRows({ rows }: MergedRows): Int32Array {
    const ids = new Int32Array(rows.length);
    for (let row = 0; row < ids.length; row += 1) {
      const { line = '', origin = -1 } = rows[row] ?? {};
      ids[row] = origin < 0 ? this.of(line) : (this.#ofFile[origin] ?? -1);
    }
    return ids;
  }

  #idOf(trimmed: string): number {
    if (trimmed === '') return -1;
    // in Go an import is the same inside the parentheses of a group and outside
    const key = this.language === 'go' ? trimmed.replace(/^import\s+(?=[\w.]*\s*")/, '') : trimmed;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#ids.set(key, this.#ids.size);
    return this.#ids.size - 1;
  }
}

const known = new WeakMap<TextLines, LineIds>();

export function lineIdsOf(text: TextLines, language: SourceLanguage): LineIds {
  const last = known.get(text);
  if (last?.language === language) return last;
  const ids = new LineIds(text, language);
  known.set(text, ids);
  return ids;
}
