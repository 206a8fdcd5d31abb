import type { AssumptionId } from '../engine/assumptions.ts';
import { assumptions, assumptionsOf } from '../engine/assumptions.ts';
import type { Rule, RuleMeta } from '../engine/rule.ts';
import type { MeasuredRatio, MeasuredRatios } from './measured-ratios.ts';
import { measuredRatios } from './measured-ratios.ts';
import { unknownRule } from './select-rules.ts';

/** Everything there is to say about a rule. */
export interface RuleExplanation extends Omit<RuleMeta, 'assumes'> {
  readonly assumes: readonly { readonly id: AssumptionId; readonly sentence: string }[];
  /** Empty when nothing was measured. */
  readonly measured: readonly MeasuredRatio[];
}

/**
 * @param otherIds ids that are explained elsewhere, for the hint
 * @throws BoosterError E_RULE_UNKNOWN, naming the nearest ids
 */
export function explainRule(
  id: string,
  rules: readonly Rule[],
  measured: MeasuredRatios,
  otherIds: readonly string[] = [],
): RuleExplanation {
  const rule = rules.find((candidate) => candidate.meta.id === id);
  if (rule === undefined) {
    const known = rules.map((candidate) => candidate.meta.id);
    throw unknownRule(id, [...known, ...otherIds]);
  }
  return {
    ...rule.meta,
    assumes: assumptionsOf(rule.meta.assumes).map((assumption) => ({
      id: assumption,
      sentence: assumptions[assumption],
    })),
    measured: measuredRatios(id, measured),
  };
}
