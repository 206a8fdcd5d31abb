import type { FoundFinding } from '../find-findings.ts';
import type { Finding } from '../finding.ts';
import type { RuleMeta } from '../rule.ts';
import type { MeasuredRounds } from './rounds.ts';

/** What else a rewrite assumes stays said. */
const isSizeAssumption = /^assumed that .* not small/;

/**
 * A finding of a rule with a break-even number of rounds, once the rounds were measured: below it the code stays; from it on, nothing is
 * assumed about them any more.
 */
export function settleSize(
  found: Pick<FoundFinding, 'finding' | 'tierWhenMany'>,
  meta: RuleMeta,
  rounds: MeasuredRounds | undefined,
): Finding {
  const { finding, tierWhenMany = meta.tierWhenMany } = found;
  const least = meta.breakEvenOf === 'rounds' ? meta.breakEven : undefined;
  if (rounds === undefined || least === undefined || finding.edits === undefined) return finding;
  if (rounds.far < least) {
    return { ...withoutEdits(finding), blockedBy: `${roundsText(rounds.far)}, and it pays from ${String(least)} on` };
  }
  if (rounds.near < least) return finding;
  const evidence = [...finding.evidence.filter((fact) => !isSizeAssumption.test(fact)), roundsText(rounds.near)];
  return { ...finding, evidence, ...(tierWhenMany !== undefined && { tier: tierWhenMany }) };
}

function withoutEdits({ edits: _edits, ...rest }: Finding): Finding {
  return rest;
}

function roundsText(rounds: number): string {
  const figure = rounds >= 10 ? String(Math.round(rounds)) : rounds.toFixed(1).replace(/\.0$/, '');
  return `measured: ${figure} round${figure === '1' ? '' : 's'} each time (coverage)`;
}
