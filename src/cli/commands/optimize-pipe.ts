import { isExcluded } from '../../app/find-targets.ts';
import type { RunSummary } from '../../app/file-result.ts';
import { countResults } from '../../app/count-results.ts';
import { optimizeStdin } from '../../app/optimize-stdin.ts';
import type { Runtime } from '../../app/runtime.ts';
import type { OptimizeRun } from './optimize-run.ts';

/** Optimises standard input; with the default reporter and without --check, the text goes to standard output. */
export async function optimizePipe(path: string | undefined, run: OptimizeRun, runtime: Runtime): Promise<RunSummary> {
  const { io, flags, resolution, plan, reporterName } = run;
  const { cwd, signal } = io;
  const excluded =
    flags.forceExclude === true &&
    path !== undefined &&
    (await isExcluded(path, { cwd, ignore: resolution.ignoreSources, noIgnore: !flags.ignore, signal }));
  const { result, output } = await optimizeStdin(runtime.open(1).pool, {
    input: io.stdin,
    path,
    level: resolution.config.level,
    rules: excluded ? [] : run.rules,
    ...(run.custom.length > 0 && { custom: run.custom }),
    maximumBytes: resolution.config.maxBytes,
    signal,
  });
  if (plan.mode === 'stdin' && reporterName === 'pretty') run.output.out(output);
  run.report(result);
  const counter = countResults();
  counter.add(result);
  return counter.summary(result.durationMs, false);
}
