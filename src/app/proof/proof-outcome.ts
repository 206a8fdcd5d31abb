import type { FileResult } from '../file-result.ts';
import type { ProofSummary } from './proof-summary.ts';

/** How the trial of rewrites ended. */
export interface ProofOutcome {
  /** The files that had rewrites, in their order, as they are now. */
  readonly results: readonly FileResult[];
  /** Everything was put back. */
  readonly interrupted: boolean;
  readonly summary: ProofSummary;
}
