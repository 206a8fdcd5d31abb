/** What a lane needs to know of an item. */
export interface Laned {
  /** Whose work it is; callers take turns. */
  readonly caller: string;
}

/**
 * First in, first out for each caller, and the callers take turns, so that one with a thousand items does not keep one with
 * a single item waiting for all of them. Adding, taking and removing take constant time.
 */
export class FairLanes<Item extends Laned> {
  /** In the order in which they are next; never an empty one. */
  readonly #lanes = new Map<string, Set<Item>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: Item): void {
    const lane = this.#lanes.get(item.caller) ?? new Set();
    this.#lanes.set(item.caller, lane);
    lane.add(item);
    this.#size += 1;
  }

  /** The item that is next. */
  get first(): Item | undefined {
    for (const lane of this.#lanes.values()) for (const item of lane) return item;
    return undefined;
  }

  take(): Item | undefined {
    for (const [caller, lane] of this.#lanes) {
      for (const item of lane) {
        this.remove(item);
        // to the end of the round
        if (this.#lanes.delete(caller)) this.#lanes.set(caller, lane);
        return item;
      }
    }
    return undefined;
  }

  /** Whether the item was waiting here. */
  remove(item: Item): boolean {
    const lane = this.#lanes.get(item.caller);
    if (lane?.delete(item) !== true) return false;
    if (lane.size === 0) this.#lanes.delete(item.caller);
    this.#size -= 1;
    return true;
  }

  takeAll(): Item[] {
    const items = [...this.#lanes.values()].flatMap((lane) => [...lane]);
    this.#lanes.clear();
    this.#size = 0;
    return items;
  }
}
