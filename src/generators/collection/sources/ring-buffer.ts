/** A first-in, first-out queue in a ring whose size is a power of two: adding and taking cost the same at any length. */
export class RingBuffer<Item> {
  #slots: (Item | undefined)[];
  #mask: number;
  #head = 0;
  #length = 0;

  /** @param capacity items that fit before the ring grows for the first time */
  constructor(capacity = 16) {
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > 2 ** 30) {
      throw new RangeError(`capacity must be an integer from 1 to 2 ** 30, not ${String(capacity)}`);
    }
    const size = 2 ** Math.ceil(Math.log2(capacity));
    this.#slots = new Array<Item | undefined>(size);
    this.#mask = size - 1;
  }

  get length(): number {
    return this.#length;
  }

  /** Adds an item at the end. */
  push(item: Item): void {
    if (this.#length > this.#mask) this.#grow();
    this.#slots[(this.#head + this.#length) & this.#mask] = item;
    this.#length += 1;
  }

  /** Takes the oldest item; `undefined` when the queue is empty. */
  shift(): Item | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#slots[this.#head];
    // Without this, the ring would keep the item alive.
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & this.#mask;
    this.#length -= 1;
    return item;
  }

  /** The oldest item, which stays. */
  peek(): Item | undefined {
    return this.#slots[this.#head];
  }

  clear(): void {
    this.#slots.fill(undefined);
    this.#head = 0;
    this.#length = 0;
  }

  /** The items from the oldest to the newest; they stay. The queue must not change meanwhile. */
  *[Symbol.iterator](): Generator<Item, void, undefined> {
    for (let index = 0; index < this.#length; index += 1) {
      yield this.#slots[(this.#head + index) & this.#mask] as Item;
    }
  }

  #grow(): void {
    const items = [...this];
    const size = this.#slots.length * 2;
    this.#slots = new Array<Item | undefined>(size);
    items.forEach((item, index) => {
      this.#slots[index] = item;
    });
    this.#mask = size - 1;
    this.#head = 0;
  }
}
