import type { LineTable } from './line-table.ts';
import type { SegmentRows } from './segment-rows.ts';

/** Where a segment and the rows of the file that it stands for differ. */
export interface Gap {
  /** Rows of the file that go. */
  readonly start: number;
  readonly end: number;
  /** Lines that come. */
  readonly fresh: readonly string[];
}

/** What differs between the segment and rows `[start, end)`, by a longest common subsequence of their lines. */
export function gapsOf(rows: SegmentRows, table: LineTable, start: number, end: number): Gap[] {
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

export function range(start: number, end: number): number[] {
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
