import type { LineChange } from '../candidate.ts';
import type { GateInput } from '../gate/gate-verdict.ts';
import type { MergeResult } from '../merge.ts';
import type { OutlinePort } from '../outline.ts';
import { isRefusal, refuse } from '../refuse.ts';
import { settleProposals, type Settled } from '../settle-proposals.ts';
import { alignLines, type Proposal } from './align-lines.ts';
import { belongsTogether } from './belongs-together.ts';
import { fewLines } from './implied-edge.ts';
import { joinChanges, removeDefinitions } from './definitions/remove-definitions.ts';
import { mergeDefinitions, type NamedMerge } from './definitions/merge-definitions.ts';

/**
 * Merges an edit that does not say what goes: by its lines, which must fit one place only; and, where these tell nothing, leave
 * an end open or would take definitions out, by the names of its definitions.
 */
export function mergeAnchored(input: GateInput, port: OutlinePort): MergeResult {
  const removals = removeDefinitions(input);
  if (isRefusal(removals)) return removals;
  const settle = (proposals: readonly Proposal[]): Settled =>
    settleProposals(input, withRemovals(proposals, removals), port);
  if (input.snippet.segments.length === 0) return settle([removalsOnly]).result;
  const aligned = alignLines(input.text, input.snippet, input.outline);
  const byLines = isRefusal(aligned) ? { result: aligned } : settle(aligned);
  if (isCertain(byLines)) return byLines.result;
  const named = mergeDefinitions(input, port);
  if (named === undefined) return byLines.result;
  if (isRefusal(named))
    return isRefusal(byLines.result) && byLines.result.code !== 'E_APPLY_AMBIGUOUS' ? named : byLines.result;
  const { changes, ranges, allNew, hasOwnEdges, wholeNames = [] } = named;
  if (isEdge(byLines.result) && !hasOwnEdges) return byLines.result;
  const byNames = settle([
    { candidate: { engine: 'merge', changes }, ranges, isOpen: false, isClear: false, behind: 0 },
  ]);
  if (isRefusal(byNames.result)) {
    // by names nothing changes: then lines alone are not enough to take a definition out
    if (changes.length === 0 && !isRefusal(byLines.result)) return byNames.result;
    return isEdge(byLines.result) ? byNames.result : byLines.result;
  }
  if (isEdge(byLines.result) && byNames.result.status === 'unchanged' && isShown(input, ranges, wholeNames))
    return byLines.result;
  if (isRefusal(byLines.result) || byLines.text === byNames.text) return byNames.result;
  // whole definitions that all say something new are a list of what changes: what stands between them in the file stays
  if (allNew) return byNames.result;
  return refuse('E_APPLY_AMBIGUOUS', 'By its lines the edit means something else than by its names.', {
    form: input.snippet.form,
    advice: 'Put a marker where code stays between two definitions.',
  });
}

/**
 * Several lines that say nothing new, close to an edge of the file, may be there to show that what is beyond goes. Whole
 * definitions that go together with what is beyond are what was sent before, once more.
 */
function isShown({ snippet, text }: GateInput, ranges: NamedMerge['ranges'], names: readonly string[]): boolean {
  if (snippet.lines.filter(isFilled).length <= 1) return false;
  if (names.length === 0) return true;
  const start = Math.min(...ranges.map((range) => range.start));
  const end = Math.max(...ranges.map((range) => range.end));
  return [text.lines.slice(0, start), text.lines.slice(end)]
    .map((lines) => lines.filter(isFilled))
    .some((beyond) => beyond.length <= fewLines.without && !belongsTogether(beyond, { names, lines: snippet.lines }));
}

function isFilled(line: string): boolean {
  return line.trim() !== '';
}

function isEdge(result: MergeResult): boolean {
  return isRefusal(result) && result.code === 'E_APPLY_EDGE';
}

const removalsOnly: Proposal = {
  candidate: { engine: 'merge', changes: [] },
  ranges: [],
  isOpen: false,
  isClear: false,
  behind: 0,
};

/** The proposals with what directives take out; those that touch the same lines are left out. */
function withRemovals(proposals: readonly Proposal[], removals: readonly LineChange[]): readonly Proposal[] {
  if (removals.length === 0) return proposals;
  return proposals.flatMap((proposal) => {
    const changes = joinChanges(proposal.candidate.changes, removals);
    return changes === undefined ? [] : [{ ...proposal, candidate: { ...proposal.candidate, changes } }];
  });
}

/** Held at both ends by lines that stand, and no definition goes. */
function isCertain({ result, isOpen }: Settled): boolean {
  return !isRefusal(result) && result.deleted.length === 0 && isOpen !== true;
}
