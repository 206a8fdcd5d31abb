import { poolReport } from '../../app/pool-status.ts';
import type { PoolReport } from '../../app/pool-status.ts';
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

const exitCodeOf = {
  healthy: exitCodes.done,
  degraded: exitCodes.degraded,
  none: exitCodes.notRunning,
} as const satisfies Record<PoolReport['health'], ExitCode>;

/**
 * `booster pool status`
 * @throws BoosterError E_RESIDENT_DISTRUSTED
 */
export async function runPoolStatus(flags: PoolStatusFlags, io: Io): Promise<ExitCode> {
  const report = await poolReport(io);
  const terminal = await openTerminal(io.stdout, { setting: flags.color ?? 'auto', fromFlag: true }, io.env);
  io.stdout.write(flags.json ? reportJson(report) : reportText(report, terminal.paint, Date.now()));
  return exitCodeOf[report.health];
}

function reportJson({ project, health, problems, status }: PoolReport): string {
  const entry = { schemaVersion, project, health, problems, ...(status !== undefined && { status }) };
  return `${JSON.stringify(entry, undefined, 2)}\n`;
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
