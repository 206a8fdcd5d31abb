import type { Language } from './language.ts';
import type { SyntaxTree } from './syntax-tree.ts';

export interface ParseOptions {
  /** Also report early errors that need scopes, e.g. a name declared twice. */
  readonly semantic?: boolean;
  /** `false`: who asks has no need of comments, and the tree may be without them. */
  readonly comments?: boolean;
}

/**
 * What the engine needs of a parser; `wasm` implements it. `parse` is synchronous and pure. A text with syntax errors
 * gives a tree with `problems` (and, from oxc, without nodes but the root).
 */
export interface ParsePort {
  parse(text: string, language: Language, options?: ParseOptions): SyntaxTree;
}
