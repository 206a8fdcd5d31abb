import type { LineChange } from '../../candidate.ts';
import type { GateInput } from '../../gate/gate-verdict.ts';
import type { OutlinePort } from '../../outline.ts';
import type { Refusal } from '../../merge.ts';
import { lineStarts } from '../../text-lines.ts';
import { isRefusal, refuse } from '../../refuse.ts';
import { editLineOf } from '../edit-line.ts';
import { renderChanges, type Replacement } from '../render-changes.ts';
import { placeImports } from './place-imports.ts';
import type { LevelContext } from './level-context.ts';
import { LevelMerger } from './level-merger.ts';
import { readItems, type Item } from './read-items.ts';
import { lineOutline, outlineSnippet } from './snippet-outline.ts';

/** What merging by names gives: the changes, and whether all of the edit says something new. */
export interface NamedMerge {
  readonly changes: readonly LineChange[];
  readonly ranges: readonly { readonly segment: number; readonly start: number; readonly end: number }[];
  /** Each definition of the edit differs from the file's or is new: none was sent as context. */
  readonly allNew: boolean;
  /** It begins and ends with definitions, or has nothing but imports: what is beyond is not its business. */
  readonly hasOwnEdges: boolean;
  /** When it has nothing but definitions of several lines, each from its first line to its last: their names. */
  readonly wholeNames?: readonly string[];
}

/**
 * Merges an edit that consists of whole definitions and imports by their names, wherever they stand in the file; in a
 * definition with markers only what stands between them. `undefined` when the edit has other parts or cannot be read.
 */
export function mergeDefinitions(input: GateInput, port: OutlinePort): NamedMerge | Refusal | undefined {
  const { outline, snippet, text, language } = input;
  if (outline === undefined) return undefined;
  const edit = outlineSnippet(snippet, language, port);
  if (edit === undefined) return undefined;
  const file = lineOutline(outline, lineStarts(text));
  const context: LevelContext = { input, edit, file };
  const items = readItems(snippet, edit, edit.wrapper, 0, snippet.lines.length);
  if (items.every((item) => item.kind === 'marker') || items.some((item) => item.kind === 'code')) return undefined;
  const merger = new LevelMerger(context);
  const problem = merger.merge(items, edit.wrapper < 0 ? -1 : undefined);
  if (problem !== undefined) return problem === 'unsupported' ? undefined : problem;
  const imports = placeImports(items, context);
  if (isRefusal(imports)) return imports;
  return finish(input, [...imports, ...merger.replacements], items);
}

function finish(
  { text, snippet }: GateInput,
  replacements: readonly Replacement[],
  items: readonly Item[],
): NamedMerge | Refusal {
  const sorted = replacements
    .map((replacement, order) => ({ ...replacement, order }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
  const overlap = sorted.findIndex((one, index) => one.start < (sorted[index - 1]?.end ?? 0));
  if (overlap >= 0) {
    return refuse('E_APPLY_OVERLAP', 'Two parts of the edit stand for the same lines of the file.', {
      editLine: editLineOf(snippet, items[0]?.first ?? 0),
    });
  }
  const perReplacement = sorted.map((replacement) => renderChanges(text.lines, replacement));
  return {
    changes: joinInsertions(perReplacement.flat()),
    ranges: sorted.map(({ segment, start, end }) => ({ segment, start, end })),
    hasOwnEdges: hasOwnEdges(items, snippet.isMarker.includes(true)),
    ...wholeNames(items),
    allNew: perReplacement.every((changes) => changes.length > 0),
  };
}

function wholeNames(items: readonly Item[]): Pick<NamedMerge, 'wholeNames'> {
  const names: string[] = [];
  for (const item of items) {
    if (item.kind !== 'definition' || item.hasMarker || item.end - item.first < 2) return {};
    names.push(...item.definitions.map(({ name }) => name));
  }
  return { wholeNames: names };
}

function hasOwnEdges(items: readonly Item[], hasMarkers: boolean): boolean {
  if (!hasMarkers && items.every(({ kind }) => kind === 'import')) return true;
  return items[0]?.kind !== 'import' && items.at(-1)?.kind !== 'import';
}

/** Insertions at one place become one, in the order of the edit. */
function joinInsertions(changes: readonly LineChange[]): LineChange[] {
  const runs: LineChange[][] = [];
  for (const change of changes) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const isNext = last?.start === last?.end && change.start === last?.start && change.end === change.start;
    if (isNext) run?.push(change);
    else runs.push([change]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    return first === undefined || run.length === 1 ? run : [{ ...first, lines: run.flatMap(({ lines }) => lines) }];
  });
}
