/** What a queue needs to know of an item. */
export interface Queued {
  /** Only an instance that has not run any task may take it. */
  readonly needsFresh: boolean;
}

/**
 * Bounded first-in, first-out. Items that come back for a second try go before all others: they waited longest, and
 * their place does not count against the limit (they were accepted once). Adding and removing take constant time.
 */
export class TaskQueue<Item extends Queued> {
  readonly #limit: number;
  readonly #returned = new Set<Item>();
  readonly #waiting = new Set<Item>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#returned.size + this.#waiting.size;
  }

  get isFull(): boolean {
    return this.#waiting.size >= this.#limit;
  }

  push(item: Item): void {
    this.#waiting.add(item);
  }

  giveBack(item: Item): void {
    this.#returned.add(item);
  }

  /** Takes the first item that an instance may run; `fresh` says that the instance has not run any task yet. */
  take(fresh: boolean): Item | undefined {
    for (const items of [this.#returned, this.#waiting]) {
      for (const item of items) {
        if (item.needsFresh && !fresh) continue;
        items.delete(item);
        return item;
      }
    }
    return undefined;
  }

  /** Whether the item was still waiting. */
  remove(item: Item): boolean {
    return this.#returned.delete(item) || this.#waiting.delete(item);
  }

  takeAll(): Item[] {
    const items = [...this.#returned, ...this.#waiting];
    this.#returned.clear();
    this.#waiting.clear();
    return items;
  }
}
