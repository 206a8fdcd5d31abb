import { FairLanes } from './fair-lanes.ts';
import type { Laned } from './fair-lanes.ts';

/** How urgent a task can be, the most urgent first. */
export const priorities = ['high', 'normal', 'low'] as const;

export type Priority = (typeof priorities)[number];

/** What a queue needs to know of an item. */
export interface Queued extends Laned {
  readonly priority: Priority;
  /** Only an instance that has not run any task may take it. */
  readonly needsFresh: boolean;
  /** By `performance.now()`. */
  readonly queuedAt: number;
}

interface Class<Item extends Laned> {
  readonly lanes: FairLanes<Item>;
  /** How often a more urgent item was taken since an item of this class was. */
  passedOver: number;
}

/** So many more urgent items go before a less urgent one at most; then it is its turn, so that nothing starves. */
const patience = 8;

/**
 * Bounded; the more urgent first, within one urgency callers in turn, and for each caller first in, first out. Items that
 * come back for another try go before all others: they waited longest, and their place does not count against the limit
 * (they were accepted once). Adding and removing take constant time.
 */
export class TaskQueue<Item extends Queued> {
  readonly #limit: number;
  readonly #returned = new Set<Item>();
  readonly #classes: Readonly<Record<Priority, Class<Item>>> = {
    high: { lanes: new FairLanes(), passedOver: 0 },
    normal: { lanes: new FairLanes(), passedOver: 0 },
    low: { lanes: new FairLanes(), passedOver: 0 },
  };
  readonly #byUrgency: readonly Class<Item>[] = [this.#classes.high, this.#classes.normal, this.#classes.low];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#returned.size + this.#waiting;
  }

  /** Items that came back. */
  get returned(): number {
    return this.#returned.size;
  }

  /** What `take` would give to an instance that has run tasks before, unless one waits for a fresh instance. */
  get nextInTurn(): Item | undefined {
    return this.#returned.size > 0 ? undefined : this.#nextClass()?.lanes.first;
  }

  /** When the longest waiting of those came in that are next in their urgency; `undefined` when it is empty. */
  get oldestAt(): number | undefined {
    let oldest: number | undefined;
    for (const { lanes } of this.#byUrgency) {
      const at = lanes.first?.queuedAt;
      if (at !== undefined && (oldest === undefined || at < oldest)) oldest = at;
    }
    return oldest;
  }

  get isFull(): boolean {
    return this.#waiting >= this.#limit;
  }

  push(item: Item): void {
    this.#classes[item.priority].lanes.push(item);
  }

  giveBack(item: Item): void {
    this.#returned.add(item);
  }

  /** Takes the next item that an instance may run; `fresh` says that the instance has not run any task yet. */
  take(fresh: boolean): Item | undefined {
    for (const item of this.#returned) {
      if (item.needsFresh && !fresh) continue;
      this.#returned.delete(item);
      return item;
    }
    const next = this.#nextClass();
    if (next === undefined) return undefined;
    for (const other of this.#byUrgency.slice(this.#byUrgency.indexOf(next) + 1)) {
      if (other.lanes.size > 0) other.passedOver += 1;
    }
    next.passedOver = 0;
    return next.lanes.take();
  }

  /** Whether the item was still waiting. */
  remove(item: Item): boolean {
    return this.#returned.delete(item) || this.#classes[item.priority].lanes.remove(item);
  }

  takeAll(): Item[] {
    const items = [...this.#returned, ...this.#byUrgency.flatMap(({ lanes }) => lanes.takeAll())];
    this.#returned.clear();
    return items;
  }

  #nextClass(): Class<Item> | undefined {
    const filled = this.#byUrgency.filter(({ lanes }) => lanes.size > 0);
    return filled.findLast(({ passedOver }) => passedOver >= patience) ?? filled[0];
  }

  get #waiting(): number {
    const { high, normal, low } = this.#classes;
    return high.lanes.size + normal.lanes.size + low.lanes.size;
  }
}
