import type { FileResult } from '../../app/file-result.ts';
import { StatisticsCounter } from '../../app/StatisticsCounter.ts';
import { TimingClock } from '../../app/TimingClock.ts';
import { optimizeFacts } from '../../app/run-facts.ts';
import type { RunFacts } from '../../app/run-facts.ts';
import type { Resolution } from '../../config/resolve-config.ts';
import type { CustomRuleData } from '../../engine/custom/custom-rule-data.ts';
import type { Rule } from '../../engine/rule.ts';
import { measured } from '../../rules/index.ts';
import type { Io } from '../../shared/io.ts';
import { failsRun } from '../exit-codes.ts';
import { programName, workspacePrefix } from '../invocation.ts';
import { Output } from '../output.ts';
import type { OptimizeFlags } from '../program.ts';
import type { ReporterName } from '../reporters/create-reporter.ts';
import { createReporter } from '../reporters/create-reporter.ts';
import { failedRulesText, noteText, problemText } from '../reporters/problem-text.ts';
import { suppressionText } from '../reporters/suppression-text.ts';
import type { Reporter, ReporterContext } from '../reporters/reporter.ts';
import type { ColorChoice } from '../terminal.ts';
import { openTerminal } from '../terminal.ts';
import type { OptimizePlan } from './optimize-plan.ts';

/** What both ways of running `booster optimize` (files, standard input) work with. */
export interface OptimizeRun {
  readonly io: Io;
  readonly flags: OptimizeFlags;
  readonly resolution: Resolution;
  readonly plan: OptimizePlan;
  readonly rules: readonly Rule[];
  /** Rules of the project; those that are to run are among `rules`. */
  readonly custom: readonly CustomRuleData[];
  readonly output: Output;
  readonly context: ReporterContext;
  readonly reporter: Reporter;
  readonly reporterName: ReporterName;
  /** Prints what became of a file, and remembers whether it fails the run. */
  readonly report: (result: FileResult) => void;
  readonly hasFailed: () => boolean;
  /** Counts what was found by rule, with --statistics. */
  readonly statistics: StatisticsCounter | undefined;
  /** Takes the time, with --timing. */
  readonly clock: TimingClock | undefined;
  /** What is to be recorded of the files reported so far. */
  readonly facts: readonly RunFacts[];
}

export type OptimizeRunFacts = Pick<OptimizeRun, 'io' | 'flags' | 'resolution' | 'plan' | 'rules' | 'custom'> & {
  readonly argv: readonly string[];
};

export async function openOptimizeRun({ argv, ...given }: OptimizeRunFacts): Promise<OptimizeRun> {
  const { io, flags, resolution, plan } = given;
  const { config, origins } = resolution;
  const color: ColorChoice = { setting: config.color, fromFlag: origins.color.startsWith('flag') };
  const output = new Output(io);
  const context: ReporterContext = {
    out: output.out,
    err: output.err,
    stdout: await openTerminal(io.stdout, color, io.env),
    stderr: await openTerminal(io.stderr, color, io.env),
    mode: plan.mode,
    level: config.level,
    quiet: flags.quiet === true,
    verbose: flags.verbose === true,
    measured,
    command: argv,
    program: programName(io.env),
    workspacePrefix: workspacePrefix(io),
  };
  const reporterName = reporterOf(given);
  const reporter = await createReporter(reporterName, context);
  const facts: RunFacts[] = [];
  const isRecorded = config.records.keep !== 'never';
  const statistics = flags.statistics === true ? new StatisticsCounter() : undefined;
  const clock = flags.timing === true ? new TimingClock() : undefined;
  let failed = false;
  return {
    ...given,
    output,
    context,
    reporter,
    reporterName,
    statistics,
    clock,
    report(result) {
      statistics?.add(result);
      clock?.add(result);
      const fails = failsRun(result, plan.mode);
      failed ||= fails;
      output.err(troubleText(result, fails, context));
      reporter.file(result);
      if (isRecorded) facts.push(optimizeFacts(result));
    },
    hasFailed: () => failed,
    facts,
  };
}

/** A configured reporter must not swallow the text of a pipe: on standard input only the flag counts. */
function reporterOf({ plan, resolution: { config, origins } }: Pick<OptimizeRun, 'plan' | 'resolution'>): ReporterName {
  return plan.input.kind === 'stdin' && !origins.reporter.startsWith('flag') ? 'pretty' : config.reporter;
}

function troubleText(
  result: FileResult,
  fails: boolean,
  { quiet, verbose, stderr: { paint } }: ReporterContext,
): string {
  const comments = quiet ? [] : (result.suppressionProblems ?? []);
  const rules =
    failedRulesText(result, paint) + comments.map((one) => suppressionText(result.path, one, paint)).join('');
  if (result.reason === undefined) return rules;
  if (fails) return rules + problemText(result.path, result.reason, paint, verbose);
  return quiet ? rules : rules + noteText(result.path, result.reason, paint);
}
