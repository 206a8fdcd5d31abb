import type { Segment } from '../snippet.ts';
import { exactBits } from './exact-bits.ts';
import { headBits, interiorMatch, tailBits } from './match-bits.ts';
import { indentOf, type LineTable } from './line-table.ts';

/** A constant change of indentation: what is put before each line, or taken away from it. */
export interface Shift {
  readonly add: string;
  readonly remove: string;
}

const noShift: Shift = { add: '', remove: '' };

/** The line with the shift; `undefined` when it does not begin with what is to be taken away. */
export function shiftLine(line: string, shift: Shift): string | undefined {
  if (line.trim() === '') return line;
  if (!line.startsWith(shift.remove)) return undefined;
  return shift.add + line.slice(shift.remove.length);
}

/** The lines of a segment that are not blank, as the numbers of the file's table, under one shift. */
export interface SegmentRows {
  readonly segment: Segment;
  readonly shift: Shift;
  /** All lines of the segment, blank ones too, with the shift. */
  readonly lines: readonly string[];
  /** Index into `lines` of each row. */
  readonly lineOfRow: Int32Array;
  readonly exact: Int32Array;
  readonly loose: Int32Array;
  readonly blankBefore: Uint8Array;
  /** Bits that speak against a row being new text: it stands in the file already. */
  readonly echo: Float64Array;
  /** The same at an open end, where nothing tells that the row is a copy. */
  readonly outside: Float64Array;
  /** Bits that speak for a row being the copy of another, see {@link copyBits}. */
  readonly copied: Float64Array;
  /** For each row of the file: what the run of equal rows says that begins (ends) the segment there, see match-bits.ts. */
  readonly head: Float64Array;
  readonly tail: Float64Array;
}

/** `undefined` when a line cannot be shifted so. */
export function tabulateSegment(segment: Segment, shift: Shift, table: LineTable): SegmentRows | undefined {
  const lines: string[] = [];
  for (const line of segment.lines) {
    const shifted = shiftLine(line, shift);
    if (shifted === undefined) return undefined;
    lines.push(shifted);
  }
  const lineOfRow: number[] = [];
  const blankBefore: number[] = [];
  let blank = segment.blankBefore > 0 ? 1 : 0;
  lines.forEach((line, index) => {
    if (line.trim() === '') blank = 1;
    else {
      lineOfRow.push(index);
      blankBefore.push(blank);
      blank = 0;
    }
  });
  const rowLines = lineOfRow.map((index) => lines[index] ?? '');
  const exact = Int32Array.from(rowLines, (line) => table.exactOf(line));
  const loose = Int32Array.from(rowLines, (line) => table.looseOf(line));
  const outside = Float64Array.from(loose, (number) => echoOf(number, table));
  return {
    segment,
    shift,
    lines,
    lineOfRow: Int32Array.from(lineOfRow),
    exact,
    loose,
    blankBefore: Uint8Array.from(blankBefore),
    echo: outside.map((bits) => Math.min(1, bits)),
    outside,
    copied: copyBits(rowLines, loose, table),
    head: headBits(exact, table),
    tail: tailBits(exact, table),
  };
}

/** How much a copied line says, compared with one that is matched; what a header says that would come twice. */
const copiedShare = 0.8;
const headerTwice = -10;
/** What each copied line costs. */
const copyCost = exactBits(-0.15);

/**
 * New code is often a copy of its neighbour, changed; an alignment takes it for that neighbour. So between two lines that
 * stand next to each other in the file, new lines that stand elsewhere count nearly as much as if they were matched; but
 * not the unique lines of the outermost level, which a copy changes first.
 */
function copyBits(lines: readonly string[], loose: Int32Array, table: LineTable): Float64Array {
  const outermost = lines.reduce((width, line) => Math.min(width, indentOf(line).length), Infinity);
  return Float64Array.from(lines, (line, index) => {
    const number = loose[index] ?? -1;
    const places = table.rowsOfLoose[number];
    const place = places?.[0];
    if (place === undefined) return copyCost;
    const isHeader = places?.length === 1 && indentOf(line).length === outermost && table.isWeak[number] !== 1;
    const share = copiedShare * Math.min(interiorMatch, table.looseWeight[place] ?? 0);
    return isHeader ? headerTwice : exactBits(share + copyCost);
  });
}

function echoOf(loose: number, table: LineTable): number {
  const row = table.rowsOfLoose[loose]?.[0];
  if (row === undefined || table.isWeak[loose] === 1) return 0;
  return table.looseWeight[row] ?? 0;
}

/** At most this many places of one line are looked at: a line that is everywhere says nothing about indentation. */
const maximumPlaces = 40;

/**
 * The shifts under which the segment could fit, most likely first: as it is, and those that many of its lines agree on.
 * A snippet that has lost its indentation has one shift, and all of its kept lines show it.
 */
export function likelyShifts(segment: Segment, table: LineTable): Shift[] {
  const votes = new Map<string, { shift: Shift; bits: number }>();
  for (const line of segment.lines) {
    if (line.trim() === '') continue;
    const rows = table.rowsOfLoose[table.looseOf(line)];
    if (rows === undefined) continue;
    const seen = new Set<string>();
    for (const row of rows.slice(0, maximumPlaces)) {
      const shift = shiftBetween(line, table.lineAt(row));
      if (shift === undefined) continue;
      const key = `${shift.add}|${shift.remove}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const vote = votes.get(key) ?? { shift, bits: 0 };
      vote.bits += table.looseWeight[row] ?? 0;
      votes.set(key, vote);
    }
  }
  const asItIs = votes.get('|')?.bits ?? 0;
  const better = [...votes.values()]
    .filter(({ shift, bits }) => (shift.add !== '' || shift.remove !== '') && bits > asItIs + 3)
    .sort((a, b) => b.bits - a.bits)
    .slice(0, 3)
    .map(({ shift }) => shift);
  return [noShift, ...better];
}

/** What turns the indentation of `from` into that of `to`; `undefined` when they differ in more than a prefix. */
export function shiftBetween(from: string, to: string): Shift | undefined {
  const a = indentOf(from);
  const b = indentOf(to);
  if (b.endsWith(a)) return { add: b.slice(0, b.length - a.length), remove: '' };
  if (a.endsWith(b)) return { add: '', remove: a.slice(0, a.length - b.length) };
  return undefined;
}
