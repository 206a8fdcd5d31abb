/** Hands out byte buffers of one size and takes them back, so that large ones need not be allocated and cleared again. */
export class BufferPool {
  readonly #size: number;
  readonly #maximumIdle: number;
  readonly #idle: Uint8Array[] = [];
  readonly #lent = new WeakSet<Uint8Array>();

  /**
   * @param size bytes of each buffer
   * @param maximumIdle buffers that are kept for later; what comes back beyond that is left to the garbage collector
   */
  constructor(size: number, maximumIdle = 16) {
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`size must be an integer above 0, not ${String(size)}`);
    this.#size = size;
    this.#maximumIdle = maximumIdle;
  }

  get idle(): number {
    return this.#idle.length;
  }

  /** A buffer with whatever was in it before: write before you read, and pass on only what you wrote. */
  acquire(): Uint8Array {
    const buffer = this.#idle.pop() ?? new Uint8Array(this.#size);
    this.#lent.add(buffer);
    return buffer;
  }

  /**
   * Takes a buffer back. Nobody may use it from then on.
   * @throws TypeError when it is none of this pool, or came back already: two users of one buffer would overwrite each other
   */
  release(buffer: Uint8Array): void {
    if (!this.#lent.delete(buffer)) throw new TypeError('this buffer is not lent by this pool');
    if (this.#idle.length < this.#maximumIdle) this.#idle.push(buffer);
  }
}
