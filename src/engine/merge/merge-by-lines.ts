import type { MergeCandidate } from './candidate.ts';
import { LineIndex } from './explicit/line-index.ts';
import { mergeExplicit } from './explicit/merge-explicit.ts';
import { candidateOfText } from './gate/candidate-of-text.ts';
import { isStrong } from './gate/line-strength.ts';
import { matchLines } from './gate/match-lines.ts';
import { readSnippet } from './intake/read-snippet.ts';
import type { MergeRequest, MergeResult, Refusal } from './merge.ts';
import type { OutlinePort } from './outline.ts';
import { isRefusal, refuse } from './refuse.ts';
import { settleProposals } from './settle-proposals.ts';
import type { Segment, Snippet } from './snippet.ts';
import type { SourceLanguage } from './source-language.ts';
import { splitLines, type TextLines } from './text-lines.ts';

/** Lines `[start, end)` of the file that a segment stands for. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Filled lines that an end may need to be unique; longer runs run into the change itself and find its twin. */
const longestRun = 3;

/** Filled lines beyond an end of an edit without markers that may be meant to go. */
const fewLines = 8;

const noParser: OutlinePort = { outline: () => undefined };

/**
 * Merges without any parser, for when none can run: explicit forms, and snippets of which each segment stands in the file as
 * it is or begins and ends with lines that stand there only once. Everything else is refused, whatever the strictness.
 */
export function mergeByLines(request: MergeRequest): MergeResult {
  const { text: source, edit, language, strictness } = request;
  const text = splitLines(source);
  const snippet = readSnippet(edit, text, language);
  if (isRefusal(snippet)) return snippet;
  const found = findCandidate(snippet, text, language);
  if (isRefusal(found)) return { form: snippet.form, ...found };
  const candidate: MergeCandidate = { ...found, engine: 'fallback' };
  const ranges = candidate.changes.map(({ start, end, segment }) => ({ start, end, segment }));
  const input = { text, source, outline: undefined, language, snippet, strictness };
  return settleProposals(input, [{ candidate, ranges, isOpen: false, isClear: false, behind: 0 }], noParser).result;
}

function findCandidate(snippet: Snippet, text: TextLines, language: SourceLanguage): MergeCandidate | Refusal {
  const { form, segments, removes } = snippet;
  if (form === 'full') return candidateOfText(text, snippet.lines.join('\n'), 'fallback');
  if (form !== 'lazy' && form !== 'definition') return mergeExplicit(snippet, text, language);
  if (removes.length > 0) {
    return refuse('E_APPLY_NOT_FOUND', `Without a parser it is not known where \`${String(removes[0])}\` ends.`);
  }
  const index = new LineIndex(
    text.lines.map((line) => line.trimEnd()),
    (line) => line.trimEnd(),
  );
  const spans: Span[] = [];
  for (const segment of segments) {
    const span = spanOf(index, segment, spans.at(-1)?.end ?? 0);
    if (span === undefined) return refuseSegment(snippet, segment);
    spans.push(span);
  }
  const [first] = segments;
  if (first !== undefined && !leavesEdges(segments, spans, text.lines)) return refuseSegment(snippet, first);
  const changes = spans.map((span, at) => ({ ...span, lines: segments[at]?.lines ?? [], segment: at }));
  return { engine: 'fallback', changes: changes.filter((change) => changesLines(change, text)) };
}

/** `undefined` when not both ends are held, or when lines in between would go without others coming in their place. */
function spanOf(index: LineIndex, { lines }: Segment, from: number): Span | undefined {
  const head = uniqueRun(index, lines, (length) => lines.slice(0, length));
  const tail = uniqueRun(index, lines, (length) => lines.slice(lines.length - length));
  if (head === undefined || tail === undefined || head.start < from) return undefined;
  const end = tail.start + tail.length;
  const overlap = Math.max(0, head.length + tail.length - lines.length);
  if (head.start + head.length > tail.start + overlap) return undefined;
  if (overlap > 0 && end - head.start !== lines.length) return undefined;
  return replacesLines(index.lines.slice(head.start, end), lines) ? { start: head.start, end } : undefined;
}

/** The shortest run of lines at one end of a segment that has a strong line and stands in the file exactly once. */
function uniqueRun(
  index: LineIndex,
  lines: readonly string[],
  run: (length: number) => readonly string[],
): { readonly start: number; readonly length: number } | undefined {
  for (let length = 1; length <= lines.length; length += 1) {
    const part = run(length);
    if (part.filter((line) => line.trim() !== '').length > longestRun) return undefined;
    const [start, second] = index.occurrences(part);
    if (start === undefined) return undefined;
    if (second === undefined && part.some((line) => isStrong(line.trim()))) return { start, length };
  }
  return undefined;
}

/** Every strong line that goes has one that comes: without a parser, more may be a definition that the edit left out. */
function replacesLines(old: readonly string[], fresh: readonly string[]): boolean {
  const match = matchLines(old, fresh);
  const kept = new Set(match);
  const gone = old.filter((line, at) => !kept.has(at) && isStrong(line.trim())).length;
  const come = fresh.filter((line, at) => match[at] === -1 && isStrong(line.trim())).length;
  return gone <= come;
}

/**
 * Whether the edit may end where it does: code beyond an end without a marker stays, unless there is so little of it that the
 * author may have meant that it goes.
 */
function leavesEdges(segments: readonly Segment[], spans: readonly Span[], file: readonly string[]): boolean {
  const filled = (from: number, to: number): number => file.slice(from, to).filter((line) => line.trim() !== '').length;
  const before = filled(0, spans[0]?.start ?? 0);
  const after = filled(spans.at(-1)?.end ?? 0, file.length);
  const lazy = segments.length > 1 || segments.some(({ markerBefore, markerAfter }) => markerBefore || markerAfter);
  const isSafe = (rest: number): boolean => rest === 0 || (!lazy && rest > fewLines);
  return (
    (segments[0]?.markerBefore === true || isSafe(before)) && (segments.at(-1)?.markerAfter === true || isSafe(after))
  );
}

function changesLines({ start, end, lines }: MergeCandidate['changes'][number], text: TextLines): boolean {
  return end - start !== lines.length || lines.some((line, at) => line.trimEnd() !== text.lines[start + at]?.trimEnd());
}

function refuseSegment({ editLines }: Snippet, { firstLine }: Segment): Refusal {
  const editLine = editLines?.[firstLine] ?? firstLine + 1;
  return refuse(
    'E_APPLY_NOT_FOUND',
    `The part of the edit from line ${String(editLine)} on is not held by unique lines at both of its ends.`,
    {
      editLine,
      advice: 'Without a parser, begin and end each part with unchanged lines that stand only once in the file.',
    },
  );
}
