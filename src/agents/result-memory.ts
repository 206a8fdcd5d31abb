import { createHash } from 'node:crypto';

/** Results of this process by what they were asked for; the ones not asked for longest go first. */
export class ResultMemory<Value> {
  readonly #limit: number;
  readonly #values = new Map<string, Value>();

  /** @param limit results kept at most; 0 keeps none */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Key of a request: equal requests, whatever the order of their fields. Not for texts that differ in lone surrogates only. */
  static keyOf(request: object): string {
    const sorted = Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1));
    return createHash('sha256').update(JSON.stringify(sorted)).digest('base64');
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#limit) return;
      this.#values.delete(oldest);
    }
  }
}
