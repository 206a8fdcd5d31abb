import type { FileChange } from '../app/file-result.ts';
import type { Edit } from '../engine/edit.ts';
import { applyEdits } from '../engine/edit.ts';

/** Lines of unchanged text around a change, as git prints. */
const contextLines = 3;

/** Above this many line pairs a block is shown as removed and added whole: a finer diff would cost more than it tells. */
const maximumLinePairs = 250_000;

/** Old lines `[from, to)` become `added`; lines keep their terminators. */
interface LineChange {
  readonly from: number;
  readonly to: number;
  readonly added: readonly string[];
}

/**
 * The change of one file as a patch that `git apply` and `patch -p1` accept in the folder that `path` is relative to.
 * Without git's own header on purpose: with it, `git apply` takes paths from the root of the repository, and in a
 * sub-folder it would skip the patch without a word.
 * Computed from the edits, not by comparing the texts: linear in the size of the file. As for git, only `\n` ends a
 * line, so carriage returns and a byte order mark are content and survive.
 */
export function unifiedDiff(path: string, change: FileChange): string {
  const mark = change.bom ? '\uFEFF' : '';
  const text = mark + change.before;
  const edits = change.edits.map((edit) => ({
    start: edit.start + mark.length,
    end: edit.end + mark.length,
    text: edit.text,
  }));
  const lines = splitLines(text);
  const hunks = formatHunks(lines, lineChanges(text, lines, edits));
  if (hunks === '') return '';
  return `--- ${diffName('a', path)}\n+++ ${diffName('b', path)}\n${hunks}`;
}

/** The patch that creates a file, in the same form. */
export function newFileDiff(path: string, text: string): string {
  const added = splitLines(text);
  if (added.length === 0) return '';
  return `--- /dev/null\n+++ ${diffName('b', path)}\n${formatHunks([], [{ from: 0, to: 0, added }])}`;
}

/** Lines that a diff of {@link unifiedDiff} adds and removes. */
export function lineCounts(diff: string): { readonly linesAdded: number; readonly linesRemoved: number } {
  const body = diff.slice(diff.indexOf('\n@@') + 1);
  return { linesAdded: body.match(/^\+/gm)?.length ?? 0, linesRemoved: body.match(/^-/gm)?.length ?? 0 };
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lineChanges(text: string, lines: readonly string[], edits: readonly Edit[]): LineChange[] {
  const starts = lineStarts(lines);
  const changes: LineChange[] = [];
  for (const block of touchedBlocks(starts, lines.length, edits)) {
    const offset = starts[block.from] ?? text.length;
    const old = text.slice(offset, starts[block.to] ?? text.length);
    const moved = block.edits.map((edit) => ({ ...edit, start: edit.start - offset, end: edit.end - offset }));
    const added = splitLines(applyEdits(old, moved));
    changes.push(...refine(lines.slice(block.from, block.to), added, block.from));
  }
  return changes;
}

/** Offset of each line, then the length of the text. */
function lineStarts(lines: readonly string[]): number[] {
  const starts = [0];
  let at = 0;
  for (const line of lines) {
    at += line.length;
    starts.push(at);
  }
  return starts;
}

interface Block {
  readonly from: number;
  to: number;
  readonly edits: Edit[];
}

/** Runs of lines that edits touch; edits that share a line share a block. */
function touchedBlocks(starts: readonly number[], count: number, edits: readonly Edit[]): Block[] {
  const blocks: Block[] = [];
  let line = 0;
  for (const edit of edits) {
    while (line + 1 < count && (starts[line + 1] ?? Infinity) <= edit.start) line += 1;
    const from = line;
    while (line + 1 < count && (starts[line + 1] ?? Infinity) <= edit.end) line += 1;
    const to = Math.min(line + 1, count);
    const previous = blocks.at(-1);
    if (previous !== undefined && from < previous.to) {
      previous.to = Math.max(previous.to, to);
      previous.edits.push(edit);
    } else blocks.push({ from, to, edits: [edit] });
  }
  return blocks;
}

/** Leaves out the lines that a block has in common before and after. */
function refine(old: readonly string[], added: readonly string[], from: number): LineChange[] {
  let head = 0;
  while (head < old.length && head < added.length && old[head] === added[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, added.length) - head && old.at(-1 - tail) === added.at(-1 - tail)) tail += 1;
  const oldMiddle = old.slice(head, old.length - tail);
  const newMiddle = added.slice(head, added.length - tail);
  const start = from + head;
  if (oldMiddle.length === 0 && newMiddle.length === 0) return [];
  if (oldMiddle.length * newMiddle.length > maximumLinePairs) {
    return [{ from: start, to: start + oldMiddle.length, added: newMiddle }];
  }
  return alignLines(oldMiddle, newMiddle, start);
}

/** Changes between two short runs of lines by their longest common subsequence. */
function alignLines(old: readonly string[], added: readonly string[], start: number): LineChange[] {
  const width = added.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = added.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        old[row] === added[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const changes: LineChange[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < added.length) {
    const fromRow = row;
    const fromColumn = column;
    while (row < old.length || column < added.length) {
      if (row < old.length && column < added.length && old[row] === added[column]) break;
      if (row < old.length && (column >= added.length || at(row + 1, column) >= at(row, column + 1))) row += 1;
      else column += 1;
    }
    if (row > fromRow || column > fromColumn) {
      changes.push({ from: start + fromRow, to: start + row, added: added.slice(fromColumn, column) });
    }
    while (row < old.length && column < added.length && old[row] === added[column]) {
      row += 1;
      column += 1;
    }
  }
  return changes;
}

function formatHunks(lines: readonly string[], changes: readonly LineChange[]): string {
  let result = '';
  let shift = 0;
  for (const group of groupChanges(changes)) {
    const first = group[0];
    const final = group.at(-1);
    if (first === undefined || final === undefined) continue;
    const from = Math.max(0, first.from - contextLines);
    const to = Math.min(lines.length, final.to + contextLines);
    let body = '';
    let at = from;
    let delta = 0;
    for (const change of group) {
      body += lines
        .slice(at, change.from)
        .map((line) => diffLine(' ', line))
        .join('');
      body += lines
        .slice(change.from, change.to)
        .map((line) => diffLine('-', line))
        .join('');
      body += change.added.map((line) => diffLine('+', line)).join('');
      delta += change.added.length - (change.to - change.from);
      at = change.to;
    }
    body += lines
      .slice(at, to)
      .map((line) => diffLine(' ', line))
      .join('');
    const count = to - from;
    result += `@@ -${range(from, count)} +${range(from + shift, count + delta)} @@\n${body}`;
    shift += delta;
  }
  return result;
}

/** Changes whose context lines would meet belong to one hunk. */
function groupChanges(changes: readonly LineChange[]): LineChange[][] {
  const groups: LineChange[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (group !== undefined && previous !== undefined && change.from - previous.to <= 2 * contextLines) {
      group.push(change);
    } else groups.push([change]);
  }
  return groups;
}

/** `start,count` of a hunk header; an empty side names the line before it. */
function range(from: number, count: number): string {
  return `${String(count === 0 ? from : from + 1)},${String(count)}`;
}

function diffLine(sign: ' ' | '-' | '+', line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

const namedEscapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** A name as git writes it: quoted like a C string when it holds quotes, backslashes or control characters. */
function diffName(side: 'a' | 'b', path: string): string {
  const name = `${side}/${path}`;
  const special = /["\\\x00-\x1f\x7f]/g;
  // Without the tab, a name with a space would be cut at the space: a date could stand there.
  if (name.search(special) < 0) return name.includes(' ') ? `${name}\t` : name;
  const escape = (character: string): string =>
    namedEscapes[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `"${name.replace(special, escape)}"`;
}
