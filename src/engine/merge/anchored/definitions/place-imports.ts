import type { Refusal } from '../../merge.ts';
import { refuse } from '../../refuse.ts';
import { editLineOf } from '../edit-line.ts';
import { indentOf } from '../line-table.ts';
import type { Replacement } from '../render-changes.ts';
import { findDefinition } from './find-definition.ts';
import { segmentOf, type LevelContext } from './level-context.ts';
import type { Item } from './read-items.ts';
import type { LineRange } from './snippet-outline.ts';

/** Pairs of an import of the edit and one that it may stand beside; each takes about 0.3 µs. */
const budget = 1_000_000;

/** One import statement of file or edit. */
interface Statement extends LineRange {
  readonly text: string;
}

/**
 * Imports of the edit that the file lacks: in the place of one from the same source that brings in less, else next to their
 * neighbours in the edit, else among their like, in order where these are in order.
 */
export function placeImports(items: readonly Item[], context: LevelContext): Replacement[] | Refusal {
  const { file, input } = context;
  const known = file.imports.map((range) => statement(range, input.text.lines));
  const count = items.filter(({ kind }) => kind === 'import').length;
  if (count * (count + known.length) > budget) {
    return refuse('E_APPLY_BUDGET', 'Edit and file have too many imports.', { advice: 'Send a unified diff.' });
  }
  const find = standingImports(known, input.snippet.lines);
  const replacements: Replacement[] = [];
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'import') continue;
    const sent = statement(item, input.snippet.lines);
    if (find(item) !== undefined) continue;
    const place =
      inGroup(sent, known, context) ??
      insteadOf(sent, known) ??
      besideNeighbour(items, index, find) ??
      amongLike(sent, known) ??
      aboveAll(items, index, known, context);
    if (place === undefined) {
      return refuse('E_APPLY_NO_POSITION', `The edit adds \`${sent.text.slice(0, 80)}\`, and nothing tells where.`, {
        editLine: editLineOf(input.snippet, item.first),
        advice: 'Send it together with an import of the file.',
      });
    }
    const lines = place.lines ?? input.snippet.lines.slice(item.first, item.end);
    replacements.push({ start: place.start, end: place.end, lines, segment: segmentOf(item.first, context) });
  }
  return replacements;
}

interface ImportPlace {
  readonly start: number;
  readonly end: number;
  /** When they are not those of the edit. */
  readonly lines?: readonly string[];
}

function statement({ first, end }: LineRange, lines: readonly string[]): Statement {
  const text = lines
    .slice(first, end)
    .map((line) => line.trim())
    .join(' ');
  return { first, end, text };
}

const goImport = /^import\s+((?:[\w.]+\s+)?"[^"]*")$/;

/** In Go, imports share one pair of parentheses. */
function inGroup(sent: Statement, known: readonly Statement[], { input }: LevelContext): ImportPlace | undefined {
  if (input.language !== 'go') return undefined;
  const group = known.find(({ text }) => /^import\s*\(/.test(text));
  const single = goImport.exec(sent.text)?.[1];
  const multiple = /^import\s*\((.*)\)$/.exec(sent.text)?.[1];
  if (group === undefined || (single === undefined && multiple === undefined)) return undefined;
  const inner = input.text.lines.slice(group.first + 1, group.end - 1);
  const present = new Set(inner.map((line) => line.trim()));
  const wanted = single === undefined ? input.snippet.lines.slice(sent.first + 1, sent.end - 1) : [single];
  const indent = indentOf(inner.find((line) => line.trim() !== '') ?? '\t');
  const fresh = wanted.map((line) => line.trim()).filter((line) => line !== '' && !present.has(line));
  const lines = [...inner];
  for (const line of fresh) insertSorted(lines, indent + line);
  return { start: group.first + 1, end: group.end - 1, lines };
}

/** Before the first greater line when all are in order, else at the end. */
function insertSorted(lines: string[], line: string): void {
  const isSorted = lines.every((one, index) => index === 0 || (lines[index - 1] ?? '') <= one);
  const at = isSorted ? lines.findIndex((one) => one > line) : -1;
  lines.splice(at < 0 ? lines.length : at, 0, line);
}

const source = /(?:\bfrom\s+)?(['"])([^'"]+)\1\s*;?$|^from\s+(\S+)\s+import\b/;

/** An import from the same source, all of whose names the new one has too. */
function insteadOf(sent: Statement, known: readonly Statement[]): ImportPlace | undefined {
  const from = sourceOf(sent.text);
  if (from === undefined) return undefined;
  const same = known.filter(({ text }) => sourceOf(text) === from);
  const [one] = same;
  if (one === undefined || same.length > 1) return undefined;
  const names = new Set(namesOf(sent.text));
  const isContained = namesOf(one.text).every((name) => names.has(name));
  return isContained ? { start: one.first, end: one.end } : undefined;
}

/** What an import brings in, and how. */
function namesOf(text: string): readonly string[] {
  return text.replace(/(['"]).*?\1|^from\s+\S+/g, ' ').match(/[\w$*]+/g) ?? [];
}

function sourceOf(text: string): string | undefined {
  const match = source.exec(text);
  return match?.[2] ?? match?.[3];
}

/** The import of the file that an item of the edit repeats. */
type FindImport = (item: Item | undefined) => Statement | undefined;

function standingImports(known: readonly Statement[], lines: readonly string[]): FindImport {
  const byText = new Map([...known].reverse().map((one) => [one.text, one]));
  const found = new Map<Item, Statement | undefined>();
  return (item) => {
    if (item?.kind !== 'import') return undefined;
    if (!found.has(item)) found.set(item, byText.get(statement(item, lines).text));
    return found.get(item);
  };
}

function besideNeighbour(items: readonly Item[], index: number, find: FindImport): ImportPlace | undefined {
  let before = index - 1;
  while (items[before]?.kind === 'import' && find(items[before]) === undefined) before -= 1;
  const above = find(items[before]);
  if (above !== undefined) return { start: above.end, end: above.end };
  const below = find(items[index + 1]);
  return below === undefined ? undefined : { start: below.first, end: below.first };
}

/** Behind the last import that begins in the same way; where these are sorted, at its place among them. */
function amongLike(sent: Statement, known: readonly Statement[]): ImportPlace | undefined {
  const shape = shapeOf(sent.text);
  const like = known.filter(({ text }) => shapeOf(text) === shape);
  const last = like.at(-1);
  if (last === undefined) return undefined;
  const isSorted = like.every(({ text }, index) => index === 0 || (like[index - 1]?.text ?? '') <= text);
  const next = isSorted && like.length > 1 ? like.find(({ text }) => text > sent.text) : undefined;
  return next === undefined ? { start: last.end, end: last.end } : { start: next.first, end: next.first };
}

/** Above the first definition of a file that has no imports, when the edit has both one behind the other. */
function aboveAll(
  items: readonly Item[],
  index: number,
  known: readonly Statement[],
  { input, file }: LevelContext,
): ImportPlace | undefined {
  const item = items[index];
  const next = items[index + 1];
  if (known.length > 0 || item === undefined || (next?.kind !== 'import' && next?.kind !== 'definition'))
    return undefined;
  const behind = items.slice(index).find(({ kind }) => kind !== 'import');
  if (behind?.kind !== 'definition') return undefined;
  const found = findDefinition(behind.definitions, file.definitions, undefined, input.language);
  const first = input.text.lines.findIndex((line) => line.trim() !== '');
  if (found.kind !== 'one' || found.definitions[0]?.firstLine !== first) return undefined;
  return { start: first, end: first, lines: input.snippet.lines.slice(item.first, next.first) };
}

/** `import x`, `from x import`, `#include <`, `#include "`, `use`, `const x = require(`. */
function shapeOf(text: string): string {
  const word = /^#?\s*\w+(?:\s+static)?/.exec(text)?.[0] ?? '';
  return /^#\s*include/.test(text) ? `${word}${/["<]/.exec(text)?.[0] ?? ''}` : word;
}
