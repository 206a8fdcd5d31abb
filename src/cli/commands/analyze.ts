import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import packageJson from '../../../package.json' with { type: 'json' };
import { analyzeFiles } from '../../app/analyze-files.ts';
import type { AnalyzedFile } from '../../app/analyzed-file.ts';
import type { MeasurementSummary } from '../../app/measure/measured.ts';
import type { ReportSources } from '../../app/measure/report-sources.ts';
import type { OpenMeasurements } from '../../app/measure/open-measurements.ts';
import { summarizeAnalysis } from '../../app/analysis-summary.ts';
import { findTargets } from '../../app/find-targets.ts';
import { analyzeFacts } from '../../app/run-facts.ts';
import { rankFindings } from '../../app/rank-findings.ts';
import { keepListedFunctions, rankFunctions } from '../../app/rank-functions.ts';
import { settleBaseline } from '../../app/settle-baseline.ts';
import { selectAnalysis } from '../../app/rule-catalog.ts';
import type { SelectedAnalysis } from '../../app/rule-catalog.ts';
import { withRuntime } from '../../app/runtime.ts';
import type { Resolution, ResolveOptions } from '../../config/resolve-config.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { detectors } from '../../detectors/index.ts';
import { writeOutput } from '../../files/write-output.ts';
import { measured, rules } from '../../rules/index.ts';
import type { Io } from '../../shared/io.ts';
import { analysisSummaryText } from '../analysis-reporters/analysis-text.ts';
import { measurementText } from '../analysis-reporters/measured-text.ts';
import type { AnalysisReport, AnalysisReportContext } from '../analysis-reporters/analysis-report.ts';
import { createAnalysisReporter } from '../analysis-reporters/create-analysis-reporter.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { Output } from '../output.ts';
import { openProgress } from '../open-progress.ts';
import { programName, workspacePrefix } from '../invocation.ts';
import { cacheSettings, recordSettings } from '../record-options.ts';
import { recordRun } from '../record-run.ts';
import { leftOutText } from '../reporters/problem-text.ts';
import { openTerminal, plainTerminal } from '../terminal.ts';
import type { ColorChoice } from '../terminal.ts';
import { poolSettings } from '../pool-options.ts';
import type { AnalyzeFlags } from './analyze-options.ts';
import { isMeasured, isPageWanted, planAnalyze } from './analyze-plan.ts';
import type { AnalyzePlan } from './analyze-plan.ts';

import { analysisExitCode } from './analyze-exit.ts';
import { filterFindings, leaveOutUnsure } from './analyze-filter.ts';
import { analysisTroubleText } from './analyze-trouble.ts';
import { ruleEntries } from './rule-entries.ts';

/** What a run works with, once everything that was asked for is known to make sense. */
interface AnalyzeRun {
  readonly io: Io;
  readonly flags: AnalyzeFlags;
  readonly plan: AnalyzePlan;
  readonly resolution: Resolution;
  readonly selected: SelectedAnalysis;
  readonly output: Output;
  readonly context: AnalysisReportContext;
  readonly stderr: AnalysisReportContext['terminal'];
}

/** `booster analyze`. What is thrown is for the caller to print; no document has then been printed. */
export async function runAnalyze(paths: readonly string[], flags: AnalyzeFlags, io: Io): Promise<ExitCode> {
  const plan = planAnalyze(paths, flags);
  const { rule: only = [], withoutRule: without = [] } = flags;
  // Before the configuration is read, so that a wrong id on the command line is reported as that.
  selectAnalysis({ rules, detectors }, { only, without });
  const resolution = await resolveConfig({
    flags: settingFlags(flags),
    env: io.env,
    cwd: io.cwd,
    isolated: flags.isolated === true,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
  });
  if (flags.printConfig) {
    const { configJson, configText } = await import('./print-config.ts');
    io.stdout.write(flags.reporter === 'json' ? configJson(resolution) : configText(resolution));
    return exitCodes.done;
  }
  const run = await openRun({ io, flags, plan, resolution });
  const measurements = await measure(run);
  const started = performance.now();
  const { files: found, minified, interrupted } = await analyze(run);
  const { files, suppressed, stale } = await settleBaseline(found, {
    path: resolve(io.cwd, flags.suppressionsLocation ?? 'booster-suppressions.json'),
    cwd: io.cwd,
    // an interrupted run has not seen all
    change: interrupted ? undefined : plan.baselineChange,
  });
  const durationMs = performance.now() - started;
  const known = { suppressedByBaseline: suppressed, staleSuppressions: stale };
  return finish(run, { files, minified, measurements, durationMs, interrupted, ...known });
}

/** Before anything is analysed: a profile that cannot be read is known at once. */
async function measure({ io, plan }: AnalyzeRun): Promise<OpenMeasurements | undefined> {
  if (!isMeasured(plan)) return undefined;
  const { openMeasurements } = await import('../../app/measure/open-measurements.ts');
  return openMeasurements(plan, { cwd: io.cwd, env: io.env, signal: io.signal, output: io.stderr });
}

async function openRun(facts: Pick<AnalyzeRun, 'io' | 'flags' | 'plan' | 'resolution'>): Promise<AnalyzeRun> {
  const { io, flags, resolution } = facts;
  const { config, origins } = resolution;
  const { rule: only = [], withoutRule: without = [] } = flags;
  const selected = selectAnalysis(
    { rules, detectors },
    {
      only,
      without,
      configured: { switches: config.rules, origin: origins.rules },
      nodeMajor: config.node === 'auto' ? Number.parseInt(io.nodeVersion, 10) : config.node,
    },
  );
  const color: ColorChoice = { setting: config.color, fromFlag: origins.color.startsWith('flag') };
  const stderr = await openTerminal(io.stderr, color, io.env);
  const output = new Output(io);
  output.err(leftOutText(selected.leftOut, { quiet: flags.quiet === true, verbose: flags.verbose === true, stderr }));
  const context = {
    terminal: await openTerminal(io.stdout, color, io.env),
    verbose: flags.verbose === true,
    version: packageJson.version,
    program: programName(io.env),
    workspacePrefix: workspacePrefix(io),
  };
  return { ...facts, selected, output, context, stderr };
}

async function analyze(run: AnalyzeRun): Promise<Pick<Analysed, 'files' | 'minified' | 'interrupted'>> {
  const { io, flags, plan, resolution, selected, output, stderr } = run;
  const { cwd, env, signal } = io;
  let minified = 0;
  const targets = await findTargets(plan.patterns, {
    cwd,
    env,
    signal,
    selection: plan.selection,
    write: false,
    ignore: resolution.ignoreSources,
    noIgnore: !flags.ignore,
    forceExclude: flags.forceExclude === true,
    errorsOnUnmatched: flags.errorsOnUnmatched,
    onSkipped: (skipped) => (minified = skipped.minified),
  });
  let files: AnalyzedFile[] = [];
  const rules = [...selected.rules, ...selected.detectors].map(({ meta }) => meta.id);
  const maximumBytes = resolution.config.maxBytes;
  const keep = keeping(run);
  const interrupted = await withRuntime(resolution.config, io, async (runtime) => {
    const { pool, threads } = runtime.open(targets.length);
    const progress = openProgress(targets.length, { io, output, terminal: stderr, quiet: flags.quiet === true });
    try {
      const isInterrupted = await analyzeFiles(pool, {
        cwd,
        targets,
        rules,
        maximumBytes,
        threads,
        signal,
        onResult: (file) => files.push(keep(filterFindings(file, plan))),
        onProgress: (done) => {
          progress.update(done);
        },
      });
      if (flags.newOnly === true && !isInterrupted) {
        const { newFindings } = await import('../../app/new-findings.ts');
        const git = { cwd, env, signal };
        files = await newFindings(pool, files, { git, selection: plan.selection, rules, maximumBytes, signal });
      }
      return isInterrupted;
    } finally {
      output.progress = undefined;
      progress.stop();
    }
  });
  return { files, minified, interrupted };
}

/** What is kept of a file until the report. */
function keeping({ plan, resolution }: AnalyzeRun): (file: AnalyzedFile) => AnalyzedFile {
  if (isMeasured(plan) || isPageWanted(plan, resolution.config.reporter)) return (file) => file;
  return (file) => keepListedFunctions(file, plan.top);
}

/** What an analysis gave. */
interface Analysed {
  readonly files: readonly AnalyzedFile[];
  readonly measurements: OpenMeasurements | undefined;
  readonly minified: number;
  readonly durationMs: number;
  readonly interrupted: boolean;
  readonly suppressedByBaseline: number;
  readonly staleSuppressions: number;
}

async function finish(run: AnalyzeRun, analysed: Analysed): Promise<ExitCode> {
  const { io, flags, plan, selected, output, context, resolution, stderr } = run;
  const { files, measurement } = await join(run, analysed);
  const report: AnalysisReport = {
    files,
    ranked: rankFindings(files),
    functions: rankFunctions(files, plan.top),
    summary: summarizeAnalysis(files, { ...analysed, ...(measurement === undefined ? {} : { measurement }) }),
    rules: ruleEntries(selected),
    ...(isPageWanted(plan, resolution.config.reporter) ? { html: await page(run, files, analysed.measurements) } : {}),
  };
  const trouble = analysisTroubleText(files, {
    paint: stderr.paint,
    quiet: flags.quiet === true,
    verbose: context.verbose,
  });
  output.err(trouble.text);
  for (const { reporter, path } of plan.outputs) {
    const create = await createAnalysisReporter(reporter);
    await writeOutput(resolve(io.cwd, path), create(report, { ...context, terminal: plainTerminal }));
  }
  const create = await createAnalysisReporter(plan.reporter ?? resolution.config.reporter);
  output.out(create(report, context));
  if (flags.quiet !== true) {
    if (plan.reporter !== 'summary') output.err(`${analysisSummaryText(report.summary)}\n`);
    if (measurement !== undefined) output.err(measurementText(measurement));
  }
  const exitCode = analysisExitCode(report.summary, plan, trouble.fails);
  const facts = resolution.config.records.keep === 'never' ? [] : files.map(analyzeFacts);
  const quiet = flags.quiet === true;
  await recordRun({ command: 'analyze', exitCode, files: facts, resolution, quiet, paint: stderr.paint }, io);
  return exitCode;
}

async function page(
  { io, resolution }: AnalyzeRun,
  files: readonly AnalyzedFile[],
  measurements: OpenMeasurements | undefined,
): Promise<ReportSources> {
  const { reportSources } = await import('../../app/measure/report-sources.ts');
  return reportSources(files, measurements, { cwd: io.cwd, maximumBytes: resolution.config.maxBytes });
}

/** The files with what was measured in them. */
async function join(
  { io: { cwd }, plan }: AnalyzeRun,
  { files, measurements }: Analysed,
): Promise<{ readonly files: readonly AnalyzedFile[]; readonly measurement?: MeasurementSummary }> {
  if (measurements === undefined) return { files };
  const { measureFindings, summarizeMeasurement } = await import('../../app/measure/measure-findings.ts');
  const { code, profiles, coverageFiles, command } = measurements;
  const all = measureFindings(files, code, { cwd, ratios: measured });
  const measuredFiles = all.map((file) => leaveOutUnsure(file, plan));
  const measurement = {
    profiles: profiles.length,
    coverageFiles,
    ...summarizeMeasurement(measuredFiles, code, cwd),
    ...(command === undefined ? {} : { command }),
  };
  return { files: measuredFiles, measurement };
}

function settingFlags(flags: AnalyzeFlags): NonNullable<ResolveOptions['flags']> {
  const without = flags.withoutRule ?? [];
  return {
    node: flags.node,
    threads: flags.threads,
    maxBytes: flags.maxBytes,
    color: flags.color,
    'pool.resident': flags.resident ? undefined : 'never',
    ...poolSettings(flags),
    ...cacheSettings(flags),
    ...recordSettings(flags),
    ignore: flags.ignorePattern,
    rules: without.length === 0 ? undefined : Object.fromEntries(without.map((id) => [id, false])),
  };
}
