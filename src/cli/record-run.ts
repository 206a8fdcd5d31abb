import { performance } from 'node:perf_hooks';
import type { RunFacts } from '../app/run-facts.ts';
import { configuredLimits, configuredPlace } from '../app/store-settings.ts';
import type { Resolution } from '../config/resolve-config.ts';
import type { RunCommand } from '../records/run-words.ts';
import type { BoosterError } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Paint } from './terminal.ts';
import { visibleLine } from './visible-text.ts';

export interface RecordedRun {
  readonly command: RunCommand;
  readonly exitCode: ExitCode;
  readonly files: readonly RunFacts[];
  readonly resolution: Resolution;
  readonly quiet: boolean;
  readonly paint: Paint;
  /** The folder that files are relative to, where that is not the working folder. */
  readonly cwd?: string;
}

/** Records a run whose result is out. Neither the result nor the exit code depends on it: at most it says a line on standard error. */
export async function recordRun({ resolution, quiet, paint, cwd, ...run }: RecordedRun, io: Io): Promise<void> {
  if (resolution.config.records.keep === 'never') return;
  const runMs = performance.now();
  const { recordRuns } = await import('../app/record-runs.ts');
  const { env, platform, userId, processId } = io;
  const place = { env, platform, userId, processId, cwd: cwd ?? io.cwd };
  const troubles = recordRuns({ ...run, runMs }, resolution, place);
  const undelivered = run.files.length === 0 ? undefined : await deliver(resolution, io);
  if (quiet) return;
  for (const { code, message } of troubles) {
    io.stderr.write(
      `${paint.yellow('not recorded:')} ${visibleLine(message)} (${code}; --no-record switches it off)\n`,
    );
  }
  if (undelivered !== undefined) io.stderr.write(`${paint.yellow('warning:')} ${visibleLine(undelivered.message)}\n`);
}

/** What is wrong with Redis, as far as that is known. */
async function deliver(resolution: Resolution, io: Io): Promise<BoosterError | undefined> {
  const { redis } = resolution.config;
  if (redis.url === 'none') return undefined;
  const place = configuredPlace(resolution, io);
  if (place === undefined) return undefined;
  const { deliverRecords } = await import('../app/deliver-records.ts');
  return deliverRecords(redis, { place, limits: configuredLimits(resolution) }, io);
}
