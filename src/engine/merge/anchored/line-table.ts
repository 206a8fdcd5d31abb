import { numberLines } from '../line-numbers.ts';
import { trimmedLines } from '../trimmed-lines.ts';
import { exactBits } from './exact-bits.ts';

const structural =
  /^(?:[^\p{L}\p{N}]*|[\s})\];,]*(?:end|else|return|break|continue|pass|try|finally|do|then|begin|fi|done|default|endif|esac)[\s;:,{}()]*|#(?:endif|else))$/u;

/** The lines of one file that are not blank, as integers: equal lines have equal numbers. */
export interface LineTable {
  /** Line of the file (from 0) of each row; rows are the lines that are not blank. */
  readonly lineOfRow: Int32Array;
  /** Number of the line without trailing white space. */
  readonly exact: Int32Array;
  /** Number of the line without white space around it. */
  readonly loose: Int32Array;
  /** Bits by which a match of the row as it stands, or but for its indentation, tells its place. */
  readonly weight: Float64Array;
  readonly looseWeight: Float64Array;
  /** Whether a blank line stands before the row. */
  readonly blankBefore: Uint8Array;
  /** Rows by number, for both kinds. */
  readonly rowsOfExact: readonly (readonly number[])[];
  readonly rowsOfLoose: readonly (readonly number[])[];
  /** Whether a line is structural, by the number that it has without white space around it. */
  readonly isWeak: Uint8Array;
  /** Number of a line of the edit, -1 when no line of the file equals it. */
  exactOf(line: string): number;
  looseOf(line: string): number;
  /** The line of a row as it stands in the file. */
  lineAt(row: number): string;
}

export function isStructural(trimmed: string): boolean {
  return structural.test(trimmed);
}

/** White space before the first character that is none. */
export function indentOf(line: string): string {
  const length = line.length - line.trimStart().length;
  return line.slice(0, length);
}

/** Bits of each number, and through it of each row. */
function weigh(size: number, rows: readonly (readonly number[])[], isWeak: (row: number) => boolean): Float64Array {
  const total = size + 1;
  const weights = new Float64Array(size);
  for (const places of rows) {
    const bits = Math.log2(total / places.length) + 1;
    const weight = exactBits(Math.min(isWeak(places[0] ?? 0) ? 3 : 10, bits));
    for (const row of places) weights[row] = weight;
  }
  return weights;
}

/** A line with one indentation. */
interface ExactKind {
  readonly indent: string;
  readonly number: number;
}

/** Numbers of lines with their indentation: that, and the number of the line without. */
class ExactNumbers {
  readonly #kinds: (ExactKind[] | undefined)[] = [];
  #count = 0;

  find(loose: number, indent: string): number | undefined {
    return this.#kinds[loose]?.find((kind) => kind.indent === indent)?.number;
  }

  of(loose: number, indent: string): number {
    const number = this.find(loose, indent);
    if (number !== undefined) return number;
    const kind = { indent, number: this.#count };
    const kinds = this.#kinds[loose];
    if (kinds === undefined) this.#kinds[loose] = [kind];
    else kinds.push(kind);
    this.#count += 1;
    return this.#count - 1;
  }
}

/** What stands before the first character of `trimmed`, which is the line without white space around it. */
function indentBefore(trimmed: string, line: string): string {
  return line.slice(0, line.indexOf(trimmed.charAt(0)));
}

export function tabulateLines(lines: readonly string[]): LineTable {
  const trimmed = trimmedLines(lines);
  const { numbers, numberOf, places, size } = numberLines(lines);
  const exactNumbers = new ExactNumbers();
  const lineOfRow = new Int32Array(size);
  const exact = new Int32Array(size);
  const loose = new Int32Array(size);
  const blankBefore = new Uint8Array(size);
  const isWeak = new Uint8Array(places.length);
  const rowsOfExact: number[][] = [];
  let row = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    const number = numbers[index] ?? -1;
    if (number < 0) continue;
    const text = trimmed[index] ?? '';
    if (places[number]?.[0] === row) isWeak[number] = Number(isStructural(text));
    loose[row] = number;
    const exactNumber = exactNumbers.of(number, indentBefore(text, lines[index] ?? ''));
    exact[row] = exactNumber;
    const rows = rowsOfExact[exactNumber];
    if (rows === undefined) rowsOfExact[exactNumber] = [row];
    else rows.push(row);
    lineOfRow[row] = index;
    blankBefore[row] = index > 0 && numbers[index - 1] === -1 ? 1 : 0;
    row += 1;
  }
  const isWeakRow = (at: number): boolean => isWeak[loose[at] ?? 0] === 1;
  return {
    lineOfRow,
    exact,
    loose,
    weight: weigh(size, rowsOfExact, isWeakRow),
    looseWeight: weigh(size, places, isWeakRow),
    blankBefore,
    rowsOfExact,
    rowsOfLoose: places,
    isWeak,
    exactOf: (line) => {
      const text = line.trim();
      const number = numberOf.get(text);
      return number === undefined ? -1 : (exactNumbers.find(number, indentBefore(text, line)) ?? -1);
    },
    looseOf: (line) => numberOf.get(line.trim()) ?? -1,
    lineAt: (at) => lines[lineOfRow[at] ?? -1] ?? '',
  };
}
