import type { Edit } from './edit.ts';
import type { FoundFinding } from './find-findings.ts';

/**
 * Findings that can be applied together in one round: their edits do not overlap, and none edits a use of a binding that
 * another relies on. Chosen by place alone, so the order of the rules does not matter; what is left out is looked at again on
 * the new text.
 */
export function selectFindings(found: readonly FoundFinding[]): FoundFinding[] {
  const sorted = [...found].sort((a, b) => compare(a, b));
  const chosen: FoundFinding[] = [];
  for (const candidate of sorted) if (chosen.every((other) => areIndependent(candidate, other))) chosen.push(candidate);
  return chosen;
}

/** The innermost rewrite goes first: it ends first, and of those it is the shortest. */
function compare(a: FoundFinding, b: FoundFinding): number {
  return (
    a.finding.end - b.finding.end || b.finding.start - a.finding.start || (a.finding.ruleId < b.finding.ruleId ? -1 : 1)
  );
}

function areIndependent(a: FoundFinding, b: FoundFinding): boolean {
  const editsA = a.finding.edits ?? [];
  const editsB = b.finding.edits ?? [];
  if (editsA.some((one) => editsB.some((other) => touch(one, other)))) return false;
  return !touchesAny(editsA, b.reliedOffsets) && !touchesAny(editsB, a.reliedOffsets);
}

function touch(a: Edit, b: Edit): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function touchesAny(edits: readonly Edit[], offsets: readonly number[]): boolean {
  return edits.some((edit) => offsets.some((offset) => offset >= edit.start && offset <= edit.end));
}
