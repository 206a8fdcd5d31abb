import { indentOf } from '../line-table.ts';
import { shiftBetween, shiftLine } from '../segment-rows.ts';
import type { LevelContext } from './level-context.ts';
import { takesSelf } from './takes-self.ts';
import type { Item } from './read-items.ts';
import { attachedStart } from './replace-definition.ts';
import type { LinedDefinition } from './snippet-outline.ts';

/** Where a new definition goes: before a line of the file (from 0), with so many blank lines around it. */
export interface NewPlace {
  readonly line: number;
  readonly blanksBefore: number;
  readonly blanksBehind: number;
  /** Lines of the edit with the indentation of the place; `undefined` when they cannot be shifted so. */
  readonly indent: (lines: readonly string[]) => string[] | undefined;
}

type Targets = readonly (readonly LinedDefinition[] | undefined)[];

/**
 * Behind the definition that stands before it in the edit, else before the one behind it, else where the container ends (or
 * begins) when a marker or nothing else is on the other side. `undefined` when that says nothing.
 */
export function placeNew(
  items: readonly Item[],
  targets: Targets,
  index: number,
  container: number | undefined,
  context: LevelContext,
): NewPlace | undefined {
  const item = items[index];
  if (item?.kind !== 'definition') return undefined;
  let known = index - 1;
  while (known >= 0 && items[known]?.kind === 'definition' && targets[known] === undefined) known -= 1;
  const above = items[known]?.kind === 'definition' ? targets[known]?.at(-1) : undefined;
  const gapAbove = item.first - (items[index - 1]?.end ?? item.first);
  if (above !== undefined)
    return place(above.end, { blanksBefore: gapAbove, blanksBehind: 0 }, like(above.headerLine, context));
  const next = items[index + 1];
  const below = next?.kind === 'definition' ? targets[index + 1]?.[0] : undefined;
  if (below !== undefined && next !== undefined) {
    const line = attachedStart(below.firstLine, context.file, context.input.text.lines);
    return place(line, { blanksBefore: 0, blanksBehind: next.first - item.end }, like(below.headerLine, context));
  }
  const rest = items.slice(index + 1);
  if (rest.some(({ kind }) => kind !== 'definition')) return undefined;
  const [sent] = item.definitions;
  if (sent === undefined || sent.bodyLine < 0) return undefined;
  const holder = container === -1 ? onlyModule(context) : container;
  return holder === -1 ? atEndOfFile(sent, context) : atEndOf(holder, items, index, context);
}

function place(
  line: number,
  blanks: Pick<NewPlace, 'blanksBefore' | 'blanksBehind'>,
  indent: NewPlace['indent'],
): NewPlace {
  return { line, ...blanks, indent };
}

/** Indents lines as a line of the file is. */
function like(line: number, { input }: LevelContext): NewPlace['indent'] {
  const model = input.text.lines[line] ?? '';
  return (lines) => {
    const shift = shiftBetween(lines[0] ?? '', model);
    if (shift === undefined) return undefined;
    const shifted = lines.map((one) => shiftLine(one, shift));
    return shifted.every((one) => one !== undefined) ? shifted : undefined;
  };
}

/** Behind the last definition, when the file ends with it. */
function atEndOfFile(sent: LinedDefinition, context: LevelContext): NewPlace | undefined {
  if (mayBeMember(sent, context)) return undefined;
  const { text } = context.input;
  const top = context.file.heldBy(-1);
  const last = top.at(-1);
  if (last === undefined) return undefined;
  let end = text.lines.length;
  while (end > 0 && (text.lines[end - 1] ?? '').trim() === '') end -= 1;
  if (last.end !== end || last.bodyLine < 0) return undefined;
  const blanksBefore = blanksBetween(top, context) ?? (context.input.language === 'python' ? 2 : 1);
  return place(end, { blanksBefore, blanksBehind: 0 }, like(last.headerLine, context));
}

/** It is indented, takes `self`, or has the name of a member: then it belongs into a container that the edit does not tell. */
function mayBeMember({ name, headerLine }: LinedDefinition, { file, input }: LevelContext): boolean {
  const header = input.snippet.lines[headerLine] ?? '';
  if (indentOf(header) !== '' || takesSelf(header)) return true;
  return file.named(name).some(({ container }) => holdsMembers(file.definitions[container]));
}

function holdsMembers(holder: LinedDefinition | undefined): boolean {
  return holder !== undefined && !['module', 'function', 'method'].includes(holder.kind);
}

/** Blank lines above the last of several definitions. */
function blanksBetween(siblings: readonly LinedDefinition[], context: LevelContext): number | undefined {
  const last = siblings.at(-1);
  if (last === undefined || siblings.length < 2) return undefined;
  const start = attachedStart(last.firstLine, context.file, context.input.text.lines);
  let line = start;
  while (line > 0 && (context.input.text.lines[line - 1] ?? '').trim() === '') line -= 1;
  return start - line;
}

function atEndOf(
  container: number | undefined,
  items: readonly Item[],
  index: number,
  context: LevelContext,
): NewPlace | undefined {
  const { file, input } = context;
  const holder = container === undefined ? onlyContainer(file.definitions) : file.definitions[container];
  if (holder === undefined || holder.bodyLine < 0) return undefined;
  const members = file.heldBy(holder.index);
  const model = members.at(-1);
  if (model === undefined || model.bodyLine < 0) return undefined;
  let line = input.language === 'python' ? holder.end : holder.closerLine;
  while (line > 0 && (input.text.lines[line - 1] ?? '').trim() === '') line -= 1;
  // what stands behind the last member (`private:`, a statement) may not be meant to stand before the new one
  if (model.end !== line) return undefined;
  const before = items[index - 1];
  const sent = items[index];
  const marked = before?.kind === 'marker' && sent !== undefined ? sent.first - before.end : undefined;
  const blanksBefore = marked ?? blanksBetween(members, context) ?? 1;
  if (container === undefined && !isIndentedLike(model, items, index, context)) return undefined;
  return place(line, { blanksBefore, blanksBehind: 0 }, like(model.headerLine, context));
}

/** A method without its class must be indented as one. */
function isIndentedLike(
  model: LinedDefinition,
  items: readonly Item[],
  index: number,
  { input }: LevelContext,
): boolean {
  const line = input.snippet.lines[items[index]?.first ?? 0] ?? '';
  return indentOf(line) === indentOf(input.text.lines[model.headerLine] ?? '');
}

/** The namespace that holds all there is; -1 without one. */
function onlyModule({ file }: LevelContext): number {
  const top = file.heldBy(-1);
  const [one] = top;
  return one?.kind === 'module' && top.length === 1 ? one.index : -1;
}

function onlyContainer(definitions: readonly LinedDefinition[]): LinedDefinition | undefined {
  const containers = definitions.filter(({ kind }) => kind === 'class' || kind === 'impl' || kind === 'interface');
  return containers.length === 1 ? containers[0] : undefined;
}
