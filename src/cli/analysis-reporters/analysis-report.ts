import type { AnalysisSummary, AnalyzedFile, ReportedFunction } from '../../app/analyzed-file.ts';
import type { ReportSources } from '../../app/measure/report-sources.ts';
import type { RankedFinding } from '../../app/rank-findings.ts';
import type { Level } from '../../engine/analysis/analysis.ts';
import type { Terminal } from '../terminal.ts';

/** What a report says of a rule or detector. */
export interface RuleEntry {
  readonly id: string;
  readonly kind: 'rule' | 'detector';
  readonly summary: string;
  readonly why: string;
  readonly remedy: string;
  readonly level: Level;
  readonly group: string;
}

/** A function and the file it is in. */
export interface RankedFunction {
  readonly path: string;
  readonly facts: ReportedFunction;
}

/** A whole run, for a reporter to print. */
export interface AnalysisReport {
  /** In the order of their paths. */
  readonly files: readonly AnalyzedFile[];
  /** The findings of all files, the worst first. */
  readonly ranked: readonly RankedFinding[];
  /** The functions of `--top`, those whose cost grows most first. */
  readonly functions: readonly RankedFunction[];
  readonly summary: AnalysisSummary;
  /** Rules and detectors that ran, by id. */
  readonly rules: ReadonlyMap<string, RuleEntry>;
  /** Present when the page is among the forms that were asked for. */
  readonly html?: ReportSources;
}

export interface AnalysisReportContext {
  /** Where the text goes: a terminal, a pipe or a file. */
  readonly terminal: Terminal;
  readonly verbose: boolean;
  /** Version of booster. */
  readonly version: string;
  /** How the user calls booster, e.g. `npx booster`. */
  readonly program: string;
  /** Path from the root of the workspace to the working directory, with a final slash, or ''. */
  readonly workspacePrefix: string;
}

/** Makes the text of a run; nothing is printed. */
export type AnalysisReporter = (report: AnalysisReport, context: AnalysisReportContext) => string;
