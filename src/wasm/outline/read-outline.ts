import type { Outline } from '../../engine/merge/outline.ts';
import type { TreeSitterRuntime } from '../tree-sitter-runtime.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import { Outliner } from './outliner.ts';
import { copyDefinitions, readErrors, readRanges, readStrings } from './read-definitions.ts';

/** Outline of a text from tree-sitter's tree. @throws BoosterError as {@link TreeSitterRuntime.read} */
export function readOutline(
  runtime: TreeSitterRuntime,
  text: string,
  grammar: OutlineGrammar,
  timeLimitMs: number,
): Outline {
  const parts = runtime.read(text, grammar.asset, timeLimitMs, (tree, cursor) => ({
    root: copyDefinitions(cursor, text, grammar),
    comments: readRanges(tree, text, grammar.comments),
    strings: readStrings(tree, text, grammar),
    errors: readErrors(tree, cursor),
  }));
  const outliner = new Outliner(text, grammar.rules);
  outliner.visit(parts.root);
  return {
    definitions: outliner.definitions,
    imports: Int32Array.from(outliner.imports),
    comments: parts.comments,
    strings: parts.strings,
    errors: parts.errors,
  };
}
