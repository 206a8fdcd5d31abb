import { LRUCache } from 'lru-cache';

/** A function that keeps its latest results, the least recently used one goes first; on top of the package `lru-cache`. */
export class CachedFunction<Key extends string | number, Result> {
  readonly #cache: LRUCache<Key, { readonly result: Result }>;
  readonly #compute: (key: Key) => Result;

  /**
   * @param compute what to call for a key that is not kept; when it throws, nothing is kept
   * @param max how many results are kept
   */
  constructor(compute: (key: Key) => Result, max: number) {
    this.#compute = compute;
    this.#cache = new LRUCache({ max });
  }

  get size(): number {
    return this.#cache.size;
  }

  /** The result for a key, kept or computed. Results are shared: whoever changes one changes it for all. */
  get(key: Key): Result {
    // In an object of its own, so that a kept `undefined` is not taken for a miss.
    const kept = this.#cache.get(key);
    if (kept !== undefined) return kept.result;
    const result = this.#compute(key);
    this.#cache.set(key, { result });
    return result;
  }

  /** Forgets a result; `false` when it was not kept. */
  delete(key: Key): boolean {
    return this.#cache.delete(key);
  }

  clear(): void {
    this.#cache.clear();
  }
}
