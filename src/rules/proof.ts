/**
 * Types of the two proofs that every rule folder brings, `equivalence.ts` and `bench.ts`. Only tests and benchmarks load
 * them; they are no part of the package.
 */
import type { Arbitrary } from 'fast-check';
import type { Tier } from '../engine/finding.ts';

/** One function whose rewriting must not change what it does. */
export interface EquivalenceSubject {
  /** What it shows, for the test title. */
  readonly name: string;
  /**
   * Source of a module that exports one function named `subject` (TypeScript is allowed). The harness rewrites it with this rule alone,
   * requires that it changed, runs both versions on equal copies of random arguments and compares: value (or thrown
   * error's name), order and arguments of callback calls, and what became of the arguments.
   */
  readonly source: string;
  /** Random argument lists; leave out only what a named assumption of the rule leaves out. Functions among them are recorded. */
  readonly args: Arbitrary<readonly unknown[]>;
  /** Level at which the rewrite happens; default: the rule's tier. */
  readonly level?: Tier;
  /** `true` for `async` subjects. */
  readonly isAsync?: boolean;
}

/** A workload that shows what a rule is worth. */
export interface RuleBench {
  readonly name: string;
  /** Source of a module that exports `run(input)`; it is measured as written and as rewritten by this rule alone. */
  readonly source: string;
  /** Input of a given size; must be deterministic. */
  readonly input: (size: number) => unknown;
  /** Sizes to measure, small to large; the largest must show the rule's gain. */
  readonly sizes: readonly number[];
  readonly level?: Tier;
}

/** One measured ratio: time as written / time as rewritten, in one interleaved run. */
export interface MeasuredRatio {
  readonly name: string;
  readonly size: number;
  readonly ratio: number;
  /** Node version that measured it, e.g. `20.20`. */
  readonly node: string;
}
