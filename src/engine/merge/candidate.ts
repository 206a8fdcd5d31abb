import type { MergeEngine } from './merge.ts';

/** Lines `[start, end)` of the file (from 0) give way to `lines`. `start === end`: an insertion before `start`. */
export interface LineChange {
  readonly start: number;
  readonly end: number;
  /** Without line ends. A line that equals the one it stands for keeps that one's bytes. */
  readonly lines: readonly string[];
  /** The segment of the snippet (from 0), or the hunk or block of an explicit form, that asks for it. */
  readonly segment: number;
}

/** One way to merge the edit, whoever thought of it; nothing is believed before the gate. */
export interface MergeCandidate {
  readonly engine: MergeEngine;
  /** Sorted, disjoint. */
  readonly changes: readonly LineChange[];
  /** Whether the last line of the result has a line end; without a word it has one when that of the file does. */
  readonly finalLineEnd?: boolean;
}
