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
  readonly rowsOfExact: ReadonlyMap<number, readonly number[]>;
  readonly rowsOfLoose: ReadonlyMap<number, readonly number[]>;
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

function pushTo(map: Map<number, number[]>, key: number, row: number): void {
  const rows = map.get(key);
  if (rows === undefined) map.set(key, [row]);
  else rows.push(row);
}

/** Bits of each number, and through it of each row. */
function weigh(numbers: Int32Array, rows: ReadonlyMap<number, readonly number[]>, weak: Uint8Array): Float64Array {
  const total = numbers.length + 1;
  const weights = new Float64Array(numbers.length);
  for (const places of rows.values()) {
    const bits = Math.log2(total / places.length) + 1;
    for (const row of places) weights[row] = exactBits(Math.min(weak[row] === 1 ? 3 : 10, bits));
  }
  return weights;
}

export function tabulateLines(lines: readonly string[]): LineTable {
  const exactNumbers = new Map<string, number>();
  const looseNumbers = new Map<string, number>();
  const lineOfRow: number[] = [];
  const exact: number[] = [];
  const loose: number[] = [];
  const blankBefore: number[] = [];
  const weak: number[] = [];
  const rowsOfExact = new Map<number, number[]>();
  const rowsOfLoose = new Map<number, number[]>();
  let blank = 0;
  trimmedLines(lines).forEach((trimmed, index) => {
    if (trimmed === '') {
      blank = 1;
      return;
    }
    const row = lineOfRow.push(index) - 1;
    const looseNumber = numberOf(looseNumbers, trimmed);
    loose.push(looseNumber);
    exact.push(numberOf(exactNumbers, (lines[index] ?? '').trimEnd()));
    blankBefore.push(blank);
    const [first] = rowsOfLoose.get(looseNumber) ?? [];
    weak.push(first === undefined ? Number(isStructural(trimmed)) : (weak[first] ?? 0));
    pushTo(rowsOfExact, exact[row] ?? -1, row);
    pushTo(rowsOfLoose, looseNumber, row);
    blank = 0;
  });
  const weakRows = Uint8Array.from(weak);
  const exactIds = Int32Array.from(exact);
  const looseIds = Int32Array.from(loose);
  return {
    lineOfRow: Int32Array.from(lineOfRow),
    exact: exactIds,
    loose: looseIds,
    weight: weigh(exactIds, rowsOfExact, weakRows),
    looseWeight: weigh(looseIds, rowsOfLoose, weakRows),
    blankBefore: Uint8Array.from(blankBefore),
    rowsOfExact,
    rowsOfLoose,
    exactOf: (line) => exactNumbers.get(line.trimEnd()) ?? -1,
    looseOf: (line) => looseNumbers.get(line.trim()) ?? -1,
    lineAt: (row) => lines[lineOfRow[row] ?? -1] ?? '',
  };
}

function numberOf(numbers: Map<string, number>, line: string): number {
  const known = numbers.get(line);
  if (known !== undefined) return known;
  numbers.set(line, numbers.size);
  return numbers.size - 1;
}
