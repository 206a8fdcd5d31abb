import { interiorMatch } from './match-bits.ts';
import type { Placement } from './placement.ts';
import { indentOf, isStructural, type LineTable } from './line-table.ts';
import type { SegmentRows } from './segment-rows.ts';

/** That nothing goes speaks for an insertion, in bits. */
const nothingGoes = 3;
/** How much a copied line says, compared with one that is matched. */
const copiedShare = 0.8;
/** What the lines around an insertion must say, the stronger and the weaker side. */
const strongSide = 8;
const weakSide = 2.5;
/** Pairs of beginnings and ends that are looked at. */
const maximumPairs = 20_000;

/**
 * Places where the first and the last lines of a segment stand next to each other in the file and all between is new. New code
 * is often a copy of its neighbour, changed; an alignment takes it for that neighbour. So here lines that stand elsewhere in
 * the file count as much as if they were matched, unless one of them is a header that would come twice.
 */
export function pureInsertions(rows: SegmentRows, table: LineTable): Placement[] {
  const count = rows.exact.length;
  const first = table.rowsOfExact.get(rows.exact[0] ?? -1) ?? [];
  const last = table.rowsOfExact.get(rows.exact[count - 1] ?? -1) ?? [];
  const found: Placement[] = [];
  let pairs = 0;
  let from = 0;
  for (const start of first) {
    const head = headRun(rows.exact, table.exact, start);
    while (from < last.length && (last[from] ?? 0) <= start) from += 1;
    for (let index = from; index < last.length; index += 1) {
      const end = (last[index] ?? 0) + 1;
      if (end - start >= count || (pairs += 1) > maximumPairs) break;
      const tail = tailRun(rows.exact, table.exact, end);
      if (head + tail < end - start) continue;
      const score = scoreInsertion(rows, table, { start, end, head: Math.min(head, end - start - 1) });
      if (score !== undefined) found.push({ start, end, head: 'line', tail: 'line', score });
    }
  }
  return found;
}

/** Whether nothing of rows `[start, end)` goes: they are the first and the last rows of the segment. */
export function isPureInsertion(rows: SegmentRows, table: LineTable, { start, end }: Placement): boolean {
  const length = end - start;
  if (length >= rows.exact.length) return false;
  return headRun(rows.exact, table.exact, start) + tailRun(rows.exact, table.exact, end) >= length;
}

/** Rows from `start` on that equal the first rows of the segment. */
function headRun(segment: Int32Array, file: Int32Array, start: number): number {
  let length = 0;
  while (length < segment.length && start + length < file.length && segment[length] === file[start + length])
    length += 1;
  return length;
}

/** Rows before `end` that equal the last rows of the segment. */
function tailRun(segment: Int32Array, file: Int32Array, end: number): number {
  let length = 0;
  while (length < segment.length && length < end && segment[segment.length - 1 - length] === file[end - 1 - length])
    length += 1;
  return length;
}

function scoreInsertion(
  rows: SegmentRows,
  table: LineTable,
  { start, end, head }: { readonly start: number; readonly end: number; readonly head: number },
): number | undefined {
  const sum = (from: number, to: number, limit: number): number =>
    table.weight.subarray(from, to).reduce((bits, weight) => bits + Math.min(limit, weight), 0);
  const above = sum(start, start + head, Infinity);
  const below = sum(start + head, end, Infinity);
  if (Math.max(above, below) < strongSide || Math.min(above, below) < weakSide) return undefined;
  const around = sum(start, end, interiorMatch) + (rows.head[start] ?? 0) + (rows.tail[end] ?? 0);
  const fresh = { from: head, to: rows.exact.length - (end - start - head) };
  const copied = copiedBits(rows, table, fresh.from, fresh.to);
  if (copied === undefined) return undefined;
  return around + copied + nothingGoes - 1 - 0.15 * (fresh.to - fresh.from);
}

/** Bits of the rows `[from, to)` of the segment that stand in the file; `undefined` when a header is among them. */
function copiedBits(rows: SegmentRows, table: LineTable, from: number, to: number): number | undefined {
  let bits = 0;
  let outermost = Infinity;
  for (let row = from; row < to; row += 1) outermost = Math.min(outermost, indentOf(lineOf(rows, row)).length);
  for (let row = from; row < to; row += 1) {
    const places = table.rowsOfLoose.get(rows.loose[row] ?? -1);
    const place = places?.[0];
    if (place === undefined) continue;
    const line = lineOf(rows, row);
    const isHeader = places?.length === 1 && indentOf(line).length === outermost && !isStructural(line.trim());
    if (isHeader) return undefined;
    bits += copiedShare * Math.min(interiorMatch, table.looseWeight[place] ?? 0);
  }
  return bits;
}

function lineOf(rows: SegmentRows, row: number): string {
  return rows.lines[rows.lineOfRow[row] ?? -1] ?? '';
}
