/** Starts that may fail in a row before the pool stops making callers wait. */
const toleratedFailures = 3;

const firstWaitMs = 50;
const longestWaitMs = 5000;

/** Spaces out attempts to start instances that keep failing: 100, 200, 400 … 5,000 ms. */
export class StartBackoff {
  #failures = 0;
  #notBefore = 0;

  /** Failed starts since the last instance that did some work. */
  get failures(): number {
    return this.#failures;
  }

  get isHopeless(): boolean {
    return this.#failures >= toleratedFailures;
  }

  /** Milliseconds until the next attempt; 0 when it may be made now. */
  get waitMs(): number {
    return Math.max(0, Math.ceil(this.#notBefore - performance.now()));
  }

  recordFailure(): void {
    this.#failures += 1;
    this.#notBefore = performance.now() + Math.min(longestWaitMs, firstWaitMs * 2 ** this.#failures);
  }

  recordSuccess(): void {
    this.#failures = 0;
    this.#notBefore = 0;
  }
}
