/**
 * Lines that are looked at for all questions about one file, about 0.2 s; only many hunks in a text whose lines are all alike
 * need so many.
 */
const budget = 10_000_000;

/** Where each line of a file stands; lines count as equal when they are, apart from white space at their ends. */
export class LineIndex {
  readonly lines: readonly string[];
  readonly #ids: Int32Array;
  readonly #idOf = new Map<string, number>();
  readonly #positions: number[][] = [];
  readonly #normalise: (line: string) => string;
  #left = budget;

  /** @param normalise what is left of a line when two are compared */
  constructor(lines: readonly string[], normalise: (line: string) => string = (line) => line.trim()) {
    this.lines = lines;
    this.#normalise = normalise;
    this.#ids = Int32Array.from(lines, (line, at) => {
      const key = normalise(line);
      const id = this.#idOf.get(key) ?? this.#idOf.size;
      this.#idOf.set(key, id);
      (this.#positions[id] ??= []).push(at);
      return id;
    });
  }

  /** The answers are no longer complete. */
  get isSpent(): boolean {
    return this.#left < 0;
  }

  has(line: string): boolean {
    return this.#idOf.has(this.#normalise(line));
  }

  /** First lines of all places where the pattern stands; linear in the length of the file. */
  occurrences(pattern: readonly string[]): number[] {
    const wanted = Int32Array.from(pattern, (line) => this.#idOf.get(this.#normalise(line)) ?? -1);
    if (wanted.length === 0 || wanted.includes(-1)) return [];
    const rarest = this.#rarest(wanted);
    const positions = this.#positions[wanted[rarest] ?? 0] ?? [];
    const isCommon = positions.length > 32;
    if (!this.#spend(isCommon ? this.#ids.length : positions.length * wanted.length)) return [];
    if (isCommon) {
      const found = this.#scan(wanted);
      // who asks goes through what is found line by line
      return this.#spend(found.length * wanted.length) ? found : [];
    }
    return positions
      .map((position) => position - rarest)
      .filter((start) => start >= 0 && this.#standsAt(wanted, start));
  }

  #spend(lines: number): boolean {
    this.#left -= lines;
    return this.#left >= 0;
  }

  #rarest(wanted: Int32Array): number {
    let best = 0;
    wanted.forEach((id, at) => {
      if (this.#count(id) < this.#count(wanted[best] ?? 0)) best = at;
    });
    return best;
  }

  #count(id: number): number {
    return this.#positions[id]?.length ?? 0;
  }

  #standsAt(wanted: Int32Array, start: number): boolean {
    return wanted.every((id, at) => this.#ids[start + at] === id);
  }

  /** Knuth, Morris and Pratt: files of lines that are all alike would take the square of their length otherwise. */
  #scan(wanted: Int32Array): number[] {
    const failure = new Int32Array(wanted.length);
    for (let at = 1, matched = 0; at < wanted.length; at += 1) {
      while (matched > 0 && wanted[at] !== wanted[matched]) matched = failure[matched - 1] ?? 0;
      if (wanted[at] === wanted[matched]) matched += 1;
      failure[at] = matched;
    }
    const found: number[] = [];
    for (let at = 0, matched = 0; at < this.#ids.length; at += 1) {
      while (matched > 0 && this.#ids[at] !== wanted[matched]) matched = failure[matched - 1] ?? 0;
      if (this.#ids[at] === wanted[matched]) matched += 1;
      if (matched < wanted.length) continue;
      found.push(at + 1 - wanted.length);
      matched = failure[matched - 1] ?? 0;
    }
    return found;
  }
}
