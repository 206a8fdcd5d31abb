import type { Language } from './language.ts';
import type { SyntaxTree } from './syntax-tree.ts';

/**
 * What the engine needs of a parser; `wasm` implements it. `parse` is synchronous and pure. A text with syntax errors
 * gives a tree with `problems` (and, from oxc, without nodes but the root).
 */
export interface ParsePort {
  parse(text: string, language: Language): SyntaxTree;
}
