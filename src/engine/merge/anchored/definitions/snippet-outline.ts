import type { Definition, Outline, OutlinePort } from '../../outline.ts';
import type { Snippet } from '../../snippet.ts';
import type { SourceLanguage } from '../../source-language.ts';
import { indentOf } from '../line-table.ts';
import { lineOfOffset } from '../definition-rows.ts';

/** A definition with its lines, counted from 0; `end` is the line behind the last. */
export interface LinedDefinition extends Omit<Definition, 'end'> {
  /** Behind its last character. */
  readonly endOffset: number;
  /** Of the list that it stands in. */
  readonly index: number;
  /** First line, decorators included; the line of the header; the first line of the body, -1 without one. */
  readonly firstLine: number;
  readonly headerLine: number;
  readonly bodyLine: number;
  /** The line that the body ends on, -1 without one. */
  readonly closerLine: number;
  readonly end: number;
}

/** What the parser makes of a text, by lines. */
export interface LinedOutline {
  readonly definitions: readonly LinedDefinition[];
  /** Those of a name, in order. */
  readonly named: (name: string) => readonly LinedDefinition[];
  /** Those directly in a container (-1: top level), in order. */
  readonly heldBy: (container: number) => readonly LinedDefinition[];
  /** Offset of the start of each line, before lines were taken off. */
  readonly starts: Int32Array;
  readonly isComment: (line: number) => boolean;
  readonly imports: readonly LineRange[];
}

/** Lines `[first, end)`. */
export interface LineRange {
  readonly first: number;
  readonly end: number;
}

/** What a method stands in when it is sent without its class. */
const wrappers: Partial<Record<SourceLanguage, readonly [string, string]>> = {
  javascript: ['class Wrapper {', '}'],
  jsx: ['class Wrapper {', '}'],
  typescript: ['class Wrapper {', '}'],
  tsx: ['class Wrapper {', '}'],
  java: ['class Wrapper {', '}'],
  cpp: ['class Wrapper {', '};'],
  rust: ['impl Wrapper {', '}'],
};

export function lineOutline(outline: Outline, starts: Int32Array, shiftLines = 0): LinedOutline {
  const line = (offset: number): number => lineOfOffset(starts, offset) - shiftLines;
  const definitions = outline.definitions.map((definition, index): LinedDefinition => {
    const { start, headerStart, bodyStart, bodyEnd, end } = definition;
    return {
      ...definition,
      index,
      endOffset: end,
      firstLine: line(start),
      headerLine: line(headerStart),
      bodyLine: bodyStart < 0 ? -1 : line(bodyStart),
      closerLine: bodyStart < 0 ? -1 : line(Math.max(bodyStart, bodyEnd - 1)),
      end: line(Math.max(start, end - 1)) + 1,
    };
  });
  const comments = new Set<number>();
  for (const { first, end } of lineRanges(outline.comments, line))
    for (let index = first; index < end; index += 1) comments.add(index);
  const byName = groupBy(definitions, ({ name }) => name);
  const byContainer = groupBy(definitions, ({ container }) => container);
  return {
    definitions,
    named: (name) => byName.get(name) ?? [],
    heldBy: (container) => byContainer.get(container) ?? [],
    starts,
    isComment: (index) => comments.has(index),
    imports: lineRanges(outline.imports, line),
  };
}

function groupBy<Key>(
  definitions: readonly LinedDefinition[],
  keyOf: (definition: LinedDefinition) => Key,
): ReadonlyMap<Key, readonly LinedDefinition[]> {
  const groups = new Map<Key, LinedDefinition[]>();
  for (const definition of definitions) {
    const key = keyOf(definition);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [definition]);
    else group.push(definition);
  }
  return groups;
}

function lineRanges(ranges: Int32Array, line: (offset: number) => number): LineRange[] {
  const found: LineRange[] = [];
  for (let at = 0; at + 1 < ranges.length; at += 2) {
    const start = ranges[at] ?? 0;
    found.push({ first: line(start), end: line(Math.max(start, (ranges[at + 1] ?? 0) - 1)) + 1 });
  }
  return found;
}

function startsOf(lines: readonly string[]): Int32Array {
  const starts = new Int32Array(lines.length + 1);
  lines.forEach((line, index) => (starts[index + 1] = (starts[index] ?? 0) + line.length + 1));
  return starts;
}

export interface SnippetOutline extends LinedOutline {
  /** Index of the class that was put around it, -1 when it stands by itself. */
  readonly wrapper: number;
}

/**
 * The structure of an edit, its markers taken for blank lines; methods that are sent without their class are read inside
 * one. `undefined` when it cannot be read without a syntax error.
 */
export function outlineSnippet(
  snippet: Snippet,
  language: SourceLanguage,
  port: OutlinePort,
): SnippetOutline | undefined {
  // in Python a body must have a statement; anywhere else a marker may be nothing
  const lines = snippet.lines.map((line, index) => {
    if (snippet.isMarker[index] !== true) return line;
    return language === 'python' ? `${indentOf(line)}pass` : '';
  });
  const common = commonIndent(lines);
  const plain = lines.map((line) => line.slice(Math.min(common.length, indentOf(line).length)));
  const wrapper = wrappers[language];
  const attempts = [() => readLines(plain, language, port, 0)];
  if (wrapper !== undefined) {
    const wrapped = (): SnippetOutline | undefined => readLines([wrapper[0], ...plain, wrapper[1]], language, port, 1);
    if (common === '') attempts.push(wrapped);
    else attempts.unshift(wrapped);
  }
  for (const attempt of attempts) {
    const outline = attempt();
    if (outline !== undefined && !hasLooseMethods(outline, language)) return outline;
  }
  return undefined;
}

/** What the grammar of Java takes for a function on top level is a method sent without its class. */
function hasLooseMethods({ definitions, wrapper }: SnippetOutline, language: SourceLanguage): boolean {
  if (language !== 'java' || wrapper >= 0) return false;
  return definitions.some(({ container, kind }) => container === -1 && (kind === 'method' || kind === 'function'));
}

function readLines(
  lines: readonly string[],
  language: SourceLanguage,
  port: OutlinePort,
  shiftLines: number,
): SnippetOutline | undefined {
  const outline = port.outline(lines.join('\n') + '\n', language, 'sound');
  if (outline === undefined || outline.errors.length > 0) return undefined;
  return { ...lineOutline(outline, startsOf(lines), shiftLines), wrapper: shiftLines > 0 ? 0 : -1 };
}

function commonIndent(lines: readonly string[]): string {
  let common: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    if (common === undefined) common = indent;
    while (!indent.startsWith(common)) common = common.slice(0, -1);
  }
  return common ?? '';
}
