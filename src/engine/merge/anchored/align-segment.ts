import { alignInputs } from './align-input.ts';
import { Aligner, isReached, type Ends } from './aligner.ts';
import type { LineTable } from './line-table.ts';
import type { Hold, Placement } from './placement.ts';
import type { SegmentRows } from './segment-rows.ts';

const holds: readonly Hold[] = ['line', 'open', 'file'];
/** Places so many bits worse than the best are never chosen, whatever the order of the parts says. */
const hopeless = 100;

/** How many comparisons of lines one segment costs. */
export function alignmentWork(rows: SegmentRows, table: LineTable): number {
  return 2 * rows.exact.length * table.exact.length;
}

/**
 * Places for a segment: for each row that it could end behind the best beginning, and for each row that it could begin
 * with the best end. The best and the second best of all places are among them.
 */
export function alignSegment(rows: SegmentRows, table: LineTable): Placement[] {
  const [forward, backward] = alignInputs(rows, table);
  const placements = [
    ...placementsOf(new Aligner(forward).run()),
    ...placementsOf(new Aligner(backward).run()).map((placement) => mirroredPlacement(placement, table.exact.length)),
  ];
  const best = placements.reduce((score, placement) => Math.max(score, placement.score), -Infinity);
  return placements.filter(({ score }) => score >= best - hopeless);
}

function placementsOf({ score, origin, hold }: Ends): Placement[] {
  const placements: Placement[] = [];
  for (let end = 0; end < score.length; end += 1) {
    const bits = score[end] ?? 0;
    if (!isReached(bits)) continue;
    const from = origin[end] ?? 0;
    const head = holds[from & 3] ?? 'line';
    const isCopy = (from & 4) > 0;
    placements.push({ start: from >> 3, end, score: bits, head, tail: holds[hold[end] ?? 0] ?? 'line', isCopy });
  }
  return placements;
}

function mirroredPlacement({ start, end, head, tail, ...rest }: Placement, size: number): Placement {
  return { ...rest, start: size - end, end: size - start, head: tail, tail: head };
}
