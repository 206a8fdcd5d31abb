import { alignInputs } from './align-input.ts';
import { Aligner, isReached, type Ends } from './aligner.ts';
import type { LineTable } from './line-table.ts';
import type { Hold, Placement } from './placement.ts';
import type { SegmentRows } from './segment-rows.ts';

const holds: readonly Hold[] = ['line', 'open', 'file'];
/** Places so many bits worse than the best are never chosen, whatever the order of the parts says. */
const hopeless = 100;

/** What it takes to keep the places that end (begin) on a row of the file, in comparisons of lines. */
const workOfPlace = 40;

/** What one segment costs, in comparisons of lines. */
export function alignmentWork(rows: SegmentRows, table: LineTable): number {
  return (2 * rows.exact.length + workOfPlace) * table.exact.length;
}

/**
 * Places for a segment: for each row that it could end behind the best beginning, and for each row that it could begin
 * with the best end. The best and the second best of all places are among them.
 */
export function alignSegment(rows: SegmentRows, table: LineTable): Placement[] {
  const [forward, backward] = alignInputs(rows, table).map((input) => new Aligner(input).run());
  if (forward === undefined || backward === undefined) return [];
  const least = Math.max(bestScore(forward), bestScore(backward)) - hopeless;
  const placements: Placement[] = [];
  addPlacements(placements, forward, least);
  addPlacements(placements, backward, least, table.exact.length);
  return placements;
}

function bestScore({ score }: Ends): number {
  let best = -Infinity;
  for (let row = 0; row < score.length; row += 1) best = Math.max(best, score[row] ?? best);
  return best;
}

/** @param mirroredSize of the file, when the alignment saw it mirrored */
function addPlacements(placements: Placement[], ends: Ends, least: number, mirroredSize?: number): void {
  for (let row = 0; row < ends.score.length; row += 1) {
    const score = ends.score[row] ?? 0;
    if (!isReached(score) || score < least) continue;
    const from = ends.origin[row] ?? 0;
    const first = from >> 3;
    const head = holds[from & 3] ?? 'line';
    const tail = holds[ends.hold[row] ?? 0] ?? 'line';
    const isCopy = (from & 4) > 0;
    if (mirroredSize === undefined) placements.push({ start: first, end: row, score, head, tail, isCopy });
    else
      placements.push({
        start: mirroredSize - row,
        end: mirroredSize - first,
        score,
        head: tail,
        tail: head,
        isCopy,
      });
  }
}
