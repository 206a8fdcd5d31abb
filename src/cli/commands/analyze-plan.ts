import type { FileSelection } from '../../app/find-targets.ts';
import { confidences, levels } from '../../engine/analysis/analysis.ts';
import type { Confidence, Level } from '../../engine/analysis/analysis.ts';
import { BoosterError } from '../../shared/errors.ts';
import { analysisReporterNames, isAnalysisReporter } from '../analysis-reporters/create-analysis-reporter.ts';
import type { AnalysisReporterName } from '../analysis-reporters/create-analysis-reporter.ts';
import { readInteger } from '../read-integer.ts';
import type { AnalyzeFlags } from './analyze-options.ts';
import { selectionOf } from './file-selection.ts';

/** What the arguments of `booster analyze` ask for, once they make sense together. */
export interface AnalyzePlan {
  readonly patterns: readonly string[];
  readonly selection: FileSelection;
  /** Paths as given, relative to the working directory. */
  readonly profiles: readonly string[];
  readonly coverageFolders: readonly string[];
  /** Command to run and to profile. */
  readonly command: string | undefined;
  /** How many functions to list. */
  readonly top: number;
  readonly minimumLevel: Level;
  /** Absent: `likely`, and what is less sure where it was measured to take time. */
  readonly minimumConfidence: Confidence | undefined;
  readonly failOn: Level | undefined;
  readonly maximumWarnings: number | undefined;
  readonly baselineChange: 'suppress-all' | 'prune' | undefined;
  /** For standard output; absent: what the configuration says. */
  readonly reporter: AnalysisReporterName | undefined;
  readonly outputs: readonly { readonly reporter: AnalysisReporterName; readonly path: string }[];
}

/** Whether findings and functions are joined with a measurement. */
export function isMeasured({ profiles, coverageFolders, command }: AnalyzePlan): boolean {
  return profiles.length + coverageFolders.length > 0 || command !== undefined;
}

/** Whether one of the reports is the page; `configured` is what the configuration says for standard output. */
export function isPageWanted({ reporter, outputs }: AnalyzePlan, configured: string): boolean {
  return [reporter ?? configured, ...outputs.map((output) => output.reporter)].includes('html');
}

const mostFunctions = 100_000;

/** @throws BoosterError E_CLI_USAGE for arguments that make no sense */
export function planAnalyze(paths: readonly string[], flags: AnalyzeFlags): AnalyzePlan {
  if (paths.includes('-')) throw new BoosterError('E_CLI_USAGE', "'-' (standard input) is for booster optimize");
  const selection = selectionOf(flags);
  return {
    patterns: paths.length === 0 && selection.kind === 'all' ? ['.'] : paths,
    selection,
    profiles: flags.profile ?? [],
    coverageFolders: flags.coverage ?? [],
    command: readCommand(flags.run),
    top: readInteger('--top', flags.top, 1, mostFunctions) ?? 0,
    minimumLevel: levels.find((level) => level === flags.minLevel) ?? 'info',
    minimumConfidence: confidences.find((word) => word === flags.minConfidence),
    failOn: levels.find((level) => level === flags.failOn),
    maximumWarnings: readInteger('--max-warnings', flags.maxWarnings, 0, 999_999_999),
    baselineChange: flags.suppressAll ? 'suppress-all' : flags.pruneSuppressions ? 'prune' : undefined,
    reporter: analysisReporterNames.find((name) => name === flags.reporter),
    outputs: (flags.outputFile ?? []).map(readOutput),
  };
}

function readCommand(command: string | undefined): string | undefined {
  if (command?.trim() === '') throw new BoosterError('E_CLI_USAGE', '--run: give a command, such as "node app.js"');
  return command;
}

function readOutput(text: string): AnalyzePlan['outputs'][number] {
  const equals = text.indexOf('=');
  const reporter = text.slice(0, Math.max(0, equals));
  const path = text.slice(equals + 1);
  if (equals > 0 && path !== '' && isAnalysisReporter(reporter)) return { reporter, path };
  const forms = analysisReporterNames.join(', ');
  throw new BoosterError('E_CLI_USAGE', `--output-file: '${text}' is not reporter=path with a reporter of ${forms}`);
}
