/** A priority queue in a binary heap: the least item is at hand, adding and taking cost O(log n). */
export class BinaryHeap<Item> {
  readonly #items: Item[] = [];
  readonly #compare: (one: Item, other: Item) => number;

  /** @param compare negative when `one` is to come out before `other`, as for `sort`; equal items come out in no fixed order */
  constructor(compare: (one: Item, other: Item) => number) {
    this.#compare = compare;
  }

  get length(): number {
    return this.#items.length;
  }

  push(item: Item): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = items[parentAt] as Item;
      if (this.#compare(item, parent) >= 0) break;
      items[at] = parent;
      at = parentAt;
    }
    items[at] = item;
  }

  /** Takes the least item; `undefined` when the heap is empty. */
  pop(): Item | undefined {
    const [least] = this.#items;
    const last = this.#items.pop();
    if (this.#items.length > 0) this.#sink(last as Item);
    return least;
  }

  /** The least item, which stays. */
  peek(): Item | undefined {
    return this.#items[0];
  }

  clear(): void {
    this.#items.length = 0;
  }

  /** Puts an item in at the top and lets it go down to its place. */
  #sink(item: Item): void {
    const items = this.#items;
    const firstLeaf = items.length >> 1;
    let at = 0;
    while (at < firstLeaf) {
      let childAt = 2 * at + 1;
      let child = items[childAt] as Item;
      if (childAt + 1 < items.length) {
        const right = items[childAt + 1] as Item;
        if (this.#compare(right, child) < 0) {
          childAt += 1;
          child = right;
        }
      }
      if (this.#compare(child, item) >= 0) break;
      items[at] = child;
      at = childAt;
    }
    items[at] = item;
  }
}
