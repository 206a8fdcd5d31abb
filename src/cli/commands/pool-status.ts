import { setTimeout } from 'node:timers/promises';
import { poolOverview } from '../../app/pool-overview.ts';
import type { PoolOverview } from '../../app/pool-overview.ts';
import type { PoolReport } from '../../app/pool-status.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import type { InstanceStatus } from '../../pool/pool-status.ts';
import type { ResidentStatus } from '../../resident/resident-protocol.ts';
import type { Io } from '../../shared/io.ts';
import type { PoolStatusFlags } from '../add-pool-commands.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { bytesText, durationText, percentText } from '../measure-text.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import { tableText } from '../table-text.ts';
import type { Paint } from '../terminal.ts';
import { openTerminal } from '../terminal.ts';
import { overviewText } from './pool-overview-text.ts';

const exitCodeOf = {
  healthy: exitCodes.done,
  degraded: exitCodes.degraded,
  none: exitCodes.notRunning,
} as const satisfies Record<PoolReport['health'], ExitCode>;

/** Milliseconds between two looks with --watch. */
const watchMs = 2000;

/** Of a terminal: to the upper left, and clear what was there. */
const clearScreen = '\u001B[H\u001B[2J';

/**
 * `booster pool status`
 * @throws BoosterError E_CONFIG_…, E_RESIDENT_DISTRUSTED
 */
export async function runPoolStatus(flags: PoolStatusFlags, io: Io): Promise<ExitCode> {
  const { config } = await resolveConfig({
    flags: { 'records.store': flags.store, 'redis.url': flags.redis },
    env: io.env,
    cwd: io.cwd,
    isolated: flags.isolated === true,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
  });
  const { paint } = await openTerminal(io.stdout, { setting: flags.color ?? 'auto', fromFlag: true }, io.env);
  for (;;) {
    const overview = await poolOverview(config, io);
    const { resident } = overview;
    const now = Date.now();
    const text = (): string => `${reportText(resident, paint, now)}\n${overviewText(overview, paint, now)}`;
    const isScreen = flags.watch === true && flags.json !== true && io.stdout.isTTY;
    io.stdout.write(flags.json ? overviewJson(overview, flags.watch === true) : (isScreen ? clearScreen : '') + text());
    if (flags.watch !== true) return exitCodeOf[overview.health];
    await setTimeout(watchMs, undefined, { signal: io.signal }).catch(() => undefined);
    if (io.signal.aborted) return exitCodeOf[overview.health];
  }
}

function overviewJson(overview: PoolOverview, isLine: boolean): string {
  const { health, resident, boosters, instances, last, redis, troubles } = overview;
  const { project, problems, status } = resident;
  const entry = {
    schemaVersion,
    project,
    health,
    problems,
    ...(status !== undefined && { status }),
    pools: boosters,
    instances,
    ...(last !== undefined && { last }),
    redis,
    ...(troubles.length > 0 && { troubles: troubles.map(({ code, message }) => ({ code, message })) }),
  };
  return `${isLine ? JSON.stringify(entry) : JSON.stringify(entry, undefined, 2)}\n`;
}

/** @param now milliseconds since the epoch */
export function reportText({ project, health, problems, status }: PoolReport, paint: Paint, now: number): string {
  if (health === 'none') return `resident pool of ${project}: none is running\n`;
  const verdict = health === 'healthy' ? paint.green(health) : paint.yellow(health);
  const lines = [`resident pool of ${project}: ${verdict}`, ...problems.map((problem) => `  ${problem}`)];
  return `${[...lines, ...(status === undefined ? [] : statusLines(status, paint, now))].join('\n')}\n`;
}

function statusLines(status: ResidentStatus, paint: Paint, now: number): string[] {
  const { pool, processId, version, startedAt, idleExitMs, clients } = status;
  const { totals, availability } = pool;
  const header = ['instance', 'state', 'up', 'tasks', 'failed', 'p50', 'p95', 'memory'];
  const rows = pool.instances.map((instance) => instanceRow(instance, status, now));
  const run =
    totals.runMs === undefined
      ? ''
      : `, run p50 ${durationText(totals.runMs.p50)}, p95 ${durationText(totals.runMs.p95)}`;
  const wait = totals.waitMs === undefined ? '' : `, wait p95 ${durationText(totals.waitMs.p95)}`;
  return [
    `  process ${processId}, version ${version}, up ${durationText(now - startedAt)}, ${clients} connected, ` +
      `ends after ${durationText(idleExitMs)} without a task`,
    '',
    tableText([header, ...rows], { paintHeader: paint.bold }),
    '',
    `tasks: ${totals.tasksDone} done, ${totals.tasksFailed} failed${codesText(totals.tasksFailedByCode)}, ` +
      `${totals.tasksRetried} retried, ${pool.running} running, ${pool.queued} waiting${run}${wait}`,
    `instances: ${totals.instancesStarted} started, ${totals.instancesFailed} failed, ` +
      `${totals.instancesRecycled} recycled` +
      (availability === undefined ? '' : `; available ${percentText(availability)} of the time`),
  ];
}

function instanceRow(instance: InstanceStatus, { memoryLimitBytes }: ResidentStatus, now: number): string[] {
  const { id, state, startedAt, tasks, failures, runMs, memoryBytes } = instance;
  return [
    id,
    state,
    durationText(now - startedAt),
    String(tasks),
    `${failures}${codesText(instance.failuresByCode)}`,
    runMs === undefined ? '' : durationText(runMs.p50),
    runMs === undefined ? '' : durationText(runMs.p95),
    memoryBytes === undefined ? '' : `${bytesText(memoryBytes)} of ${bytesText(memoryLimitBytes)}`,
  ];
}

function codesText(byCode: InstanceStatus['failuresByCode']): string {
  const codes = Object.entries(byCode).map(([code, count]) => `${String(count)} ${code}`);
  return codes.length === 0 ? '' : ` (${codes.join(', ')})`;
}
