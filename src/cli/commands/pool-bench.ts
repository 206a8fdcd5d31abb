import { benchPool } from '../../app/bench-pool.ts';
import { readBenchWorkload } from '../../app/bench-pool-workload.ts';
import { findTargets } from '../../app/find-targets.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import type { Io } from '../../shared/io.ts';
import type { PoolBenchFlags } from '../add-pool-commands.ts';
import { readInteger } from '../read-integer.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import { openTerminal } from '../terminal.ts';
import { poolSettings } from '../pool-options.ts';
import { poolBenchText } from './pool-bench-text.ts';

const defaultRounds = 5;
const defaultFiles = 1000;

/**
 * `booster pool bench`
 * @throws BoosterError E_CLI_USAGE, E_CONFIG_…, E_FILE_NOT_FOUND, E_POOL_START, E_TASK_ABORTED
 */
export async function runPoolBench(paths: readonly string[], flags: PoolBenchFlags, io: Io): Promise<void> {
  const maximum = readInteger('--max', flags.max, 1, 64);
  const rounds = readInteger('--rounds', flags.rounds, 1, 100) ?? defaultRounds;
  const maximumFiles = readInteger('--files', flags.files, 1, 100_000) ?? defaultFiles;
  const { cwd, env, signal } = io;
  const { config, ignoreSources } = await resolveConfig({
    flags: poolSettings(flags),
    env,
    cwd,
    isolated: flags.isolated === true,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
  });
  const targets = await findTargets(paths.length === 0 ? ['.'] : paths, {
    cwd,
    env,
    signal,
    selection: { kind: 'all' },
    write: false,
    ignore: ignoreSources,
    errorsOnUnmatched: true,
  });
  const { level, maxBytes: maximumBytes } = config;
  const workload = readBenchWorkload(targets, { cwd, level, maximumBytes, maximumFiles });
  const bench = await benchPool(workload, { config, maximum, rounds }, io);
  const { tasks, ...files } = workload;
  if (flags.json) {
    io.stdout.write(
      `${JSON.stringify({ schemaVersion, workload: { files: tasks.length, ...files }, ...bench }, undefined, 2)}\n`,
    );
    return;
  }
  const terminal = await openTerminal(io.stdout, { setting: flags.color ?? 'auto', fromFlag: true }, env);
  io.stdout.write(poolBenchText(workload, bench, terminal.paint));
}
