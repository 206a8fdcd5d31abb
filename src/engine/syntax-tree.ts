import type { Language } from './language.ts';

/** A comment; offsets are UTF-16 indices into the text, `end` exclusive and including the comment's own delimiters. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly block: boolean;
}

/** A syntax error, at a UTF-16 offset. */
export interface SyntaxProblem {
  readonly message: string;
  readonly offset: number;
}

/** Bits of the `flags` column. */
export const Flag = {
  computed: 1,
  optional: 2,
  async: 4,
  generator: 8,
  static: 16,
  prefix: 32,
  shorthand: 64,
  method: 128,
  /** `import type`, `export type`, and everything that exists only for the type checker */
  typeOnly: 256,
  /** an arrow function whose body is an expression */
  expression: 512,
  await: 1024,
  declare: 2048,
  readonly: 4096,
  delegate: 8192,
  tail: 16384,
} as const;

/**
 * One file as a flat table: node `n` is row `n` of every column. Rows are in pre-order (the root is 0), so the
 * descendants of `n` are exactly `n + 1 … last[n]`. Kinds and fields carry the ESTree / TS-ESTree names; literals are
 * split by type (`StringLiteral`, `NumericLiteral`, `BooleanLiteral`, `NullLiteral`, `RegExpLiteral`, `BigIntLiteral`), an
 * array literal's elision is a zero-width `Hole`, and parentheses have no nodes. Offsets are UTF-16 indices.
 */
export interface SyntaxTree {
  readonly text: string;
  readonly language: Language;
  /** Which front-end filled the table. Only `oxc` tables may be edited. */
  readonly source: 'oxc' | 'tree-sitter';
  readonly count: number;
  readonly kind: Uint16Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly parent: Int32Array;
  readonly first: Int32Array;
  readonly next: Int32Array;
  readonly last: Int32Array;
  /** Name of the field of the parent that holds this node. */
  readonly field: Uint16Array;
  readonly flags: Uint16Array;
  /** Index into `strings`, or -1: identifier name, operator, declaration kind, cooked string value, number as written. */
  readonly value: Int32Array;
  readonly strings: readonly string[];
  /** Names behind the numbers in `kind` and `field`; shared by all tables of a process. */
  readonly names: NameTable;
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}

/** Grow-only table of names: the same name has the same number in every tree of a process. */
export class NameTable {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  /** Number of a name, adding it when new. At most 65,536 names. */
  intern(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.length;
    // in this order: a time-out may cut in between, and a number without a name would spoil all later trees
    this.#names.push(name);
    this.#numbers.set(name, number);
    return number;
  }

  /** Number of a name, or -1 when no tree ever had it. */
  find(name: string): number {
    return this.#numbers.get(name) ?? -1;
  }

  name(number: number): string {
    return this.#names[number] ?? '';
  }
}

/** Names of kinds and fields, one table for the whole process, so that trees and patterns can be compared by number. */
export const names: NameTable = new NameTable();
