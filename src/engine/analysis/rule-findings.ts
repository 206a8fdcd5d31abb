import type { Finding } from '../finding.ts';
import type { Confidence, Level } from './analysis.ts';

/** What analysis says of a rule's finding beyond the rule itself. */
export interface RuleAssessment {
  readonly level: Level;
  readonly confidence: Confidence;
  readonly confidenceReason: string;
  readonly remedy: string;
}

/** A rewrite that the rule can do, or says it could do if it knew more. */
export function assessFinding({ complexity, tier, edits, blockedBy }: Finding): RuleAssessment {
  const level = growsFaster(complexity.before, complexity.after) ? 'warning' : 'info';
  if (edits === undefined) {
    return {
      level,
      // without the type, that it is such a call at all is a guess from its name
      confidence: blockedBy?.includes(' not known to be ') === true ? 'possible' : 'likely',
      confidenceReason: `the pattern is there; whether it may be rewritten is not known: ${blockedBy ?? 'a person must decide'}`,
      remedy: 'rewrite it by hand as the rule says, where that means the same',
    };
  }
  const reasons = {
    safe: ['certain', 'all facts of the rewrite are established'],
    balanced: ['likely', 'the rewrite rests on one stated assumption'],
    aggressive: ['possible', 'the rewrite may change what can be observed'],
  } as const;
  const [confidence, confidenceReason] = reasons[tier];
  const flag = tier === 'safe' ? '' : ` --level ${tier}`;
  return { level, confidence, confidenceReason, remedy: `booster optimize --write${flag} rewrites it` };
}

/** `O(n²)` → `O(n)` and the like: the gain grows with the size. */
function growsFaster(before: string, after: string): boolean {
  return before !== after && before.startsWith('O(') && /[²³]|·/.test(before);
}
