import type { MergeCandidate } from './candidate.ts';
import { LineIndex } from './explicit/line-index.ts';
import { mergeExplicit } from './explicit/merge-explicit.ts';
import { candidateOfText } from './gate/candidate-of-text.ts';
import { isStrong } from './gate/line-strength.ts';
import { readSnippet } from './intake/read-snippet.ts';
import type { MergeRequest, MergeResult, Refusal } from './merge.ts';
import type { OutlinePort } from './outline.ts';
import { isRefusal, refuse } from './refuse.ts';
import { settleProposals } from './settle-proposals.ts';
import type { Segment, Snippet } from './snippet.ts';
import { splitLines, type TextLines } from './text-lines.ts';

/** Lines `[start, end)` of the file that a segment stands for. */
interface Span {
  readonly start: number;
  readonly end: number;
}

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
  const found = findCandidate(snippet, text);
  if (isRefusal(found)) return { form: snippet.form, ...found };
  const candidate: MergeCandidate = { ...found, engine: 'fallback' };
  const ranges = candidate.changes.map(({ start, end, segment }) => ({ start, end, segment }));
  const input = { text, source, outline: undefined, language, snippet, strictness };
  return settleProposals(input, [{ candidate, ranges, isOpen: false }], noParser).result;
}

function findCandidate(snippet: Snippet, text: TextLines): MergeCandidate | Refusal {
  const { form, segments, removes } = snippet;
  if (form === 'full') return candidateOfText(text, snippet.lines.join('\n'), 'fallback');
  if (form !== 'lazy' && form !== 'definition') return mergeExplicit(snippet, text);
  if (removes.length > 0) {
    return refuse('E_APPLY_NOT_FOUND', `Without a parser it is not known where \`${String(removes[0])}\` ends.`);
  }
  const index = new LineIndex(
    text.lines.map((line) => line.trimEnd()),
    (line) => line.trimEnd(),
  );
  const changes: MergeCandidate['changes'][number][] = [];
  let from = 0;
  for (const [at, segment] of segments.entries()) {
    const span = spanOf(index, segment, from);
    if (span === undefined) return refuseSegment(snippet, segment);
    changes.push({ ...span, lines: segment.lines, segment: at });
    from = span.end;
  }
  return { engine: 'fallback', changes: changes.filter((change) => changesLines(change, text)) };
}

function spanOf(index: LineIndex, { lines }: Segment, from: number): Span | undefined {
  const whole = index.occurrences(lines).find((start) => start >= from);
  if (whole !== undefined) return { start: whole, end: whole + lines.length };
  const head = uniqueRun(index, lines, (length) => lines.slice(0, length));
  const tail = uniqueRun(index, lines, (length) => lines.slice(lines.length - length));
  if (head === undefined || tail === undefined || head.start < from) return undefined;
  const end = tail.start + tail.length;
  const overlap = head.length + tail.length - lines.length;
  if (overlap > 0 && end - head.start < lines.length) return undefined;
  return head.start + head.length <= tail.start + Math.max(0, overlap) ? { start: head.start, end } : undefined;
}

/** The shortest run of lines at one end of a segment that has a strong line and stands in the file exactly once. */
function uniqueRun(
  index: LineIndex,
  lines: readonly string[],
  run: (length: number) => readonly string[],
): { readonly start: number; readonly length: number } | undefined {
  for (let length = 1; length < lines.length; length += 1) {
    const part = run(length);
    const starts = index.occurrences(part);
    const [start, second] = starts;
    if (start === undefined) return undefined;
    if (second === undefined && part.some((line) => isStrong(line.trim()))) return { start, length };
  }
  return undefined;
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
