import type { RunCount } from '../../profile/coverage.ts';
import type { UnmappedTime } from '../../profile/measured-code.ts';

/** `hot`: 1 % of the time or more, `warm`: 0.1 % or more, `cold`: less; `not executed`: counted, and never run. */
export type Heat = 'hot' | 'warm' | 'cold' | 'not executed';

/** What a rewrite can save of all measured time. */
export interface Saving {
  /** From 0 to 1, of the time in which V8 worked. */
  readonly share: number;
  /** Time before / time after that the rule's benchmark measured at that size; absent: not measured, `share` is all the time of the place. */
  readonly ratio?: number;
  /** Size for which `ratio` was taken: rounds per call of the function. */
  readonly n?: number;
}

/** What was measured at a place; what was not measured is absent. */
export interface Measured {
  readonly heat?: Heat;
  /** Time in its lines, in microseconds; built-ins called there are part of it. */
  readonly micros?: number;
  /** The same as part of the time in which V8 worked, from 0 to 1. */
  readonly share?: number;
  readonly runs?: RunCount;
  readonly saving?: Saving;
}

/** What was measured of a whole run. */
export interface MeasurementSummary {
  /** How many profiles and how many files with counts. */
  readonly profiles: number;
  readonly coverageFiles: number;
  /** Time in which V8 worked, in microseconds; absent without a profile. */
  readonly busyMicros?: number;
  /** Parts of that, from 0 to 1, that belong to no analysed line. */
  readonly unmapped?: Readonly<Record<keyof UnmappedTime | 'otherFiles', number>>;
  /**
   * How many times faster the program can get at most when all findings are mended (Amdahl's law): each line's time counts once, with
   * the best saving of its findings.
   */
  readonly bound?: number;
  /** Of the command that `--run` ran. */
  readonly command?: { readonly text: string; /** Absent when a signal ended it. */ readonly exitCode?: number };
}
