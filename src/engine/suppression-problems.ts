import type { Rule } from './rule.ts';
import type { Suppressions } from './suppressions.ts';

/** A comment that should silence findings, and does not. Plain data: it crosses threads. */
export interface SuppressionProblem {
  readonly line: number;
  readonly column: number;
  /** Empty when it speaks for all rules. */
  readonly ruleIds: readonly string[];
  /** It speaks for the whole file (`booster-ignore-file`). */
  readonly isForFile?: true;
  /** `unused`: nothing there to silence; `no-reason`: gives no reason and is not honoured; `unknown-rule`: names no rule. */
  readonly problem: 'unused' | 'no-reason' | 'unknown-rule';
}

export interface RanRules {
  /** Ids of the rules that ran: what the others would have found is not known. */
  readonly ran: ReadonlySet<string>;
  /** All rules of this version. */
  readonly all: readonly Pick<Rule, 'meta'>[];
  /** Ids of all rules and detectors; absent: names that belong to none are passed over. */
  readonly known?: ReadonlySet<string>;
}

/** What is wrong with the comments of a file, once the rules have run over it. */
export function suppressionProblems(suppressions: Suppressions, { ran, all, known }: RanRules): SuppressionProblem[] {
  const isComplete = all.every(({ meta }) => meta.nodeMajors !== undefined || ran.has(meta.id));
  return suppressions.comments.flatMap(
    ({ line, column, ruleIds, isForFile, hasReason, used }): SuppressionProblem[] => {
      const about = { line, column, ...(isForFile && { isForFile }) };
      if (!hasReason) return [{ ...about, ruleIds, problem: 'no-reason' }];
      if (ruleIds.length === 0) return isComplete && used.size === 0 ? [{ ...about, ruleIds, problem: 'unused' }] : [];
      const unknown = known === undefined ? [] : ruleIds.filter((id) => !known.has(id));
      const unused = ruleIds.filter((id) => ran.has(id) && !used.has(id) && !unknown.includes(id));
      const result: SuppressionProblem[] = [];
      if (unknown.length > 0) result.push({ ...about, ruleIds: unknown, problem: 'unknown-rule' });
      if (unused.length > 0) result.push({ ...about, ruleIds: unused, problem: 'unused' });
      return result;
    },
  );
}
