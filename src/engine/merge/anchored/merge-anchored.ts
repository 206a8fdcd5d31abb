import type { GateInput } from '../gate/gate-verdict.ts';
import type { MergeResult } from '../merge.ts';
import type { OutlinePort } from '../outline.ts';
import { isRefusal, refuse } from '../refuse.ts';
import { settleProposals, type Settled } from '../settle-proposals.ts';
import { alignLines } from './align-lines.ts';
import { mergeDefinitions } from './definitions/merge-definitions.ts';

/**
 * Merges an edit that does not say what goes: by its lines, which must fit one place only; and, where these tell nothing, leave
 * an end open or would take definitions out, by the names of its definitions.
 */
export function mergeAnchored(input: GateInput, port: OutlinePort): MergeResult {
  const aligned = alignLines(input.text, input.snippet, input.outline);
  const byLines = isRefusal(aligned) ? { result: aligned } : settleProposals(input, aligned, port);
  if (isCertain(byLines)) return byLines.result;
  const named = mergeDefinitions(input, port);
  if (named === undefined) return byLines.result;
  if (isRefusal(named))
    return isRefusal(byLines.result) && byLines.result.code !== 'E_APPLY_AMBIGUOUS' ? named : byLines.result;
  const { changes, ranges, allNew, hasOwnEdges } = named;
  if (isRefusal(byLines.result) && byLines.result.code === 'E_APPLY_EDGE' && !hasOwnEdges) return byLines.result;
  const byNames = settleProposals(
    input,
    [{ candidate: { engine: 'merge', changes }, ranges, isOpen: false, isClear: false }],
    port,
  );
  if (isRefusal(byNames.result)) return byLines.result;
  if (isRefusal(byLines.result) || byLines.text === byNames.text) return byNames.result;
  // whole definitions that all say something new are a list of what changes: what stands between them in the file stays
  if (allNew) return byNames.result;
  return refuse('E_APPLY_AMBIGUOUS', 'By its lines the edit means something else than by its names.', {
    form: input.snippet.form,
    advice: 'Put a marker where code stays between two definitions.',
  });
}

/** Held at both ends by lines that stand, and no definition goes. */
function isCertain({ result, isOpen }: Settled): boolean {
  return !isRefusal(result) && result.deleted.length === 0 && isOpen !== true;
}
