import type { Change, Definition, Outline, OutlineRole, Ranges, Structure } from '../../engine/merge/outline.ts';
import type { ReadTree, TreeSitterRuntime } from '../tree-sitter-runtime.ts';
import type { MaskedText } from './mask-macros.ts';
import type { OutlineGrammar } from './outline-grammar.ts';
import { Outliner } from './outliner.ts';
import { refuseDeepBrackets } from './refuse-deep-brackets.ts';
import { readErrors, readLiterals, readParts } from './read-definitions.ts';
import type { Literals, OutlineParts } from './read-definitions.ts';

/** What a text is among those asked for, see `OutlinePort`. */
export type Kinship = OutlineRole | Change;

export interface ReadOptions {
  readonly timeLimitMs: number;
  readonly kinship?: Kinship;
}

/** Outlines with errors of texts that read no better without macros blanked, and by which grammar. */
const blankedOutlines = new WeakMap<Outline, OutlineGrammar>();

/** Outline of a text from tree-sitter's tree. @throws BoosterError `E_FILE_TOO_DEEP`, else as {@link TreeSitterRuntime.read} */
export function readOutline(
  runtime: TreeSitterRuntime,
  text: string,
  grammar: OutlineGrammar,
  { timeLimitMs, kinship }: ReadOptions,
): Outline {
  refuseDeepBrackets(text);
  // grammars know no line end of a carriage return alone: a comment would never end
  const lines = text.replace(/\r(?!\n)/g, '\n');
  const masked = grammar.mask?.(lines) ?? { text: lines, specifiers: [] };
  const change = typeof kinship === 'object' ? kinship : undefined;
  const hasLiterals = kinship === undefined || kinship === 'sound';
  const readAll: ReadTree<OutlineParts> = (tree, cursor, walk) =>
    readParts({ tree, cursor, walk }, text, grammar, hasLiterals);
  const how = { grammar: grammar.asset, timeLimitMs };
  const parts =
    (change === undefined ? undefined : runtime.readEdited(masked.text, { ...how, ...change }, readAll)) ??
    runtime.read(masked.text, { ...how, ...(kinship === 'base' && { keepAs: text }) }, readAll);
  const withLiterals = (outline: Outline, from: string): Outline => {
    if (kinship !== 'base') return outline;
    const read: ReadTree<Literals> = (tree) => readLiterals(tree, text, grammar);
    return withLazyLiterals(outline, () => runtime.readKept(text, how, read) ?? runtime.read(from, how, read));
  };
  if (parts.errors.length === 0 || masked.text === lines)
    return withLiterals(outlineOf(parts, text, masked, grammar), masked.text);
  const extent = errorExtent(parts.errors);
  const asBlanked = (): Outline => withLiterals(outlineOf(parts, text, masked, grammar), masked.text);
  if (change?.outline !== undefined && blankedOutlines.get(change.outline) === grammar)
    if (extent <= errorExtent(change.outline.errors)) return asBlanked();
  // most often the text as it is reads no better, and then its errors are all that is looked at
  const better = runtime.read(lines, how, (tree, cursor, walk) =>
    errorExtent(readErrors(tree, cursor)) < extent ? readAll(tree, cursor, walk) : undefined,
  );
  if (better === undefined) {
    const outline = asBlanked();
    blankedOutlines.set(outline, grammar);
    return outline;
  }
  return withLiterals(outlineOf(better, text, { text: lines, specifiers: [] }, grammar), lines);
}

/** Few rules ask for the comments and strings of a file, and to find them takes an eighth of a merge. */
function withLazyLiterals(structure: Structure, read: () => Literals): Outline {
  let known: Literals | undefined;
  return {
    ...structure,
    get comments() {
      return (known ??= read()).comments;
    },
    get strings() {
      return (known ??= read()).strings;
    },
  };
}

/** How much of a text could not be read: one error around everything is worse than several small ones. */
export function errorExtent(errors: Ranges): number {
  let extent = 0;
  for (let index = 0; index < errors.length; index += 2) extent += 1 + (errors[index + 1] ?? 0) - (errors[index] ?? 0);
  return extent;
}

function outlineOf(parts: OutlineParts, text: string, masked: MaskedText, grammar: OutlineGrammar): Outline {
  const outliner = new Outliner(text, grammar.rules);
  outliner.visit(parts.root);
  return {
    definitions: withSpecifiers(outliner.definitions, masked),
    imports: Int32Array.from(outliner.imports),
    comments: parts.comments,
    strings: parts.strings,
    errors: parts.errors,
  };
}

/** What was blanked before a definition belongs to it. */
function withSpecifiers(definitions: readonly Definition[], masked: MaskedText): readonly Definition[] {
  if (masked.specifiers.length === 0) return definitions;
  const starts = new Map<number, number>();
  let index = 0;
  const offsets = definitions.flatMap(({ start, headerStart }) => [start, headerStart]).sort((a, b) => a - b);
  for (const offset of offsets) {
    while ((masked.specifiers[index]?.start ?? Infinity) < offset) index += 1;
    starts.set(offset, startBefore(offset, index - 1, masked));
  }
  return definitions.map((definition) => ({
    ...definition,
    start: starts.get(definition.start) ?? definition.start,
    headerStart: starts.get(definition.headerStart) ?? definition.headerStart,
  }));
}

function startBefore(offset: number, from: number, { text, specifiers }: MaskedText): number {
  let start = offset;
  for (let index = from; index >= 0; index -= 1) {
    const specifier = specifiers[index];
    if (specifier === undefined || /\S/.test(text.slice(specifier.end, start))) break;
    start = specifier.start;
  }
  return start;
}
