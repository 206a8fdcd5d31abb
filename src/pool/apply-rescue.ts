import { droppedMembers } from '../engine/merge/dropped-members.ts';
import { candidateOfText } from '../engine/merge/gate/candidate-of-text.ts';
import { checkCandidate } from '../engine/merge/gate/check-candidate.ts';
import type { GateInput, GateVerdict } from '../engine/merge/gate/gate-verdict.ts';
import { readSnippet } from '../engine/merge/intake/read-snippet.ts';
import type { Merged, MergeRequest, Refusal } from '../engine/merge/merge.ts';
import { mergeEdit } from '../engine/merge/merge-edit.ts';
import type { Outline, OutlinePort } from '../engine/merge/outline.ts';
import { isRefusal } from '../engine/merge/refuse.ts';
import { splitLines } from '../engine/merge/text-lines.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { Proposal, ProposalRequest } from '../wasm/agent-booster/agent-booster.ts';
import { editsUniqueDefinitions, holdsDefinition, namesInReach, splitDefinitions } from './apply-definitions.ts';

/** What a second opinion needs: outlines for the gate, and somebody to ask. */
interface RescueEngines {
  readonly outlines: OutlinePort;
  propose(request: ProposalRequest): Proposal;
}

export interface RescueOptions {
  readonly request: MergeRequest;
  /** What the anchored merge said. */
  readonly refusal: Refusal;
  readonly engines: RescueEngines;
}

/**
 * What another idea of the place can mend: there was none, there were several, or the gate held something against them. All
 * other refusals are about the edit itself.
 */
const placeless: ReadonlySet<ErrorCode> = new Set([
  'E_APPLY_NOT_FOUND',
  'E_APPLY_AMBIGUOUS',
  'E_APPLY_EDIT_LOST',
  'E_APPLY_FOREIGN_LINE',
  'E_APPLY_COLLATERAL',
  'E_APPLY_SYNTAX',
  'E_APPLY_LOST_DEFINITION',
  'E_APPLY_DUPLICATE',
  'E_APPLY_LOSSY',
  'E_APPLY_BOUNDARY',
  'E_APPLY_INDENTATION',
]);

/**
 * A second opinion on an edit without markers that was refused for its place: what agent-booster proposes. It counts only
 * when it passes the gate like any other candidate and, because it comes from resemblance alone, more: the file has the same
 * names as before, the edit is a definition in it, what changed is of a name that is there once, and the anchored merge finds
 * the edit done in the result.
 * `undefined` otherwise: the refusal stands.
 */
export function rescueEdit({ request, refusal, engines }: RescueOptions): Merged | undefined {
  if (!placeless.has(refusal.code)) return undefined;
  const { outlines } = engines;
  const { text: source, edit, language, strictness } = request;
  const text = splitLines(source);
  const snippet = readSnippet(edit, text, language);
  if (isRefusal(snippet) || snippet.form !== 'definition' || snippet.isMarker.includes(true)) return undefined;
  const outline = outlines.outline(source, language);
  if (outline === undefined) return undefined;
  const pieces = snippetTexts(snippet.lines.join('\n'), request, outlines);
  const result = placeAll(request, pieces, engines);
  if (result === undefined) return undefined;
  const input: GateInput = { text, source, outline, language, snippet, strictness };
  const verdict = checkCandidate(input, candidateOfText(text, result, 'agent-booster'), outlines);
  if (verdict.failures.length > 0) return undefined;
  if (!isAsNamed({ before: outline, after: outlines.outline(verdict.text, language), verdict, pieces }))
    return undefined;
  const again = mergeEdit({ ...request, text: verdict.text }, outlines);
  // near an edge of the file the same lines, sent once more, may mean that what is beyond goes: that is no word against their place
  if (isRefusal(again) ? again.code !== 'E_APPLY_EDGE' : again.status !== 'unchanged') return undefined;
  const { edits, deleted } = verdict;
  const warnings = droppedMembers({ text, source, edits });
  const warned = warnings.length === 0 ? {} : { warnings };
  return { status: 'applied', engine: 'agent-booster', form: snippet.form, edits, deleted, ...warned };
}

function snippetTexts(edit: string, { language }: MergeRequest, outlines: OutlinePort): readonly string[] {
  const outline = outlines.outline(edit, language, 'sound');
  return outline === undefined ? [edit] : splitDefinitions(edit, outline);
}

/** Places one definition after the other, all or none: the engine would put all of them in the place of one. */
function placeAll(
  { text, language }: MergeRequest,
  edits: readonly string[],
  engines: RescueEngines,
): string | undefined {
  let result = text;
  for (const edit of edits) {
    const proposal = engines.propose({ text: result, edit, language });
    if ('refusal' in proposal) return undefined;
    result = proposal.text;
  }
  return result;
}

interface Change {
  readonly before: Outline;
  readonly after: Outline | undefined;
  readonly verdict: GateVerdict;
  readonly pieces: readonly string[];
}

/** The file has the names that it had, each piece is a definition of its own in it, and each edit is in a name of its own. */
function isAsNamed({ before, after, verdict: { text, edits }, pieces }: Change): boolean {
  if (after === undefined || edits.length === 0) return false;
  if (namesInReach(before) !== namesInReach(after) || !editsUniqueDefinitions(before, after, edits)) return false;
  return pieces.every((piece) => holdsDefinition(text, after, piece));
}
