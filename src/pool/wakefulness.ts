/** Turns of an event loop with nothing to do take some microseconds each: together, about a tenth of a millisecond. */
const turnLimit = 64;
const awakeMs = 0.1;

/**
 * Keeps the event loop turning for a tenth of a millisecond: the answer to a tiny task is there sooner than a thread that went to
 * sleep can be woken up. Whatever else comes is served meanwhile.
 */
export class Wakefulness {
  #immediate: NodeJS.Immediate | undefined;
  #turns = 0;
  #until = 0;

  begin(): void {
    this.#turns = 0;
    this.#until = performance.now() + awakeMs;
    this.#immediate ??= setImmediate(this.#turn);
  }

  end(): void {
    clearImmediate(this.#immediate);
    this.#immediate = undefined;
  }

  readonly #turn = (): void => {
    this.#turns += 1;
    const isOver = this.#turns >= turnLimit || performance.now() >= this.#until;
    this.#immediate = isOver ? undefined : setImmediate(this.#turn);
  };
}
