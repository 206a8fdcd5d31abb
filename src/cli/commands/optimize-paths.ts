import type { RunSummary } from '../../app/file-result.ts';
import type { FileSelection } from '../../app/find-targets.ts';
import { findTargets } from '../../app/find-targets.ts';
import { optimizeFiles } from '../../app/optimize-files.ts';
import type { Runtime } from '../../app/runtime.ts';
import { openProgress } from '../open-progress.ts';
import type { OptimizeRun } from './optimize-run.ts';

/** Optimises the files that the patterns and the selection name. */
export async function optimizePaths(
  patterns: readonly string[],
  selection: FileSelection,
  run: OptimizeRun,
  runtime: Runtime,
): Promise<RunSummary> {
  const { io, flags, resolution, plan } = run;
  const { cwd, env, signal } = io;
  const write = plan.mode === 'write';
  const targets = await findTargets(patterns, {
    cwd,
    env,
    signal,
    selection,
    write,
    ignore: resolution.ignoreSources,
    noIgnore: !flags.ignore,
    forceExclude: flags.forceExclude === true,
    errorsOnUnmatched: flags.errorsOnUnmatched,
  });
  const { pool, threads } = runtime.open(targets.length);
  const progress = openProgress(targets.length, {
    io,
    output: run.output,
    terminal: run.context.stderr,
    quiet: run.context.quiet,
  });
  try {
    return await optimizeFiles(pool, {
      cwd,
      targets,
      write,
      level: resolution.config.level,
      rules: run.rules,
      maximumBytes: resolution.config.maxBytes,
      threads,
      signal,
      onResult: run.report,
      onProgress: (done) => {
        progress.update(done);
      },
    });
  } finally {
    run.output.progress = undefined;
    progress.stop();
  }
}
