import { join } from 'node:path';
import { proofFolder } from '../../app/proof/proof-folder.ts';
import type { RunSummary } from '../../app/file-result.ts';
import { withRuntime } from '../../app/runtime.ts';
import { selectRules } from '../../app/select-rules.ts';
import { configuredPlace } from '../../app/store-settings.ts';
import type { Resolution, ResolveOptions } from '../../config/resolve-config.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { customRulesFolder } from '../../app/custom/custom-rules-folder.ts';
import type { CustomRuleData } from '../../engine/custom/custom-rule-data.ts';
import { customRule } from '../../engine/custom/custom-rule.ts';
import { nearestFolder } from '../../files/data-files.ts';
import { isThere } from '../../files/is-there.ts';
import { rules } from '../../rules/index.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodeOfRun, exitCodes } from '../exit-codes.ts';
import type { OptimizeFlags } from '../program.ts';
import { cacheSettings, recordSettings } from '../record-options.ts';
import { recordRun } from '../record-run.ts';
import { leftOutText } from '../reporters/problem-text.ts';
import { poolSettings } from '../pool-options.ts';
import { planOptimize } from './optimize-plan.ts';
import { openOptimizeRun } from './optimize-run.ts';
import type { OptimizeRun } from './optimize-run.ts';

/** `booster optimize`. What is thrown is for the caller to print; no document has then been printed. */
export async function runOptimize(
  paths: readonly string[],
  flags: OptimizeFlags,
  argv: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const plan = planOptimize(paths, flags);
  const { rule: only = [], withoutRule: without = [] } = flags;
  const custom = await readCustom(flags, io);
  const allRules = [...rules, ...custom.map(customRule)];
  // Before the configuration is read, so that a wrong id on the command line is reported as that.
  selectRules(allRules, { only, without });
  const resolution = await resolveConfig({
    flags: settingFlags(flags),
    env: io.env,
    cwd: io.cwd,
    isolated: flags.isolated === true,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
  });
  if (flags.printConfig) return printConfig(flags, resolution, io);
  if (hasJournals(resolution, io) || flags.recover) {
    const { settleAbandoned } = await import('./optimize-recover.ts');
    const ended = await settleAbandoned(flags, resolution, io);
    if (ended !== undefined) return ended;
  }
  const { config, origins } = resolution;
  const selected = selectRules(allRules, {
    only,
    without,
    configured: { switches: config.rules, origin: origins.rules },
    nodeMajor: config.node === 'auto' ? Number.parseInt(io.nodeVersion, 10) : config.node,
  });
  const run = await openOptimizeRun({ argv, io, flags, resolution, plan, rules: selected.rules, custom });
  run.output.err(leftOutText(selected.leftOut, run.context));
  const { input } = plan;
  const summary = await withRuntime(config, io, async (runtime) => {
    if (input.kind === 'stdin') {
      const { optimizePipe } = await import('./optimize-pipe.ts');
      return optimizePipe(input.path, run, runtime);
    }
    const { optimizePaths } = await import('./optimize-paths.ts');
    return optimizePaths(input.patterns, input.selection, run, runtime);
  });
  await endRun(summary, run);
  const exitCode = exitCodeOfRun(summary, plan.mode, run.hasFailed());
  const { quiet, stderr } = run.context;
  await recordRun({ command: 'optimize', exitCode, files: run.facts, resolution, quiet, paint: stderr.paint }, io);
  return exitCode;
}

async function printConfig(flags: OptimizeFlags, resolution: Resolution, io: Io): Promise<ExitCode> {
  const { configJson, configText } = await import('./print-config.ts');
  io.stdout.write(flags.reporter === 'json' ? configJson(resolution) : configText(resolution));
  return exitCodes.done;
}

/** Rules of the project, which are data. */
async function readCustom(flags: OptimizeFlags, io: Io): Promise<readonly CustomRuleData[]> {
  const folder = flags.isolated === true ? undefined : nearestFolder(io.cwd, customRulesFolder);
  if (folder === undefined) return [];
  const { readCustomRules } = await import('../../app/custom/custom-rules.ts');
  const found = await readCustomRules(folder, io.cwd, new Set(rules.map(({ meta }) => meta.id)));
  return found.map(({ data }) => data);
}

/** Ends the report; what was asked for beside it follows on standard error, or is part of the document. */
async function endRun(
  summary: RunSummary,
  { reporter, reporterName, statistics, clock, output, context }: OptimizeRun,
): Promise<void> {
  const extras = {
    ...(statistics !== undefined && { statistics: statistics.statistics() }),
    ...(clock !== undefined && { timing: clock.timing() }),
  };
  reporter.end({ ...summary, ...extras });
  // a document holds them already
  if (reporterName === 'json' || reporterName === 'jsonl' || (statistics === undefined && clock === undefined)) return;
  const { statisticsTable, timingTable } = await import('../reporters/run-tables.ts');
  if (extras.statistics !== undefined) output.err(statisticsTable(extras.statistics, context.stderr));
  if (extras.timing !== undefined) output.err(timingTable(extras.timing, context.stderr));
}

/** Whether any run with --verify or --measure goes on or was killed: one look at the file system for all others. */
function hasJournals(resolution: Resolution, io: Io): boolean {
  const place = configuredPlace(resolution, io);
  return place !== undefined && isThere(join(place.folder, proofFolder));
}

function settingFlags(flags: OptimizeFlags): NonNullable<ResolveOptions['flags']> {
  const without = flags.withoutRule ?? [];
  return {
    level: flags.level,
    reporter: flags.reporter,
    node: flags.node,
    threads: flags.threads,
    maxBytes: flags.maxBytes,
    color: flags.color,
    'pool.resident': flags.resident ? undefined : 'never',
    ...poolSettings(flags),
    ...recordSettings(flags),
    ...cacheSettings(flags),
    ignore: flags.ignorePattern,
    rules: without.length === 0 ? undefined : Object.fromEntries(without.map((id) => [id, false])),
  };
}
