/** One outstanding question for a sign of life. Its timer does not keep the process alive. */
export class SlotCheck {
  #pingId = 0;
  #timer: NodeJS.Timeout | undefined;

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  /** Gives the number of the question; calls `onLate` when it is not ended in time. */
  begin(timeoutMs: number, onLate: () => void): number {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      onLate();
    }, timeoutMs);
    this.#timer.unref();
    this.#pingId += 1;
    return this.#pingId;
  }

  isAnsweredBy(pingId: number): boolean {
    return this.isRunning && pingId === this.#pingId;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
