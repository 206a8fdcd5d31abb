import { detachPool } from '../../app/pool-detach.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { Io } from '../../shared/io.ts';
import type { PoolRunFlags } from '../add-pool-commands.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { durationText } from '../measure-text.ts';
import { readInteger } from '../read-integer.ts';
import { poolSettings } from '../pool-options.ts';

const defaultIdleExitSeconds = 900;
const mostIdleExitSeconds = 7 * 24 * 3600;

/**
 * `booster pool run`
 * @throws BoosterError E_CLI_USAGE, E_CONFIG_…, E_POOL_…, E_RESIDENT_…
 */
export async function runPoolRun(flags: PoolRunFlags, argv: readonly string[], io: Io): Promise<ExitCode> {
  const minimum = readInteger('--min', flags.min, 0, 64);
  const seconds = readInteger('--idle-exit', flags.idleExit, 1, mostIdleExitSeconds) ?? defaultIdleExitSeconds;
  const { config } = await resolveConfig({
    flags: { ...poolSettings(flags), 'pool.healthCheckIntervalMs': flags.healthCheckInterval },
    env: io.env,
    cwd: io.cwd,
    isolated: flags.isolated === true,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
  });
  if (minimum !== undefined && minimum > config.pool.maximum) {
    throw usage(`--min: ${minimum} is more than pool.maximum, which is ${config.pool.maximum}`);
  }
  if (flags.detach === true) return runDetached(argv, io);
  const { runPool } = await import('../../app/pool-run.ts');
  const log = (line: string): void => void io.stderr.write(`${new Date().toISOString()} ${line}\n`);
  const outcome = await runPool(io, {
    config,
    ...(minimum !== undefined && { minimum }),
    idleExitMs: seconds * 1000,
    onReady: ({ project, instances }) => {
      const facts = `process ${io.processId}, ${instances} instances ready`;
      const line = `resident pool of ${project}: ${facts}, ends after ${durationText(seconds * 1000)} without a task`;
      io.stdout.write(`${line}\n`);
      log(line);
    },
    onLog: log,
  });
  if (outcome.state === 'ended') log(`ended (${outcome.reason}): ${outcome.tasks} tasks done`);
  else io.stdout.write(`resident pool of ${outcome.project}: runs already, process ${outcome.processId}\n`);
  return exitCodes.done;
}

async function runDetached(argv: readonly string[], io: Io): Promise<ExitCode> {
  const outcome = await detachPool(
    argv.filter((word) => word !== '--detach'),
    io,
  );
  if (outcome.state === 'up') {
    io.stdout.write(`${outcome.line}\n`);
    return exitCodes.done;
  }
  io.stderr.write(outcome.complaint === '' ? 'error: the pool ended before it was ready\n' : outcome.complaint);
  return exitCodes.failure;
}

function usage(message: string): BoosterError {
  return new BoosterError('E_CLI_USAGE', message);
}
