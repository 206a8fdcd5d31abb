/** What a rule found in a run. */
export interface RuleStatistics {
  readonly rule: string;
  /** Rewrites in the result, rewrites that a higher level would add, and findings for a person. */
  readonly applied: number;
  readonly available: number;
  readonly manual: number;
  /** Files with any of them. */
  readonly files: number;
  /** Estimated cost classes of what was found, before and after, the most frequent first. */
  readonly costs: readonly { readonly before: string; readonly after: string; readonly count: number }[];
}
