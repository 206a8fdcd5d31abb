/** Values at columns that were added in rows. */
export interface RowOfValues {
  /** Increasing. */
  readonly columns: readonly number[];
  readonly values: ArrayLike<number>;
  readonly tags: readonly number[];
}

/**
 * The best of all values that stand before a column. Of equal ones that of the earlier row is best, and within a row that of the
 * later column. Only values that are the best from some column on are kept.
 */
export class BestBefore {
  #columns: number[] = [];
  #values: number[] = [];
  #tags: number[] = [];
  #next = 0;

  /** Adds a row, which comes after all rows before. */
  add(row: RowOfValues): void {
    const { columns } = row;
    const [first] = columns;
    if (first === undefined) return;
    const kept = this.#countUpTo(first);
    const old = {
      columns: this.#columns.splice(kept),
      values: this.#values.splice(kept),
      tags: this.#tags.splice(kept),
    };
    let best = this.#values.at(-1) ?? -Infinity;
    let isOld = true;
    for (let [at, fresh] = [0, 0]; at < old.columns.length || fresh < columns.length;) {
      const takesOld = (old.columns[at] ?? Infinity) <= (columns[fresh] ?? Infinity);
      const from = takesOld ? old : row;
      const index = takesOld ? at++ : fresh++;
      const value = from.values[index] ?? -Infinity;
      // of equal values an old one is better than a fresh one, and of two of the same kind the later
      if (value < best || (value === best && !takesOld && isOld)) continue;
      [best, isOld] = [value, takesOld];
      this.#columns.push(from.columns[index] ?? 0);
      this.#values.push(value);
      this.#tags.push(from.tags[index] ?? 0);
    }
  }

  #countUpTo(column: number): number {
    let count = this.#columns.length;
    while (count > 0 && (this.#columns[count - 1] ?? 0) > column) count -= 1;
    return count;
  }

  /** Begins a series of questions with {@link moveTo}. */
  rewind(): void {
    this.#next = 0;
  }

  /** From now on `value` and `tag` are of the best before `column`, which is not smaller than the last one asked for. */
  moveTo(column: number): void {
    while ((this.#columns[this.#next] ?? Infinity) < column) this.#next += 1;
  }

  /** `-Infinity` when there is none. */
  get value(): number {
    return this.#values[this.#next - 1] ?? -Infinity;
  }

  get tag(): number {
    return this.#tags[this.#next - 1] ?? 0;
  }
}
