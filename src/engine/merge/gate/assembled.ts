import type { FileLines } from './file-lines.ts';
import type { GateInput } from './gate-verdict.ts';
import type { MergedRows } from './merged-rows.ts';
import type { Placement, SolidRows } from './place-pieces.ts';

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
