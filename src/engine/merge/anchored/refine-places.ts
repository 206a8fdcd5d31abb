import type { LineTable } from './line-table.ts';
import { lineSimilarity } from './line-similarity.ts';
import type { Place } from './segment-places.ts';
import type { SegmentRows } from './segment-rows.ts';

/** Places this much worse than a segment's best, and more of them than this, are not looked at again. */
export const nearBits = 24;
const nearPlaces = 12;
/** Lines of one gap that are compared with each other. */
const gapLines = 24;
/** Similarity from which a new line is the old one, changed. */
const sameLine = 0.5;
/** Bits of a line that is the same but for nothing: the first of a place, and each further one. */
const firstLikeness = 4;
const furtherLikeness = 2;

/** A definition goes whose name the new lines do not have: seldom is one renamed and changed at once. */
const lostDefinition = 8;
/** Similarity from which a line with its name is the header of a definition, changed. */
const sameHeader = 0.6;

/**
 * Adds what the alignment does not see: a new line that is like the line it takes the place of speaks for the place, a
 * definition that goes against it.
 */
export function refinePlaces(
  places: readonly Place[],
  table: LineTable,
  definitions: ReadonlyMap<number, string>,
): Place[] {
  const best = places[0]?.score ?? 0;
  const refined = places.map((place, index) =>
    index < nearPlaces && place.score > best - nearBits
      ? { ...place, score: place.score + gapBits(place, table, definitions) }
      : place,
  );
  return refined.sort((a, b) => b.score - a.score);
}

function gapBits({ start, end, rows }: Place, table: LineTable, definitions: ReadonlyMap<number, string>): number {
  const gaps = gapsOf(rows, table, start, end);
  let bits = 0;
  for (const gap of gaps) {
    const olds = range(gap.start, Math.min(gap.end, gap.start + gapLines)).map((row) => table.lineAt(row));
    let from = 0;
    for (const fresh of gap.fresh.slice(0, gapLines)) {
      let best = sameLine;
      let at = -1;
      olds.forEach((old, index) => {
        const similarity = index < from ? 0 : lineSimilarity(old, fresh);
        if (similarity > best) [best, at] = [similarity, index];
      });
      if (at < 0) continue;
      bits += ((bits === 0 ? firstLikeness : furtherLikeness) * (best - sameLine)) / (1 - sameLine);
      from = at + 1;
    }
  }
  return losesName(gaps, rows, table, definitions) ? bits - lostDefinition : bits;
}

function losesName(
  gaps: readonly Gap[],
  rows: SegmentRows,
  table: LineTable,
  definitions: ReadonlyMap<number, string>,
): boolean {
  return gaps.some(({ start, end }) =>
    range(start, end).some((row) => {
      const name = definitions.get(row);
      if (name === undefined) return false;
      const header = table.lineAt(row);
      return !rows.lines.some((line) => line.includes(name) && lineSimilarity(line, header) >= sameHeader);
    }),
  );
}

interface Gap {
  /** Rows of the file that go. */
  readonly start: number;
  readonly end: number;
  /** Lines that come. */
  readonly fresh: readonly string[];
}

/** What differs between the segment and rows `[start, end)`, by a longest common subsequence of their lines. */
function gapsOf(rows: SegmentRows, table: LineTable, start: number, end: number): Gap[] {
  const line = (row: number): string => rows.lines[rows.lineOfRow[row] ?? -1] ?? '';
  const matched = commonRows(rows.loose, table.loose.subarray(start, end));
  const gaps: Gap[] = [];
  let [old, fresh] = [0, 0];
  for (const [segmentRow, fileRow] of [...matched, [rows.loose.length, end - start] as const]) {
    if (segmentRow > fresh || fileRow > old)
      gaps.push({ start: start + old, end: start + fileRow, fresh: range(fresh, segmentRow).map(line) });
    [fresh, old] = [segmentRow + 1, fileRow + 1];
  }
  return gaps;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** Comparisons for one longest common subsequence; larger ranges are only compared from both ends. */
const maximumCells = 250_000;

/** Pairs of equal rows, increasing on both sides. */
function commonRows(a: Int32Array, b: Int32Array): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) pairs.push([head, head++]);
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  const n = a.length - head - tail;
  const m = b.length - head - tail;
  if (n * m <= maximumCells) {
    const width = m + 1;
    const length = new Uint16Array((n + 1) * width);
    for (let x = n - 1; x >= 0; x -= 1) {
      for (let y = m - 1; y >= 0; y -= 1) {
        const down = length[(x + 1) * width + y] ?? 0;
        const right = length[x * width + y + 1] ?? 0;
        const equal = a[head + x] === b[head + y];
        length[x * width + y] = equal ? (length[(x + 1) * width + y + 1] ?? 0) + 1 : Math.max(down, right);
      }
    }
    let [x, y] = [0, 0];
    while (x < n && y < m) {
      if (a[head + x] === b[head + y]) pairs.push([head + x++, head + y++]);
      else if ((length[(x + 1) * width + y] ?? 0) >= (length[x * width + y + 1] ?? 0)) x += 1;
      else y += 1;
    }
  }
  for (let at = tail; at > 0; at -= 1) pairs.push([a.length - at, b.length - at]);
  return pairs;
}
