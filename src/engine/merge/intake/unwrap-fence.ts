import { refuse } from '../refuse.ts';
import type { Refusal } from '../merge.ts';
import type { SourceLanguage } from '../source-language.ts';

const fence = /^\s*(?<marks>`{3,}|~{3,})(?<info>.*)$/u;

/** `src/main.py`, `**src/main.py**`, `File: src/main.py:` alone on a line. */
const fileName =
  /^(?:#{1,4}\s+)?(?:file(?:name| ?path)?:\s*)?(?:\*\*|`)?(?:[A-Za-z]:)?[\p{L}\p{N}_@./\\+~ ()[\]-]*[\p{L}\p{N}_)\]-]\.\p{L}[\p{L}\p{N}]*(?:\*\*|`)?:?$/iu;

/** The lines of an edit without what its transport put around them. */
export interface Unwrapped {
  readonly lines: readonly string[];
  /** Number of lines of the edit before `lines`. */
  readonly offset: number;
}

export function isFileName(line: string): boolean {
  return line.length <= 260 && fileName.test(line.trim());
}

export function isFence(line: string): boolean {
  return fence.test(line);
}

/**
 * Takes one outer code fence off, with the file name above it. In a Markdown file a fence may be what is edited: there it
 * comes off only where it cannot be content.
 */
export function unwrapFence(
  lines: readonly string[],
  known: ReadonlySet<string>,
  language: SourceLanguage,
): Unwrapped | Refusal {
  const first = lines.findIndex((line) => line.trim() !== '');
  const whole = { lines, offset: 0 };
  const named = isFileName(lines[first] ?? '') && nextFilled(lines, first) !== undefined;
  const at = named ? (nextFilled(lines, first) ?? first) : first;
  const opening = fence.exec(lines[at] ?? '')?.groups;
  if (opening === undefined) return whole;
  const marks = opening['marks'] ?? '';
  const info = (opening['info'] ?? '').trim();
  if (info.includes('`')) return whole;
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const closes = last > at && isClosing(lines[last] ?? '', marks);
  const fileHasFences = language === 'text' && [...known].some((line) => isFence(line));
  if (fileHasFences && !named && !/^(?:md|markdown)\b|[\w-]\.\w+$/iu.test(info)) {
    return contentOrFence(whole, at, known, closes && innerFences(lines, at, last, marks) === 0);
  }
  if (!closes) {
    return refuse('E_APPLY_MALFORMED', 'The code fence around the edit is not closed, so its end may be missing.', {
      editLine: at + 1,
      advice: 'Send the whole edit, or send it without a fence.',
    });
  }
  if (language !== 'text' && innerFences(lines, at, last, marks) > 0) {
    return refuse('E_APPLY_MALFORMED', 'The edit has several code fences.', {
      advice: 'Send one edit in one fence, with markers between its pieces.',
    });
  }
  return { lines: lines.slice(at + 1, last), offset: at + 1 };
}

/** An edit of a file with fences of its own: a fence that the file has is content, another one could be either. */
function contentOrFence(whole: Unwrapped, at: number, known: ReadonlySet<string>, wraps: boolean): Unwrapped | Refusal {
  if (!wraps || known.has((whole.lines[at] ?? '').trim())) return whole;
  return refuse('E_APPLY_UNCLEAR', 'The code fence around the edit may belong to the file, which has fences too.', {
    editLine: at + 1,
    advice: 'Send the edit without an outer fence, or with more of the lines around it.',
  });
}

function isClosing(line: string, marks: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= marks.length && trimmed === (marks[0] ?? '').repeat(trimmed.length);
}

function innerFences(lines: readonly string[], at: number, last: number, marks: string): number {
  return lines.slice(at + 1, last).filter((line) => line.startsWith(marks) && isFence(line)).length;
}

function nextFilled(lines: readonly string[], after: number): number | undefined {
  const next = lines.findIndex((line, index) => index > after && line.trim() !== '');
  return next >= 0 && isFence(lines[next] ?? '') ? next : undefined;
}
