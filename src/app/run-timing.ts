/** Where the time of a run went, in milliseconds of wall time. */
export interface RunTiming {
  /** From the start of the process until the command knew what to do. */
  readonly startMs: number;
  /** Finding the files. */
  readonly findMs: number;
  /** All files, from the first to the last. */
  readonly filesMs: number;
  /** Sums over the files, which may be worked on at the same time. */
  readonly readMs: number;
  readonly engineMs: number;
  readonly writeMs: number;
  /** How many files no rule could match, were known from before, and went through the engine. */
  readonly unmatched: number;
  readonly cached: number;
  readonly worked: number;
}
