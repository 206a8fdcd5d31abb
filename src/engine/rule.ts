import type { Ast } from './ast.ts';
import type { Edit } from './edit.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { Complexity, Tier } from './finding.ts';
import type { Language } from './language.ts';
import type { Patterns } from './patterns.ts';
import type { Purity } from './purity/purity.ts';
import type { Rewriter } from './rewriting/rewriter.ts';
import type { Binding, Scope } from './scope/scope.ts';
import type { AssumptionId } from './assumptions.ts';

/** Groups of rules by the kind of waste they remove. */
export type RuleGroup =
  | 'copy-accumulate'
  | 'queue'
  | 'early-exit'
  | 'membership'
  | 'selection'
  | 'loop-invariant'
  | 'iteration'
  | 'string'
  | 'builtin';

/** A rule's example; the harness runs it: `before` must become `after` exactly. */
export interface RuleExample {
  readonly before: string;
  readonly after: string;
}

/** Everything about a rule but its code; README, `booster rule <id>` and the rule table are generated from it. */
export interface RuleMeta {
  /** Kebab-case; names the pattern that is found, not the cure. */
  readonly id: string;
  readonly group: RuleGroup;
  /** One line: pattern → rewrite. */
  readonly summary: string;
  /** Why the pattern is slow and why the rewrite means the same. */
  readonly why: string;
  /** booster version that brought the rule. */
  readonly since: string;
  readonly languages: readonly Language[];
  /** The highest tier that any of its rewrites needs; each finding carries its own. */
  readonly tier: Tier;
  /** The tier that its best proven rewrites need; absent when all need `tier`. */
  readonly lowestTier?: Tier;
  /** Named assumptions (docs: assumptions) that its rewrites rest on. */
  readonly assumes: readonly AssumptionId[];
  readonly complexity: Complexity;
  readonly example: RuleExample;
  /** When the code stays as it is: one sentence each. */
  readonly stays: readonly string[];
  /** Smallest size from which the rewrite wins, where it loses below (measured); absent when it never loses. */
  readonly breakEven?: number;
  /** What `breakEven` counts: rounds of the loop, or calls, that coverage can measure; or elements, which it cannot (default). */
  readonly breakEvenOf?: 'rounds' | 'elements';
  /** The tier of a rewrite when at least `breakEven` rounds were measured, unless its finding says otherwise; default: its own. */
  readonly tierWhenMany?: Tier;
  /** Node majors on which the rewrite was measured to win, `from` included, `below` excluded; absent: all supported. */
  readonly nodeMajors?: { readonly from?: number; readonly below?: number };
}

/** What a rule hands to `ctx.report`: see `Finding`. Leave `edits` out and say `blockedBy` when evidence is missing. */
export interface RuleFinding {
  /** The node that a person should look at. */
  readonly node: number;
  readonly message: string;
  /** Default: the rule's tier. */
  readonly tier?: Tier;
  /** Its tier when the rounds were measured to be many; for a rewrite that assumes more than that. Default: that of the rule. */
  readonly tierWhenMany?: Tier;
  readonly evidence?: readonly string[];
  readonly edits?: readonly Edit[];
  readonly blockedBy?: string;
  readonly doubt?: string;
  readonly complexity?: Complexity;
  /**
   * Bindings whose every use the rewrite has looked at (escape, mutation, liveness). Two rewrites that touch a use of the
   * same relied-on binding are never applied in one round: the second is looked at again on the new text.
   */
  readonly relies?: readonly Binding[];
}

export interface RuleContext {
  readonly ast: Ast;
  readonly scope: Scope;
  readonly evidence: Evidence;
  readonly purity: Purity;
  readonly rewrite: Rewriter;
  readonly patterns: Patterns;
  report(finding: RuleFinding): void;
}

export interface Rule {
  readonly meta: RuleMeta;
  /**
   * Texts of which at least one occurs in every file that the rule can match: the pre-filter. A file in which no rule's
   * trigger occurs is never parsed. Give texts that survive formatting (`reduce`, not `.reduce(`).
   */
  readonly triggers: readonly string[];
  /** Synchronous and pure; looks at the whole file and reports findings. */
  find(ctx: RuleContext): void;
}

/** Identity function that gives a rule its type. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** Tiers of a rule in words: `safe`, or `safe to balanced` where it depends on what is known of the code. */
export function tiersText({ tier, lowestTier = tier }: Pick<RuleMeta, 'tier' | 'lowestTier'>): string {
  return lowestTier === tier ? tier : `${lowestTier} to ${tier}`;
}

/** Node majors of a rule in words, e.g. `Node 24 and later`, `Node before 24`; `undefined` when it wins on all. */
export function nodeMajorsText({ nodeMajors }: Pick<RuleMeta, 'nodeMajors'>): string | undefined {
  if (nodeMajors === undefined) return undefined;
  const { from, below } = nodeMajors;
  if (from === undefined) return below === undefined ? undefined : `Node before ${String(below)}`;
  return below === undefined ? `Node ${String(from)} and later` : `Node ${String(from)} to ${String(below - 1)}`;
}
