import type { DefinitionItem } from './read-items.ts';
import { segmentOf, type LevelContext } from './level-context.ts';
import type { LinedDefinition, LinedOutline } from './snippet-outline.ts';
import type { Replacement } from '../render-changes.ts';
import { shiftBetween, shiftLine } from '../segment-rows.ts';

/** The whole of a definition gives way to that of the edit; `undefined` when it shares a line with other code. */
export function replaceDefinition(
  item: DefinitionItem,
  target: readonly LinedDefinition[],
  context: LevelContext,
): Replacement | undefined {
  const [first] = target;
  const last = target.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (!standsAlone(first, last, context)) return undefined;
  const lines = indentLike(item, first, item.end, context);
  if (lines === undefined) return undefined;
  const { text } = context.input;
  const oldLast = text.lines[last.end - 1] ?? '';
  const newLast = lines.at(-1) ?? '';
  // a comma or semicolon behind it belongs to what it stands in
  if (/[;,]$/.test(oldLast.trimEnd()) && oldLast.trimEnd().slice(0, -1) === newLast.trimEnd())
    lines[lines.length - 1] = oldLast;
  return { start: startOf(item, first, context), end: last.end, lines, segment: segmentOf(item.first, context) };
}

/** The lines above the body give way to those of the edit; `undefined` when it cannot be told which they are. */
export function replaceHeader(
  item: DefinitionItem,
  target: LinedDefinition,
  context: LevelContext,
): Replacement | undefined {
  const [sent] = item.definitions;
  if (sent === undefined || sent.bodyLine < 0 || target.bodyLine < 0) return undefined;
  const isIndented = context.input.language === 'python';
  const end = isIndented ? sent.bodyLine : sent.bodyLine + 1;
  const targetEnd = isIndented ? target.bodyLine : target.bodyLine + 1;
  if (isIndented && (end <= sent.headerLine || targetEnd <= target.headerLine)) return undefined;
  const lines = indentLike(item, target, end, context);
  if (lines === undefined) return undefined;
  while (isIndented && lines.at(-1)?.trim() === '') lines.pop();
  const oldEnd = isIndented ? lastSolid(context, target.headerLine, targetEnd) : targetEnd;
  return { start: startOf(item, target, context), end: oldEnd, lines, segment: segmentOf(item.first, context) };
}

function lastSolid({ input }: LevelContext, from: number, end: number): number {
  let line = end;
  while (line > from + 1 && (input.text.lines[line - 1] ?? '').trim() === '') line -= 1;
  return line;
}

/** Comments and decorators that the edit does not have stay. */
function startOf(item: DefinitionItem, target: LinedDefinition, context: LevelContext): number {
  const [sent] = item.definitions;
  if (sent === undefined) return target.headerLine;
  if (item.first < sent.firstLine) return attachedStart(target.firstLine, context.file, context.input.text.lines);
  return sent.firstLine < sent.headerLine ? target.firstLine : target.headerLine;
}

/** Where the comment right above a line of the file begins; the line itself when there is none. */
export function attachedStart(line: number, file: LinedOutline, lines: readonly string[]): number {
  let start = line;
  while (start > 0 && file.isComment(start - 1) && (lines[start - 1] ?? '').trim() !== '') start -= 1;
  return isOnlyComment(start, line, lines) ? start : line;
}

function isOnlyComment(start: number, end: number, lines: readonly string[]): boolean {
  // a comment at the end of a line of code belongs to that code
  return lines.slice(start, end).every((line) => /^\s*(?:\/\/|\/\*|\*|#|--)/.test(line) || /\*\/\s*$/.test(line));
}

/** Lines of the edit from the item's first on, indented as the definition is in the file. */
function indentLike(
  item: DefinitionItem,
  target: LinedDefinition,
  end: number,
  { input }: LevelContext,
): string[] | undefined {
  const { snippet, text } = input;
  const header = item.definitions[0]?.headerLine ?? item.first;
  const shift = shiftBetween(snippet.lines[header] ?? '', text.lines[target.headerLine] ?? '');
  if (shift === undefined) return undefined;
  const lines: string[] = [];
  for (const line of snippet.lines.slice(item.first, end)) {
    const shifted = shiftLine(line, shift);
    if (shifted === undefined) return undefined;
    lines.push(shifted);
  }
  return lines;
}

/** Nothing but white space before the definition on its first line, and nothing but signs and a comment behind its end. */
function standsAlone(first: LinedDefinition, last: LinedDefinition, { input, file }: LevelContext): boolean {
  const { source } = input;
  const { starts } = file;
  const before = source.slice(starts[first.firstLine] ?? 0, first.start);
  const behind = source.slice(last.endOffset, starts[last.end] ?? source.length);
  return before.trim() === '' && /^[\s;,)]*(?:(?:\/\/|#|\/\*).*)?$/.test(behind.trimEnd());
}
