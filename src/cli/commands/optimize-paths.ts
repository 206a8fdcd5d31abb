import type { RunSummary } from '../../app/file-result.ts';
import type { FileSelection } from '../../app/find-targets.ts';
import { findTargets } from '../../app/find-targets.ts';
import type { FileTarget } from '../../app/optimize-files.ts';
import { rulesOf } from '../../app/ask-pool.ts';
import { optimizeFiles } from '../../app/optimize-files.ts';
import type { QuietFiles } from '../../app/QuietFiles.ts';
import type { Runtime } from '../../app/runtime.ts';
import { openProgress } from '../open-progress.ts';
import type { OpenEvidence } from './optimize-evidence.ts';
import type { OptimizePlan } from './optimize-plan.ts';
import type { OptimizeRun } from './optimize-run.ts';

/** Optimises the files that the patterns and the selection name. */
export async function optimizePaths(
  patterns: readonly string[],
  selection: FileSelection,
  run: OptimizeRun,
  runtime: Runtime,
): Promise<RunSummary> {
  const { io, resolution, plan } = run;
  const { cwd, signal } = io;
  const targets = await targetsOf(patterns, selection, run);
  run.clock?.found();
  const { pool, threads } = runtime.open(targets.length);
  const progress = openProgress(targets.length, {
    io,
    output: run.output,
    terminal: run.context.stderr,
    quiet: run.context.quiet,
  });
  const outside = await evidenceOf(targets, run);
  const quiet = outside === undefined ? await openQuietOf(run, runtime, targets.length) : undefined;
  const options = {
    cwd,
    targets,
    write: plan.mode === 'write',
    level: resolution.config.level,
    rules: run.rules,
    ...(run.custom.length > 0 && { custom: run.custom }),
    maximumBytes: resolution.config.maxBytes,
    threads,
    signal,
    ...(outside !== undefined && { evidence: outside.evidence }),
    ...(quiet !== undefined && { quiet }),
    onResult: run.report,
    onProgress: (done: number) => {
      progress.update(done);
    },
  };
  const end = (): void => {
    run.output.progress = undefined;
    progress.stop();
  };
  try {
    const optimize = await optimizerOf(plan);
    if (plan.proof === undefined) return await optimize(pool, options);
    const { optimizeProven } = await import('./optimize-proof.ts');
    return await optimizeProven(plan.proof, { run, pool, options, optimize, end });
  } finally {
    end();
    outside?.end();
  }
}

/** What is found with evidence from outside depends on more than the content. */
function openQuietOf(run: OptimizeRun, runtime: Runtime, files: number): Promise<QuietFiles | undefined> {
  const { rules, custom, resolution } = run;
  const { level } = resolution.config;
  return runtime.openQuiet({ level, ...rulesOf({ rules, ...(custom.length > 0 && { custom }) }) }, files);
}

async function evidenceOf(targets: readonly FileTarget[], run: OptimizeRun): Promise<OpenEvidence | undefined> {
  if (run.flags.types !== true && run.flags.coverage === undefined) return undefined;
  const { openEvidence } = await import('./optimize-evidence.ts');
  return openEvidence(targets, run);
}

/** Over all files, or up to a limit. */
async function optimizerOf({ maximumFiles }: OptimizePlan): Promise<typeof optimizeFiles> {
  if (maximumFiles === undefined) return optimizeFiles;
  const { optimizeLimited } = await import('../../app/optimize-limited.ts');
  return (pool, options) => optimizeLimited(pool, options, maximumFiles);
}

function targetsOf(
  patterns: readonly string[],
  selection: FileSelection,
  { io, flags, resolution, plan }: OptimizeRun,
): Promise<FileTarget[]> {
  const { cwd, env, signal } = io;
  return findTargets(patterns, {
    cwd,
    env,
    signal,
    selection,
    write: plan.mode === 'write',
    ignore: resolution.ignoreSources,
    noIgnore: !flags.ignore,
    forceExclude: flags.forceExclude === true,
    errorsOnUnmatched: flags.errorsOnUnmatched,
  });
}
