import { numberLines, type LineNumbers } from '../line-numbers.ts';
import type { SourceLanguage } from '../source-language.ts';
import type { TextLines } from '../text-lines.ts';
import { trimmedLines } from '../trimmed-lines.ts';
import type { MergedRows } from './merged-rows.ts';

/** Lines of a file and of what is made of it as numbers: those that mean the same but for white space around them have one number. */
export class LineIds {
  readonly language: SourceLanguage;
  readonly #ofFile: LineNumbers;
  /** Of lines that the file does not have. */
  readonly #fresh = new Map<string, number>();

  constructor({ lines }: TextLines, language: SourceLanguage) {
    this.language = language;
    this.#ofFile = numberLines(language === 'go' ? trimmedLines(lines).map(withoutImport) : lines);
  }

  /** -1 for a blank line. */
  of(line: string): number {
    const trimmed = line.trim();
    if (trimmed === '') return -1;
    const key = this.language === 'go' ? withoutImport(trimmed) : trimmed;
    const { numberOf, places } = this.#ofFile;
    const known = numberOf.get(key) ?? this.#fresh.get(key);
    if (known !== undefined) return known;
    const number = places.length + this.#fresh.size;
    this.#fresh.set(key, number);
    return number;
  }

  /** Of each row of a result. A row that is a line of the file differs from it in white space at most. */
  ofRows({ rows }: MergedRows): Int32Array {
    const { numbers } = this.#ofFile;
    const ids = new Int32Array(rows.length);
    for (let row = 0; row < ids.length; row += 1) {
      const { line = '', origin = -1 } = rows[row] ?? {};
      ids[row] = origin < 0 ? this.of(line) : (numbers[origin] ?? -1);
    }
    return ids;
  }
}

/** In Go an import is the same inside the parentheses of a group and outside. */
function withoutImport(trimmed: string): string {
  return trimmed.replace(/^import\s+(?=[\w.]*\s*")/, '');
}

const known = new WeakMap<TextLines, LineIds>();

/** Made once for all candidates of a merge. */
export function lineIdsOf(text: TextLines, language: SourceLanguage): LineIds {
  const last = known.get(text);
  if (last?.language === language) return last;
  const ids = new LineIds(text, language);
  known.set(text, ids);
  return ids;
}
