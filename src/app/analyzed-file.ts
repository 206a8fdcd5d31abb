import type { AnalysisFinding, AnalyzeResult, FunctionFacts, Level } from '../engine/analysis/analysis.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { Measured, MeasurementSummary } from './measure/measured.ts';
import type { FileReason } from './file-result.ts';
import type { RanIn } from './pool-port.ts';

/** A finding as reporters get it. */
export interface ReportedFinding extends AnalysisFinding {
  /** Lines of the file around its start, for a code frame: from `firstLine` on. */
  readonly frame: { readonly firstLine: number; readonly lines: readonly string[] };
  /** Name of the function around it. */
  readonly functionName?: string;
  /** Present when a profile or counts were given. */
  readonly measured?: Measured;
}

/** A function as reporters get it. */
export interface ReportedFunction extends FunctionFacts {
  readonly measured?: Measured;
}

/** What was found in one file; reporters print lists of these. */
export interface AnalyzedFile {
  /** Relative to the working directory with forward slashes. */
  readonly path: string;
  /** `analyzed` · `skipped`: generated or minified · `refused`: not for booster, for `reason` · `failed`: could not be read or analysed. */
  readonly status: 'analyzed' | 'skipped' | 'refused' | 'failed';
  readonly reason?: FileReason;
  /** The user named this very file. */
  readonly named: boolean;
  readonly findings: readonly ReportedFinding[];
  /** Findings that are left out because one of their facts is a guess. */
  readonly unlisted: number;
  /** All of them, or those that may be listed: see `keepListedFunctions`. */
  readonly functions: readonly ReportedFunction[];
  readonly functionCount: number;
  readonly suppressionProblems: AnalyzeResult['suppressionProblems'];
  /** Findings that a comment silences. */
  readonly suppressed: number;
  readonly undecidedRegexes: number;
  readonly failedRules: AnalyzeResult['failedRules'];
  readonly reader: AnalyzeResult['reader'];
  readonly bytes: number;
  /** SHA-256 of the content, in lower-case hex; absent when it could not be read. */
  readonly hash?: string;
  /** Wall time spent on this file, in milliseconds. */
  readonly durationMs: number;
  readonly ranIn?: RanIn;
  /** The result is that of an earlier run over the same bytes. */
  readonly cached?: true;
  /** It ran elsewhere than it was meant to: the code that says why. */
  readonly fellBack?: ErrorCode;
}

/** Totals over a run. */
export interface AnalysisSummary {
  readonly files: number;
  readonly analyzed: number;
  /** Generated or minified by their text; their names are among `files`. */
  readonly skipped: number;
  /** Left out by their name (`x.min.js`), so not among `files`. */
  readonly minified: number;
  readonly refused: number;
  readonly failed: number;
  readonly functions: number;
  readonly bytes: number;
  readonly durationMs: number;
  readonly findings: Readonly<Record<Level, number>>;
  /** Findings that `booster optimize` can rewrite at some level. */
  readonly fixable: number;
  /** Findings that are left out because one of their facts is a guess; `--min-confidence possible` lists them. */
  readonly unlisted: number;
  readonly suppressedByComments: number;
  readonly suppressedByBaseline: number;
  /** Entries of the baseline for analysed files that match nothing any more. */
  readonly staleSuppressions: number;
  readonly suppressionProblems: number;
  readonly undecidedRegexes: number;
  readonly failedRules: number;
  readonly interrupted: boolean;
  /** Present when a profile or counts were given. */
  readonly measurement?: MeasurementSummary;
}
