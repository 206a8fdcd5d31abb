import { mergeAnchored } from './anchored/merge-anchored.ts';
import type { MergeCandidate } from './candidate.ts';
import { mergeExplicit } from './explicit/merge-explicit.ts';
import { candidateOfText } from './gate/candidate-of-text.ts';
import type { GateInput } from './gate/gate-verdict.ts';
import { readSnippet } from './intake/read-snippet.ts';
import type { EditForm, MergeRequest, MergeResult } from './merge.ts';
import type { OutlinePort } from './outline.ts';
import { isRefusal } from './refuse.ts';
import { settleProposals } from './settle-proposals.ts';
import { splitLines } from './text-lines.ts';

/** Forms that say themselves what goes and what comes. */
const explicitForms: ReadonlySet<EditForm> = new Set(['search-replace', 'unified-diff', 'patch', 'hybrid']);

/**
 * Merges an edit into a file: one result that passes the gate, or a refusal that says why. Pure and deterministic; a second
 * run on the result finds every part of the edit in its place.
 *
 * @throws what `port` throws: then the parser could not do it, and `mergeByLines` may
 */
export function mergeEdit(request: MergeRequest, port: OutlinePort): MergeResult {
  const { text: source, edit, language, strictness } = request;
  const text = splitLines(source);
  const snippet = readSnippet(edit, text, language);
  if (isRefusal(snippet)) return snippet;
  const outline = language === 'text' ? undefined : port.outline(source, language, 'base');
  const input: GateInput = { text, source, outline, language, snippet, strictness };
  if (explicitForms.has(snippet.form)) {
    const candidate = mergeExplicit(snippet, text, language);
    return isRefusal(candidate) ? { form: snippet.form, ...candidate } : settle(input, candidate, port);
  }
  if (snippet.form === 'full') return mergeFull(input, port);
  const result = mergeAnchored(input, port);
  return isRefusal(result) ? { form: snippet.form, ...result } : result;
}

/**
 * An edit that reads like the whole file. When that would take definitions out, it may as well be a part of the file that says
 * nothing of them: then it is merged as such.
 */
function mergeFull(input: GateInput, port: OutlinePort): MergeResult {
  const { snippet, text } = input;
  const whole = settle(input, candidateOfText(text, snippet.lines.join('\n'), 'merge'), port);
  if (!isRefusal(whole) && whole.deleted.length === 0) return whole;
  const part = mergeAnchored({ ...input, snippet: { ...snippet, form: 'definition' } }, port);
  return isRefusal(part) ? { form: snippet.form, ...part } : part;
}

function settle(input: GateInput, candidate: MergeCandidate, port: OutlinePort): MergeResult {
  const ranges = candidate.changes.map(({ start, end, segment }) => ({ start, end, segment }));
  return settleProposals(input, [{ candidate, ranges, isOpen: false, isClear: false, behind: 0 }], port).result;
}
