/** Before that no parse is stopped for its slow steps: those that are known end by the count of what they do, in a quarter of it. */
const patienceMs = 4_000;

/** A step takes 25 to 100 µs on code of any size; where its cost grows with what was read before, 0.3 to 750 ms. */
const slowStepMs = 0.25;

/**
 * Tells a parse whose steps get dearer the further it is (recovery from errors that looks through all that was read) from one that
 * is long, or that has to share its processor: then a few steps are interrupted, and most are as short as ever.
 */
export class StepWatch {
  readonly #startedAt: number;
  #lastAt: number;
  #steps = 0;
  #slow = 0;

  constructor(now: number) {
    this.#startedAt = now;
    this.#lastAt = now;
  }

  /** After each step. */
  note(now: number): void {
    this.#steps += 1;
    if (now - this.#lastAt > slowStepMs) this.#slow += 1;
    this.#lastAt = now;
  }

  /** Most steps so far were slow, and they were long enough in all. */
  get isMostlySlow(): boolean {
    return this.#lastAt - this.#startedAt > patienceMs && 2 * this.#slow > this.#steps;
  }
}
