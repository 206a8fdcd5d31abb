/** Finds all entries whose key begins with a prefix, by bisection in a sorted list. Keys are compared by UTF-16 units. */
export class PrefixIndex<Value> {
  readonly #keys: string[];
  readonly #values: Value[];

  /** Entries with equal keys are all kept, in their order. */
  constructor(entries: Iterable<readonly [key: string, value: Value]>) {
    const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
    this.#keys = sorted.map(([key]) => key);
    this.#values = sorted.map(([, value]) => value);
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Values of the keys that begin with `prefix`, in the order of the keys, `limit` at most. */
  find(prefix: string, limit = Infinity): Value[] {
    const start = this.#firstNotBefore(prefix);
    let end = start;
    while (end < this.#keys.length && end - start < limit && (this.#keys[end] as string).startsWith(prefix)) end += 1;
    return this.#values.slice(start, end);
  }

  /** Whether a key begins with `prefix`. */
  has(prefix: string): boolean {
    return this.#keys[this.#firstNotBefore(prefix)]?.startsWith(prefix) ?? false;
  }

  #firstNotBefore(prefix: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] as string) < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
