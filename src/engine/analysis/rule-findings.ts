import type { Finding } from '../finding.ts';
import type { Confidence, Level } from './analysis.ts';

/** What analysis says of a rule's finding beyond the rule itself. */
export interface RuleAssessment {
  readonly level: Level;
  readonly confidence: Confidence;
  readonly confidenceReason: string;
  readonly remedy: string;
}

/**
 * A rewrite that the rule can do, or says it could do if it knew more.
 * @param doubtAtPlace what the place says against it
 */
export function assessFinding(finding: Finding, doubtAtPlace?: string): RuleAssessment {
  const { complexity, tier, edits, blockedBy } = finding;
  const grows = growsFaster(complexity.before, complexity.after);
  const level = grows ? 'warning' : 'info';
  const doubt = finding.doubt ?? doubtAtPlace;
  const remedy = remedyOf(finding);
  if (doubt !== undefined) return { level, confidence: 'possible', confidenceReason: doubt, remedy };
  if (edits === undefined) {
    const missing = blockedBy ?? 'a person must decide';
    // without the type, that it is such a call at all is a guess from its name
    const isGuess = missing.includes(' not known to be ');
    return {
      level,
      confidence: isGuess || !grows ? 'possible' : 'likely',
      confidenceReason: grows
        ? `the pattern is there; whether it may be rewritten is not known: ${missing}`
        : `a constant factor, and whether it may be rewritten is not known: ${missing}`,
      remedy,
    };
  }
  const reasons = {
    safe: ['certain', 'all facts of the rewrite are established'],
    balanced: ['likely', 'the rewrite rests on one stated assumption'],
    aggressive: [
      grows ? 'likely' : 'possible',
      'the pattern is there, but its rewrite may change what can be observed',
    ],
  } as const;
  const [confidence, confidenceReason] = reasons[tier];
  return { level, confidence, confidenceReason, remedy };
}

function remedyOf({ edits, tier }: Finding): string {
  if (edits === undefined) return 'rewrite it by hand as the rule says, where that means the same';
  return `booster optimize --write${tier === 'safe' ? '' : ` --level ${tier}`} rewrites it`;
}

/** `O(n²)` → `O(n)` and the like: the gain grows with the size. */
export function growsFaster(before: string, after: string): boolean {
  return before !== after && before.startsWith('O(') && /[²³]|·/.test(before);
}
