import type { Finding } from '../finding.ts';
import type { RuleMeta } from '../rule.ts';
import type { MeasuredRounds } from './rounds.ts';

/**
 * A finding of a rule with a break-even number of rounds, once the rounds were measured: below it the code stays; from it on, nothing is
 * assumed about them any more.
 */
export function settleSize(finding: Finding, meta: RuleMeta, rounds: MeasuredRounds | undefined): Finding {
  const least = meta.breakEvenOf === 'rounds' ? meta.breakEven : undefined;
  if (rounds === undefined || least === undefined || finding.edits === undefined) return finding;
  if (rounds.far < least) {
    return { ...withoutEdits(finding), blockedBy: `${roundsText(rounds.far)}, and it pays from ${String(least)} on` };
  }
  if (rounds.near < least) return finding;
  const evidence = [...finding.evidence.filter((fact) => !fact.startsWith('assumed ')), roundsText(rounds.near)];
  return { ...finding, evidence, ...(meta.tierWhenMany !== undefined && { tier: meta.tierWhenMany }) };
}

function withoutEdits({ edits: _edits, ...rest }: Finding): Finding {
  return rest;
}

function roundsText(rounds: number): string {
  const figure = rounds >= 10 ? String(Math.round(rounds)) : rounds.toFixed(1).replace(/\.0$/, '');
  return `measured: ${figure} round${figure === '1' ? '' : 's'} each time (coverage)`;
}
