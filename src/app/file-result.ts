import type { ErrorCode } from '../shared/errors.ts';
import type { Edit } from '../engine/edit.ts';
import type { OptimizeResult } from '../engine/optimize.ts';
import type { SuppressionProblem } from '../engine/suppression-problems.ts';
import type { RuleStatistics } from './rule-statistics.ts';
import type { RunTiming } from './run-timing.ts';
import type { ProofSummary } from './proof/proof-summary.ts';
import type { RanIn } from './pool-port.ts';

/** Why a file was left alone or could not be handled. `remedy` comes from the error table. */
export interface FileReason {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** 1-based. */
  readonly line?: number;
  readonly column?: number;
  /** Stack of an unforeseen error, for bug reports. */
  readonly stack?: string;
}

export interface FileChange {
  readonly before: string;
  readonly after: string;
  /** Sorted, disjoint edits of `before`, in UTF-16 offsets. */
  readonly edits: readonly Edit[];
  /** The file on disk starts with a byte order mark. */
  readonly bom: boolean;
}

/** Reading and checking the text, the engine with what it waits for, and writing. */
export interface FilePhases {
  readonly readMs?: number;
  readonly engineMs?: number;
  readonly writeMs?: number;
}

/** What became of one file; reporters print lists of these. */
export interface FileResult {
  /** Relative to the working directory with forward slashes; for standard input the `--stdin-filepath`, or `<stdin>`. */
  readonly path: string;
  /**
   * `written`: changed on disk · `changed`: would change (preview, check, stdin) · `unchanged`: nothing to do ·
   * `refused`: understood but left alone for `reason` · `conflict`: changed on disk meanwhile · `failed`: could not be
   * read, parsed in time, or written.
   */
  readonly status: 'written' | 'changed' | 'unchanged' | 'refused' | 'conflict' | 'failed';
  readonly reason?: FileReason;
  /** `true` when the user named this very file; `false` when a directory, a glob or git led to it. */
  readonly named: boolean;
  /** Set when nothing was looked for: the content is generated or minified. */
  readonly skipped?: 'generated';
  /** Original and new text, both without BOM, and what leads from one to the other, when they differ. */
  readonly change?: FileChange;
  readonly findings: OptimizeResult['findings'];
  readonly failedRules: OptimizeResult['failedRules'];
  /** Comments that should silence something and do not; absent when there are none. */
  readonly suppressionProblems?: readonly SuppressionProblem[];
  readonly reader: OptimizeResult['reader'];
  readonly bytes: number;
  /** SHA-256 of the bytes that were read, in lower-case hex; absent when they could not be. */
  readonly hash?: string;
  /** Wall time of the parts of it that were gone through, in milliseconds. */
  readonly phases?: FilePhases;
  /** Wall time spent on this file, in milliseconds. */
  readonly durationMs: number;
  /** Where it ran; absent when it never got there, or the result was known from before. */
  readonly ranIn?: RanIn;
  /** The result was known from before: of the same text, rules, options and version. */
  readonly cached?: true;
  /** It ran elsewhere than it was meant to, because no worker was to be had or the resident pool failed: the code that says why. */
  readonly fellBack?: ErrorCode;
}

/** Totals over a run. */
export interface RunSummary {
  readonly files: number;
  readonly written: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly conflicts: number;
  readonly failed: number;
  readonly bytes: number;
  readonly durationMs: number;
  /** Rewrites in the result (applied findings). */
  readonly applied: number;
  /** Further rewrites that `--level balanced` or `--level aggressive` would apply. */
  readonly availableAtBalanced: number;
  readonly availableAtAggressive: number;
  /** Findings that only a person can decide. */
  readonly manual: number;
  /** Rules that threw, over all files. */
  readonly failedRules: number;
  readonly interrupted: boolean;
  /** Files that were not looked at because the limit on files with rewrites was reached; absent otherwise. */
  readonly leftFiles?: number;
  /** By rule, when asked for. */
  readonly statistics?: readonly RuleStatistics[];
  /** By phase, when asked for. */
  readonly timing?: RunTiming;
  /** What the project's own commands said, when they were asked. */
  readonly proof?: ProofSummary;
}
