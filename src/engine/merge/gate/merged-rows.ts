import { applyEdits, areDisjoint, trimEdit, type Edit } from '../../edit.ts';
import type { LineChange } from '../candidate.ts';
import { lineStarts, splitLines, type TextLines } from '../text-lines.ts';
import { matchLines } from './match-lines.ts';

/** A line of the result. */
export interface Row {
  readonly line: string;
  /** Line of the file (from 0) that it is, apart from white space at its ends; -1 when it is new. */
  readonly origin: number;
}

/** Lines `[start, end)` of the file are gone between rows, in whose place rows `[rowStart, rowEnd)` are new. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly rowStart: number;
  readonly rowEnd: number;
}

export interface MergedRows {
  readonly rows: readonly Row[];
  /** The line end of each row. */
  readonly ends: readonly string[];
  readonly hunks: readonly Hunk[];
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** What the changes make of the text, or `undefined` when they are not what they promise (order, overlap, line ends inside). */
export function mergeRows(
  text: TextLines,
  source: string,
  changes: readonly LineChange[],
  finalLineEnd?: boolean,
): MergedRows | undefined {
  if (!areSound(changes, text.lines.length)) return undefined;
  const rows: Row[] = [];
  const asTheyStand = rowsOf(text);
  let next = 0;
  const keepUntil = (end: number): void => {
    for (; next < end; next += 1) rows.push(asTheyStand[next] ?? { line: '', origin: next });
  };
  for (const change of changes) {
    keepUntil(change.start);
    const match = matchLines(text.lines.slice(change.start, change.end), change.lines);
    change.lines.forEach((line, index) => {
      const kept = match[index] ?? -1;
      rows.push({ line, origin: kept < 0 ? -1 : change.start + kept });
    });
    next = change.end;
  }
  keepUntil(text.lines.length);
  const ends = lineEnds(rows, text, finalLineEnd);
  let result = '';
  for (let index = 0; index < rows.length; index += 1) result += (rows[index]?.line ?? '') + (ends[index] ?? '');
  const edits = editsOf(rows, ends, text, source);
  if (!areDisjoint(edits) || applyEdits(source, edits) !== result) return undefined;
  return { rows, ends, hunks: hunksOf(rows, text.lines.length), text: result, edits };
}

/** Offset of the start of each line of the result, and its length. */
export function rowStarts({ rows, ends, text }: MergedRows): Int32Array {
  // a carriage return may have come to stand before a line feed, and an empty last row is no line
  if (ends.includes('\r') || (rows.at(-1)?.line === '' && ends.at(-1) === '')) return lineStarts(splitLines(text));
  const starts = new Int32Array(rows.length + 1);
  let at = 0;
  for (let index = 0; index < rows.length; index += 1) {
    at += (rows[index]?.line.length ?? 0) + (ends[index]?.length ?? 0);
    starts[index + 1] = at;
  }
  return starts;
}

/** Rows of the file as it is, the same for all candidates. */
const knownRows = new WeakMap<TextLines, readonly Row[]>();

function rowsOf(text: TextLines): readonly Row[] {
  const rows = knownRows.get(text) ?? text.lines.map((line, origin) => ({ line, origin }));
  knownRows.set(text, rows);
  return rows;
}

function areSound(changes: readonly LineChange[], length: number): boolean {
  return changes.every((change, index) => {
    const before = changes[index - 1];
    return (
      Number.isInteger(change.start) &&
      change.start <= change.end &&
      change.start >= (before?.end ?? 0) &&
      change.end <= length &&
      !change.lines.some((line) => /[\r\n]/.test(line))
    );
  });
}

/** A kept line keeps its end; a new one takes that of the line kept before it, else behind it. The last is as it was, or as told. */
function lineEnds(rows: readonly Row[], { ends }: TextLines, finalLineEnd: boolean | undefined): string[] {
  const first = ends.find((end) => end !== '') ?? '\n';
  let last = first;
  const own = rows.map(({ origin }) => (origin < 0 ? '' : (ends[origin] ?? '')));
  // before the first kept line there is only what comes behind it
  last = own.find((end) => end !== '') ?? first;
  const result = own.map((end) => {
    if (end !== '') last = end;
    return last;
  });
  const endsOpen = finalLineEnd === undefined ? ends.length > 0 && ends.at(-1) === '' : !finalLineEnd;
  if (endsOpen && result.length > 0) result[result.length - 1] = '';
  return result;
}

function editsOf(rows: readonly Row[], ends: readonly string[], text: TextLines, source: string): Edit[] {
  const starts = lineStarts(text);
  const edits: Edit[] = [];
  let line = 0;
  let pending = '';
  let pendingStart = 0;
  const flush = (end: number): void => {
    const start = starts[pendingStart] ?? source.length;
    const edit = trimEdit(source, { start, end: starts[end] ?? source.length, text: pending });
    if (edit.end > edit.start || edit.text !== '') edits.push(edit);
    pending = '';
  };
  for (let index = 0; index < rows.length; index += 1) {
    const { line: row = '', origin = -1 } = rows[index] ?? {};
    const end = ends[index] ?? '';
    if (origin < 0 || row !== text.lines[origin] || end !== text.ends[origin]) {
      pending += row + end;
      continue;
    }
    if (origin > line || pending !== '') flush(origin);
    line = origin + 1;
    pendingStart = line;
  }
  flush(text.lines.length);
  return edits;
}

function hunksOf(rows: readonly Row[], length: number): Hunk[] {
  const hunks: Hunk[] = [];
  let line = 0;
  let rowStart = 0;
  const close = (end: number, rowEnd: number): void => {
    if (end > line || rowEnd > rowStart) hunks.push({ start: line, end, rowStart, rowEnd });
  };
  rows.forEach((row, index) => {
    if (row.origin < 0) return;
    close(row.origin, index);
    line = row.origin + 1;
    rowStart = index + 1;
  });
  close(length, rows.length);
  return hunks;
}
