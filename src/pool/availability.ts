/**
 * The share of wall time in which a pool could have taken a task, measured from the first time that it was told until now.
 * Exact, not sampled: it is told of each change.
 */
export class Availability {
  #since: number | undefined;
  #until: number | undefined;
  #isAvailable = false;
  #changedAt = 0;
  #availableMs = 0;

  note(isAvailable: boolean): void {
    if (this.#until !== undefined) return;
    const now = performance.now();
    if (this.#since === undefined) {
      this.#since = now;
      this.#changedAt = now;
      this.#isAvailable = isAvailable;
    }
    if (isAvailable === this.#isAvailable) return;
    if (this.#isAvailable) this.#availableMs += now - this.#changedAt;
    this.#changedAt = now;
    this.#isAvailable = isAvailable;
  }

  /** Stops the clock: a closed pool is not one that fails. */
  end(): void {
    this.#until ??= performance.now();
  }

  /** From 0 to 1; `undefined` while no time has passed. */
  get share(): number | undefined {
    if (this.#since === undefined) return undefined;
    const end = this.#until ?? performance.now();
    if (end <= this.#since) return undefined;
    const openMs = this.#isAvailable ? end - this.#changedAt : 0;
    return (this.#availableMs + openMs) / (end - this.#since);
  }
}
