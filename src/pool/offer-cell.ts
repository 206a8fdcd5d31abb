type Cell = Int32Array<SharedArrayBuffer>;

/** Never 0, which stands for no offer. Two tasks of one thread that are on their way at the same time have different marks. */
function markOf(taskId: number): number {
  return (taskId % 0x7f_ff_ff_ff) + 1;
}

/**
 * One task that a thread may take after its present one. Either the thread takes it or the host takes it back, never both:
 * one cell of shared memory holds its mark, which the thread turns negative and the host turns 0, each in one step.
 */
export class OfferCell {
  readonly cell: Cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #taken = 0;

  /** Nothing is on offer that the thread has not taken. */
  get isOpen(): boolean {
    return Atomics.load(this.cell, 0) <= 0;
  }

  /** Only when it is open. */
  offer(taskId: number): void {
    const before = Atomics.exchange(this.cell, 0, markOf(taskId));
    if (before < 0) this.#taken = -before;
  }

  /** Whether the thread had not taken it, and will not. */
  withdraw(taskId: number): boolean {
    const mark = markOf(taskId);
    return Atomics.compareExchange(this.cell, 0, mark, 0) === mark;
  }

  /** Whether it is the offer that the thread took last. */
  isTaken(taskId: number): boolean {
    const mark = markOf(taskId);
    return Atomics.load(this.cell, 0) === -mark || this.#taken === mark;
  }
}

/** The thread's side of an {@link OfferCell}: whether it may do the task. */
export function takeOffer(cell: Cell, taskId: number): boolean {
  const mark = markOf(taskId);
  return Atomics.compareExchange(cell, 0, mark, -mark) === mark;
}
