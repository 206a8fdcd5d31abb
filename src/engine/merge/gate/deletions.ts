import type { Assembled } from './assembled.ts';
import { keptRuns, type Run } from './file-lines.ts';
import type { Hunk } from './merged-rows.ts';
import { lowerBound, type Placement } from './place-pieces.ts';

/** A deletion with the piece that it lies in. */
export interface Deletion {
  readonly hunk: Hunk;
  readonly placement: Placement;
  /** Runs of lines of the file that stay in the piece, nearest first, before and behind it; none where the piece is open. */
  readonly above: readonly Run[];
  readonly below: readonly Run[];
}

/** All deletions of lines that are not blank. */
export function deletionsOf(assembled: Assembled): Deletion[] {
  const { merged, solid, placements, input } = assembled;
  const runsIn = new Map<Placement, readonly Run[]>();
  return merged.hunks.flatMap((hunk) => {
    if (!input.text.lines.slice(hunk.start, hunk.end).some((line) => line.trim() !== '')) return [];
    const first = lowerBound(solid.rows, hunk.rowStart);
    const last = lowerBound(solid.rows, hunk.rowEnd);
    const around = placements.filter(({ start, end }) => start <= last && first <= end);
    const placement = around.find(({ start, end }) => start < first && last < end) ?? around[0];
    if (placement === undefined) return [];
    if (first < placement.start || last > placement.end) {
      const above = keptRuns(merged, solid, first - 1, placement.start - 1);
      return [{ hunk, placement, above, below: keptRuns(merged, solid, last, placement.end) }];
    }
    const runs = runsIn.get(placement) ?? keptRuns(merged, solid, placement.start, placement.end);
    runsIn.set(placement, runs);
    return [{ hunk, placement, ...runsBeside(runs, hunk) }];
  });
}

/** What of the runs of a placement stands before what goes, nearest first, and what behind it. */
function runsBeside(runs: readonly Run[], { start, end }: Hunk): Pick<Deletion, 'above' | 'below'> {
  const above: Run[] = [];
  const below: Run[] = [];
  for (const run of runs) {
    const [first = 0] = run;
    const last = run.at(-1) ?? 0;
    if (last < start) above.push(run);
    else if (first >= end) below.push(run);
    else {
      const [before, behind] = [run.filter((line) => line < start), run.filter((line) => line >= end)];
      if (before.length > 0) above.push(before);
      if (behind.length > 0) below.push(behind);
    }
  }
  return { above: above.reverse(), below };
}
