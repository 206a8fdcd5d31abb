import type { Language } from '../engine/language.ts';
import { names } from '../engine/syntax-tree.ts';
import type { Comment, SyntaxProblem, SyntaxTree } from '../engine/syntax-tree.ts';

/** What a finished table carries besides its rows. */
export interface TreeFacts {
  readonly text: string;
  readonly language: Language;
  readonly source: SyntaxTree['source'];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}

const initialRows = 4_096;

/**
 * Collects rows in pre-order and finishes them into a table. A row is told its parent; `first`, `next` and `last` follow
 * from the order. One builder serves many trees: it keeps its columns.
 */
export class TreeBuilder {
  #kind = new Uint16Array(initialRows);
  #start = new Uint32Array(initialRows);
  #end = new Uint32Array(initialRows);
  #parent = new Int32Array(initialRows);
  #field = new Uint16Array(initialRows);
  #flags = new Uint16Array(initialRows);
  #value = new Int32Array(initialRows);
  #count = 0;
  #strings: string[] = [];
  #numberOfString = new Map<string, number>();

  /** Number of rows so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds a row and returns its number. */
  add(kind: number, start: number, end: number, parent: number, field: number): number {
    const row = this.#count;
    if (row === this.#kind.length) this.#grow();
    this.#count = row + 1;
    this.#kind[row] = kind;
    this.#start[row] = start;
    this.#end[row] = end;
    this.#parent[row] = parent;
    this.#field[row] = field;
    this.#flags[row] = 0;
    this.#value[row] = -1;
    return row;
  }

  flagsOf(row: number): number {
    return this.#flags[row] ?? 0;
  }

  setFlags(row: number, flags: number): void {
    this.#flags[row] = flags;
  }

  /** Equal texts get equal numbers within one tree. */
  setValue(row: number, text: string): void {
    const known = this.#numberOfString.get(text);
    if (known !== undefined) {
      this.#value[row] = known;
      return;
    }
    this.#numberOfString.set(text, this.#strings.length);
    this.#value[row] = this.#strings.length;
    this.#strings.push(text);
  }

  setSpan(row: number, start: number, end: number): void {
    this.#start[row] = start;
    this.#end[row] = end;
  }

  /** Makes the table and forgets the rows. Parents are widened where a child reaches out of them. */
  finish(facts: TreeFacts): SyntaxTree {
    const count = this.#count;
    const start = this.#start.slice(0, count);
    const end = this.#end.slice(0, count);
    const parent = this.#parent.slice(0, count);
    const first = new Int32Array(count).fill(-1);
    const next = new Int32Array(count).fill(-1);
    const last = Int32Array.from({ length: count }, (_, row) => row);
    // Backwards, so that all descendants of a row are done before the row passes its own figures on.
    for (let row = count - 1; row > 0; row -= 1) {
      const above = parent[row] as number;
      next[row] = first[above] as number;
      first[above] = row;
      if ((last[row] as number) > (last[above] as number)) last[above] = last[row] as number;
      if ((start[row] as number) < (start[above] as number)) start[above] = start[row] as number;
      if ((end[row] as number) > (end[above] as number)) end[above] = end[row] as number;
    }
    const tree: SyntaxTree = {
      ...facts,
      count,
      kind: this.#kind.slice(0, count),
      start,
      end,
      parent,
      first,
      next,
      last,
      field: this.#field.slice(0, count),
      flags: this.#flags.slice(0, count),
      value: this.#value.slice(0, count),
      strings: this.#strings,
      names,
    };
    this.reset();
    return tree;
  }

  /** Forgets the rows, e.g. after a failure in the middle of a tree. */
  reset(): void {
    this.#count = 0;
    this.#strings = [];
    this.#numberOfString = new Map();
  }

  #grow(): void {
    this.#kind = doubled(this.#kind, new Uint16Array(this.#count * 2));
    this.#start = doubled(this.#start, new Uint32Array(this.#count * 2));
    this.#end = doubled(this.#end, new Uint32Array(this.#count * 2));
    this.#parent = doubled(this.#parent, new Int32Array(this.#count * 2));
    this.#field = doubled(this.#field, new Uint16Array(this.#count * 2));
    this.#flags = doubled(this.#flags, new Uint16Array(this.#count * 2));
    this.#value = doubled(this.#value, new Int32Array(this.#count * 2));
  }
}

function doubled<Column extends { set(from: ArrayLike<number>): void }>(
  old: ArrayLike<number>,
  column: Column,
): Column {
  column.set(old);
  return column;
}

/** A tree of a text that could not be read: its root alone. */
export function rootOnly(facts: TreeFacts): SyntaxTree {
  const builder = new TreeBuilder();
  builder.add(names.intern('Program'), 0, facts.text.length, -1, names.intern(''));
  return builder.finish(facts);
}
