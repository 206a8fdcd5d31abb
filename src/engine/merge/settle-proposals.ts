import type { Edit } from '../edit.ts';
import type { Proposal } from './anchored/align-lines.ts';
import { editLineOf } from './anchored/edit-line.ts';
import { errorTable } from '../../shared/errors.ts';
import { droppedMembers } from './dropped-members.ts';
import { checkCandidate } from './gate/check-candidate.ts';
import { isOfPlace, type GateFailure, type GateInput, type GateVerdict } from './gate/gate-verdict.ts';
import type { EditForm, MergeResult, MergeWarning, Place, Refusal } from './merge.ts';
import type { OutlinePort } from './outline.ts';
import { refuse } from './refuse.ts';
import { uniqueContext } from './unique-context.ts';

const maximumPlaces = 10;

/** Characters of all results that are judged: each is parsed. Only a file of half a megabyte with many twins has more. */
const budget = 2_000_000;

interface Judged {
  readonly proposal: Proposal;
  readonly verdict: GateVerdict;
}

/** The first proposal that passes. */
interface Passed extends Judged {
  readonly index: number;
}

/** What became of the proposals; the text and how it is held only where one passed. */
export interface Settled {
  readonly result: MergeResult;
  readonly text?: string;
  readonly isOpen?: boolean;
}

/** Sends every proposal through the gate. One result passes, or nothing is merged; `permissive` takes the best that passes. */
export function settleProposals(input: GateInput, proposals: readonly Proposal[], port: OutlinePort): Settled {
  const judged = new Map<string, Judged>();
  const rivals: Judged[] = [];
  let first: Passed | undefined;
  for (const [index, proposal] of proposals.entries()) {
    if (index * input.source.length > budget) return { result: tooManyTwins(input) };
    if (first !== undefined && isFarBehind(input, first, proposal)) continue;
    const verdict = checkCandidate(input, proposal.candidate, port);
    if (!judged.has(verdict.text)) judged.set(verdict.text, { proposal, verdict });
    const isClear = proposal.isClear && input.strictness !== 'strict';
    if (verdict.failures.every(({ gate }) => isClear && gate === 'G12')) first ??= { proposal, verdict, index };
    // one that fails for nothing but its place may compete: the place that remains is no better for it
    if (verdict.failures.every(({ gate }) => isOfPlace(gate))) rivals.push({ proposal, verdict });
    if (first === undefined) continue;
    if (input.strictness === 'permissive') break;
    const best = first;
    if (rivals.some((rival) => competes(input, best, rival))) return { result: ambiguous(input, proposals) };
  }
  const { form } = input.snippet;
  if (first === undefined) return { result: failed(input, [...judged.values()]) };
  const { edits, deleted } = first.verdict;
  const status = edits.length === 0 ? 'unchanged' : 'applied';
  const { candidate, isOpen } = first.proposal;
  const warnings = isPart(form) ? droppedMembers({ ...input, edits }) : [];
  const [doubt] = warnings;
  if (doubt !== undefined && form === 'lazy' && input.strictness === 'strict') return { result: doubtful(doubt) };
  const warned = doubt === undefined ? {} : { warnings };
  const result = { status, engine: candidate.engine, form, edits, deleted, ...warned } as const;
  return { result, text: first.verdict.text, isOpen };
}

/** Forms that leave unsaid what stays. */
function isPart(form: EditForm): boolean {
  return form === 'lazy' || form === 'definition';
}

function doubtful({ message, line }: MergeWarning): Refusal {
  return refuse('E_APPLY_LOSSY', `Line ${String(line)}: ${message}.`, {
    form: 'lazy',
    advice: 'Send the line with all members that stay, or send a unified diff, which says what goes.',
  });
}

/** From so many lines on that only the best takes out, a rival that leaves them competes. */
const manyLines = 4;

/** Bits from which a place that passes is too far behind to compete: as many as make a place clear. */
const farBehind = 16;

/** Whatever the gate says of it. */
function isFarBehind({ strictness }: GateInput, best: Passed, { behind }: Proposal): boolean {
  return best.index === 0 && strictness !== 'strict' && behind >= farBehind;
}

/**
 * Whether another result may be meant as well. Where the lines of the file speak most for the one that passes, one that fails does
 * not count, but when it would leave more of the file as it is, or fails for nothing but what it leaves.
 */
function competes(input: GateInput, best: Passed, { proposal, verdict: { text, edits, failures } }: Judged): boolean {
  const { source, strictness } = input;
  if (text === best.verdict.text || isFarBehind(input, best, proposal)) return false;
  if (failures.length === 0 || best.index > 0 || strictness === 'strict') return true;
  const more = goneLines(source, best.verdict.edits) - goneLines(source, edits);
  if (failures.some(({ gate, leaves }) => gate === 'G15' && leaves !== true)) return false;
  return failures.some(({ gate }) => gate === 'G12') ? more >= manyLines : more <= 0;
}

/** Lines that say something, in what the edits replace. */
function goneLines(source: string, edits: readonly Edit[]): number {
  const gone = edits.map(({ start, end }) => source.slice(start, end).split(/[\r\n]+/));
  return gone.flat().filter((line) => line.trim() !== '').length;
}

function tooManyTwins({ snippet: { form } }: GateInput): Refusal {
  return refuse('E_APPLY_BUDGET', 'The edit fits more places than can be judged in a file of this size.', {
    form,
    advice: 'Repeat more of the lines around the change, up to one that stands only once in the file.',
  });
}

/** No proposal passes: what the gate says of the best one. */
function failed({ text, snippet }: GateInput, judged: readonly Judged[]): Refusal {
  const best = judged[0];
  const failure = best?.verdict.failures[0];
  if (best === undefined || failure === undefined) return refuse('E_APPLY_NOT_FOUND', 'The edit fits nowhere.');
  const [startLine = 1, endLine = startLine] = failure.lines;
  const candidates = placesOf(failure, text.lines);
  const range = best.proposal.ranges.find(({ start, end }) => start < endLine && startLine <= Math.max(end, start + 1));
  const segment = snippet.segments[range?.segment ?? -1];
  return refuse(failure.code, sentence(failure.message), {
    form: snippet.form,
    ...(segment !== undefined && { editLine: editLineOf(snippet, segment.firstLine) }),
    advice: candidates.length > 1 ? uniqueContext(text.lines, candidates) : sentence(errorTable[failure.code].remedy),
    candidates,
  });
}

/** Where the edit could be meant instead are places of their own; all else is one stretch of lines. */
function placesOf({ code, lines }: GateFailure, text: readonly string[]): Place[] {
  const [startLine = 1, endLine = startLine] = lines;
  const isApart = code === 'E_APPLY_AMBIGUOUS' && endLine !== startLine;
  const ranges = isApart ? lines.map((line) => [line, line] as const) : [[startLine, endLine] as const];
  return ranges.flatMap(([from, to]) => {
    const line = text[from - 1];
    return line === undefined ? [] : [{ startLine: from, endLine: to, text: line }];
  });
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`;
}

/** Several results pass: the places of the first segment that they put in different ones. */
function ambiguous({ text, snippet }: GateInput, proposals: readonly Proposal[]): Refusal {
  const ranges = proposals.map((proposal) => proposal.ranges);
  const first = ranges[0] ?? [];
  const at = first.findIndex((range, index) =>
    ranges.some((other) => other[index]?.start !== range.start || other[index].end !== range.end),
  );
  const segment = snippet.segments[first[at]?.segment ?? -1];
  const places = new Map<string, Place>();
  for (const range of ranges) {
    const { start = 0, end = 0 } = range[at] ?? {};
    const place = { startLine: start + 1, endLine: Math.max(end, start + 1), text: text.lines[start] ?? '' };
    places.set(`${String(start)}:${String(end)}`, place);
  }
  const candidates = [...places.values()].slice(0, maximumPlaces);
  return refuse('E_APPLY_AMBIGUOUS', `This part of the edit fits ${String(candidates.length)} places of the file.`, {
    form: snippet.form,
    candidates,
    ...(segment !== undefined && { editLine: editLineOf(snippet, segment.firstLine) }),
    advice: uniqueContext(text.lines, candidates),
  });
}
