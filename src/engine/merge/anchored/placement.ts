/**
 * How an end of a placement is held. `line`: the outermost line of the segment stands there in the file. `open`: the
 * segment begins (ends) with new lines, put in before (behind) a line that stands. `file`: the file itself begins (ends) there.
 */
export type Hold = 'line' | 'open' | 'file';

/** Rows `[start, end)` of the file give way to the segment. */
export interface Placement {
  readonly start: number;
  readonly end: number;
  /** Bits that speak for it: matched lines for, deleted and inserted ones against. */
  readonly score: number;
  readonly head: Hold;
  readonly tail: Hold;
  /** New lines between two neighbours were taken for copies of others. */
  readonly isCopy: boolean;
}
