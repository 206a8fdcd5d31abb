import { rangeLine } from '../intake/explicit-form.ts';
import type { Refusal } from '../merge.ts';
import { refuse } from '../refuse.ts';
import type { Hunk, HunkList } from './hunk.ts';
import { readMarkedLines } from './marked-lines.ts';

/** Lines of a diff before the first hunk of a file, and between the files. */
const header =
  /^(?:diff |index |--- |\+\+\+ |(?:old|new|deleted) (?:file )?mode |similarity |dissimilarity |rename |copy |Index: |=+$|Binary )/u;
const noLineEnd = /^\\ No newline at end of file/u;

interface Numbers {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
}

interface RawHunk {
  /** Index in the edit of the line with `@@`. */
  readonly at: number;
  readonly numbers: Numbers | undefined;
  readonly heading: string;
  readonly body: readonly string[];
  /** The numbers count the lines as they are. */
  readonly counted: boolean;
}

export function parseUnifiedDiff(lines: readonly string[]): HunkList | Refusal {
  const files = lines.filter((line, at) => line.startsWith('--- ') && isFileHeader(lines, at)).length;
  if (files > 1 || lines.filter((line) => line.startsWith('diff --git ')).length > 1) {
    return refuse('E_APPLY_SEVERAL_FILES', 'The diff is for several files.', { form: 'unified-diff' });
  }
  const raw: RawHunk[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.startsWith('@@')) {
      const hunk = readHunk(lines, at);
      raw.push(hunk);
      at += 1 + hunk.body.length;
    } else if (raw.length > 0 && line.trim() !== '' && !header.test(line) && !isMailEnd(lines, at)) {
      return malformed(at, 'stands outside of the hunks');
    } else at += 1;
  }
  if (raw.length === 0) return malformed(0, 'begins a diff without a hunk');
  const stray = raw.find(({ body }) => !body.some((line) => /^[-+]/u.test(line)));
  if (stray !== undefined) return malformed(stray.at, 'begins a hunk that changes nothing');
  const finalLineEnd = finalLineEndOf(raw);
  return {
    hunks: raw.map(hunkOf),
    inOrder: true,
    soundNumbers: areSound(raw),
    ...(finalLineEnd !== undefined && { finalLineEnd }),
  };
}

/** `--- a` and `+++ b` may also be lines that go and come; a hunk follows the header of a file. */
export function isFileHeader(lines: readonly string[], at: number): boolean {
  return (
    (lines[at] ?? '').startsWith('--- ') &&
    (lines[at + 1] ?? '').startsWith('+++ ') &&
    (at + 2 >= lines.length || (lines[at + 2] ?? '').startsWith('@@'))
  );
}

function readHunk(lines: readonly string[], at: number): RawHunk {
  const match = rangeLine.exec(lines[at] ?? '');
  const heading = (match?.[5] ?? (lines[at] ?? '').replace(/^@@+\s?|\s*@@+$/gu, '')).trim();
  const count = (text: string | undefined): number => (text === undefined ? 1 : Number(text));
  const numbers: Numbers | undefined = match
    ? { oldStart: Number(match[1]), oldCount: count(match[2]), newStart: Number(match[3]), newCount: count(match[4]) }
    : undefined;
  const counted = numbers === undefined ? undefined : countedBody(lines, at + 1, numbers);
  return { at, numbers, heading, counted: counted !== undefined, body: counted ?? uncountedBody(lines, at + 1) };
}

/** As many lines as the numbers say, when these are lines of a hunk and the hunk ends with them. */
function countedBody(lines: readonly string[], start: number, numbers: Numbers): readonly string[] | undefined {
  let [old, fresh] = [numbers.oldCount, numbers.newCount];
  let at = start;
  for (; old > 0 || fresh > 0; at += 1) {
    const line = lines[at];
    if (line === undefined) return undefined;
    if (line.startsWith('+')) fresh -= 1;
    else if (line.startsWith('-')) old -= 1;
    else if (line.startsWith(' ') || line === '') [old, fresh] = [old - 1, fresh - 1];
    else if (!line.startsWith('\\')) return undefined;
  }
  if (old < 0 || fresh < 0) return undefined;
  if ((lines[at] ?? '').startsWith('\\')) at += 1;
  return /^[-+ ]/u.test(lines[at] ?? '') && !isFileHeader(lines, at) && !isMailEnd(lines, at)
    ? undefined
    : lines.slice(start, at);
}

/** The signature under a mailed patch. */
function isMailEnd(lines: readonly string[], at: number): boolean {
  const rest = lines.slice(at, at + 4).filter((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return last - at <= 2 && (/^-- ?$/u.test(rest[0] ?? '') || /^\d+\.\d+/u.test(rest[0] ?? ''));
}

function uncountedBody(lines: readonly string[], start: number): readonly string[] {
  let at = start;
  while (at < lines.length && !(lines[at] ?? '').startsWith('@@') && !startsFile(lines, at)) at += 1;
  while (at > start && (lines[at - 1] ?? '') === '') at -= 1;
  return lines.slice(start, at);
}

function startsFile(lines: readonly string[], at: number): boolean {
  return (lines[at] ?? '').startsWith('diff --git ') || isFileHeader(lines, at);
}

function hunkOf({ at, numbers, heading, body }: RawHunk): Hunk {
  const marked = body.filter((line) => !noLineEnd.test(line));
  return {
    readings: readMarkedLines(marked),
    editLine: at + 1,
    headers: numbers === undefined && heading !== '' && !/^\.{3}$|^…$/u.test(heading) ? [heading] : [],
    atEnd: false,
    ...(numbers !== undefined && {
      statedLine: numbers.oldStart - (numbers.oldCount === 0 ? 0 : 1),
      statedNewLine: numbers.newStart - (numbers.newCount === 0 ? 0 : 1),
    }),
  };
}

/** Every hunk is counted right, and each begins in the new file where the ones before leave it. */
function areSound(raw: readonly RawHunk[]): boolean {
  let shift = 0;
  return raw.every(({ numbers, counted }) => {
    if (numbers === undefined || !counted) return false;
    const { oldStart, oldCount, newStart, newCount } = numbers;
    const begins = oldStart + (oldCount === 0 ? 1 : 0) + shift;
    shift += newCount - oldCount;
    return newStart + (newCount === 0 ? 1 : 0) === begins;
  });
}

/** What `\ No newline at end of file` says of the result; `undefined` when it changes nothing. */
function finalLineEndOf(raw: readonly RawHunk[]): boolean | undefined {
  const marks = raw.flatMap(({ body }) =>
    body.flatMap((line, at) => (noLineEnd.test(line) ? [body[at - 1]?.[0]] : [])),
  );
  const before = marks.includes('-');
  const after = marks.includes('+');
  return before === after ? undefined : before;
}

function malformed(at: number, what: string): Refusal {
  return refuse('E_APPLY_MALFORMED', `Line ${String(at + 1)} of the edit ${what}.`, {
    editLine: at + 1,
    form: 'unified-diff',
    advice: 'Begin each hunk with a line of `@@`, and each of its lines with a space, `+` or `-`.',
  });
}
