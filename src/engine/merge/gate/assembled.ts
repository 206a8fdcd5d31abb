import type { FileLines } from './file-lines.ts';
import type { GateInput } from './gate-verdict.ts';
import type { Hunk, MergedRows } from './merged-rows.ts';
import { lowerBound, type Placement, type SolidRows } from './place-pieces.ts';

/** A candidate as the rules look at it: rows of the result, and where the edit's lines stand among them. */
export interface Assembled {
  readonly input: GateInput;
  readonly merged: MergedRows;
  readonly file: FileLines;
  readonly solid: SolidRows;
  /** In the order of the result. */
  readonly placements: readonly Placement[];
}

/** Line number (from 1) in the file nearest to a row. */
export function lineOfRow({ rows }: MergedRows, row: number): number {
  for (let index = Math.min(row, rows.length - 1); index >= 0; index -= 1) {
    const origin = rows[index]?.origin ?? -1;
    if (origin >= 0) return origin + 1;
  }
  return 1;
}

/** Changes that lie in a placement or touch it; all of them are in the order of the text, so most are never looked at. */
export function hunksAround({ merged, solid }: Assembled, { start, end }: Placement): readonly Hunk[] {
  const { hunks } = merged;
  const first = solid.rows[start] ?? 0;
  const last = solid.rows[end - 1] ?? 0;
  const ends = hunkEnds(merged);
  let to = lowerBound(ends, first + 1);
  const from = to;
  while ((hunks[to]?.rowStart ?? Infinity) <= last) to += 1;
  return hunks.slice(from, to);
}

const knownEnds = new WeakMap<MergedRows, Int32Array>();

function hunkEnds(merged: MergedRows): Int32Array {
  const ends = knownEnds.get(merged) ?? Int32Array.from(merged.hunks, ({ rowEnd }) => rowEnd);
  knownEnds.set(merged, ends);
  return ends;
}
