import { apartFailures } from './apart-rule.ts';
import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import { edgeLineFailures } from './edge-line-rule.ts';
import type { GateFailure } from './gate-verdict.ts';
import { heldFailures } from './held-rule.ts';
import { knownLinesFailures, oldFormFailures } from './known-lines-rule.ts';
import { leftBehindFailures } from './left-behind-rule.ts';
import { labelFailures } from './label-rule.ts';
import { losslessFailures } from './lossless-rule.ts';
import { movedFailures } from './moved-rule.ts';
import { otherDressFailures } from './other-dress-rule.ts';
import { overloadFailures } from './overload-rule.ts';
import { renamedFailures } from './renamed-rule.ts';
import { shortEdgeFailures } from './short-edge-rule.ts';
import { twinFailures } from './twin-rule.ts';
import { unchangedFailures } from './unchanged-rule.ts';

/** Rules on what the edit could mean instead. Someone who looks at the result (`permissive`) sees it himself. */
export function otherReadingFailures(
  assembled: Assembled,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): GateFailure[] {
  if (assembled.input.strictness === 'permissive') return [];
  const failures = unchangedFailures(assembled, before);
  // an edge part of an edit that changes nothing is refused even where it shows a whole definition
  if (assembled.merged.edits.length === 0) {
    failures.push(...shortEdgeFailures(assembled, []), ...leftBehindFailures(assembled, before));
    // with markers the author says where code stays: what stands between two parts for all that may be what he took out
    return assembled.input.snippet.form === 'lazy' ? [...failures, ...apartFailures(assembled)] : failures;
  }
  return [
    ...failures,
    ...shortEdgeFailures(assembled, before),
    ...losslessFailures(assembled, before, after),
    ...edgeLineFailures(assembled),
    ...movedFailures(assembled, before),
    ...otherDressFailures(assembled),
    ...labelFailures(assembled),
    ...heldFailures(assembled),
    ...apartFailures(assembled),
    ...knownLinesFailures(assembled),
    ...oldFormFailures(assembled),
    ...leftBehindFailures(assembled, before),
    ...renamedFailures(assembled, before, after),
    ...overloadFailures(assembled, before, after),
    ...twinFailures(assembled),
  ];
}
