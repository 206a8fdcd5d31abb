import type { Placement } from './placement.ts';
import type { SegmentRows } from './segment-rows.ts';

/** A place for a segment, under one shift of its indentation. */
export interface Place extends Placement {
  readonly segment: number;
  readonly rows: SegmentRows;
  /** A definition goes, as far as that was looked at. */
  readonly isLossy: boolean;
}
