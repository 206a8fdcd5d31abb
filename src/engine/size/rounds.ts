/** Where counts tell how many rounds a piece of code goes through; offsets in UTF-16 units. */
export interface RoundPlaces {
  /** The code itself. */
  readonly inner: number;
  /** Outside the nearest loop or callback of an iteration; absent when there is none. */
  readonly near?: number;
  /** Outside all of them that lie in one function. */
  readonly far?: number;
}

/** How many rounds were measured, as a mean: for each time that the code around the nearest loop, or around all of them, ran. */
export interface MeasuredRounds {
  readonly near: number;
  readonly far: number;
}
