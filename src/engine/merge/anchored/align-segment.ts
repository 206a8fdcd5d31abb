import { alignInputs } from './align-input.ts';
import { Aligner, isReached, type Ends } from './aligner.ts';
import type { LineTable } from './line-table.ts';
import type { Hold, Placement } from './placement.ts';
import type { SegmentRows } from './segment-rows.ts';

const holds: readonly Hold[] = ['line', 'open', 'file'];

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
  const size = table.exact.length;
  const found = new Map<string, Placement>();
  const add = (placement: Placement): void => {
    const key = `${placement.start}:${placement.end}:${placement.head}:${placement.tail}`;
    const known = found.get(key);
    if (known === undefined || known.score < placement.score) found.set(key, placement);
  };
  const collect = (
    ends: Ends,
    place: (near: number, far: number, nearHold: Hold, farHold: Hold, score: number) => void,
  ): void => {
    ends.score.forEach((score, end) => {
      if (!isReached(score)) return;
      const origin = ends.origin[end] ?? 0;
      place(origin >> 2, end, holds[origin & 3] ?? 'line', holds[ends.hold[end] ?? 0] ?? 'line', score);
    });
  };
  collect(new Aligner(forward).run(), (start, end, head, tail, score) => {
    add({ start, end, head, tail, score });
  });
  collect(new Aligner(backward).run(), (start, end, head, tail, score) => {
    add({ start: size - end, end: size - start, head: tail, tail: head, score });
  });
  return [...found.values()].sort((a, b) => b.score - a.score || a.start - b.start || a.end - b.end);
}
