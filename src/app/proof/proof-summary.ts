import type { PlacedFinding } from '../../engine/optimize.ts';
import type { TimeComparison } from './compare-times.ts';
import type { FlakyRuns } from './Steadiness.ts';

/** A rewrite that was taken back, and why. */
export interface RevertedRewrite extends Pick<PlacedFinding, 'ruleId' | 'line' | 'column'> {
  readonly path: string;
  /** `breaks`: the command fails with it and passes without; `unsteady`: some runs with it fail and some do not; `slower`: measured. */
  readonly reason: 'breaks' | 'unsteady' | 'slower';
  readonly command: string;
  /** How the command ended with it. */
  readonly exitCode?: number;
  readonly timedOut?: true;
  /** The end of what the command then printed. */
  readonly output?: string;
  /** How many times as fast the command was with it, for `slower`. */
  readonly ratio?: number;
}

/** What the commands of a project said about the rewrites of a run. */
export interface ProofSummary {
  readonly verify?: {
    readonly command: string;
    readonly runs: number;
    readonly firstRunMs: number;
    /** Where the command contradicted itself; absent when it did not. */
    readonly flaky?: FlakyRuns;
  };
  readonly measure?: {
    readonly command: string;
    /** Of all rewrites that were kept, against none; absent when none was. */
    readonly gain?: TimeComparison;
  };
  readonly kept: number;
  readonly reverted: readonly RevertedRewrite[];
}
