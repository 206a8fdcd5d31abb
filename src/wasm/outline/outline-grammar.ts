import type { AssetName } from '../asset-path.ts';
import type { MaskedText } from './mask-macros.ts';
import type { Rule } from './outliner.ts';

/** How the outline of a language is read from the concrete tree of its grammar. */
export interface OutlineGrammar {
  readonly asset: AssetName;
  /** Types of nodes that hold no definitions: the reading does not descend into them, their text suffices. */
  readonly opaque: readonly string[];
  /** The same where no `{` stands in the text of the node. */
  readonly opaqueWithoutBraces?: readonly string[];
  /** The same where the next construct around is a function and no class. */
  readonly opaqueInFunctions?: readonly string[];
  readonly scopes?: { readonly functionType: string; readonly classType: string };
  readonly comments: readonly string[];
  readonly strings: readonly string[];
  /** Inside of strings: code again. */
  readonly codeInStrings: readonly string[];
  /** What is done with a node of a type; nodes without a rule are looked through. */
  /** Blanks what a preprocessor takes away, tried before the text as it is. */
  readonly mask?: (text: string) => MaskedText;
  readonly rules: Readonly<Record<string, Rule>>;
}
