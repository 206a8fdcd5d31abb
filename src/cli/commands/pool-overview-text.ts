import type { PoolOverview, RedisState } from '../../app/pool-overview.ts';
import type { BoosterHealth, InstanceHealth, LatencyRecord } from '../../records/health.ts';
import { bytesText, durationText } from '../measure-text.ts';
import { tableText } from '../table-text.ts';
import type { Paint } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';

const header = [
  'instance',
  'host',
  'pid',
  'project',
  'state',
  'health',
  'up',
  'tasks',
  'failed',
  'p50',
  'p95',
  'memory',
  'recycles',
];

/**
 * The pools of all hosts, and how Redis is.
 * @param now milliseconds since the epoch
 */
export function overviewText(overview: PoolOverview, paint: Paint, now: number): string {
  const { boosters, instances, last, redis, troubles } = overview;
  const lines: string[] = [];
  if (boosters.length > 0) {
    const hosts = new Set(boosters.map(({ host }) => host)).size;
    lines.push(`pools of all hosts: ${counted(boosters.length, 'pool')} on ${counted(hosts, 'host')}`);
    lines.push(tableText(rowsOf(overview, now), { paintHeader: paint.bold }));
  } else if (overview.health === 'none') {
    lines.push(last === undefined ? 'no pool is running, and none has been heard of' : lastText(last, now));
  } else if (instances.length === 0) {
    lines.push('pools of all hosts: the record store knows of none');
  }
  for (const { message } of troubles) lines.push(`${paint.yellow('warning:')} ${visibleLine(message)}`);
  lines.push(redisText(redis, paint));
  return `${lines.join('\n')}\n`;
}

function rowsOf({ boosters, instances }: PoolOverview, now: number): string[][] {
  const projects = new Map(boosters.map(({ id, project }) => [id, project]));
  const rows = instances.map((each) => instanceRow(each, projects.get(each.boosterId) ?? '', now));
  const tasks = sum(boosters, ({ tasks: count }) => count);
  const failures = sum(boosters, ({ failures: count }) => count);
  const memory = sum(instances, ({ memoryBytes = 0 }) => memoryBytes);
  const recycles = sum(boosters, ({ recycles: count }) => count);
  // percentiles of several pools cannot be added up
  const latency = boosters.length === 1 ? latencyCells(boosters[0]?.latencyMs) : ['', ''];
  const counts = [String(tasks), String(failures), ...latency, memory === 0 ? '' : bytesText(memory), String(recycles)];
  return [header, ...rows, ['total', '', '', '', counted(instances.length, 'instance'), '', '', ...counts]];
}

function instanceRow(instance: InstanceHealth, project: string, now: number): string[] {
  const { id, boosterId, host, pid, state, health, createdAt, tasks, failures, memoryBytes, memoryLimitBytes } =
    instance;
  const memory = memoryBytes === undefined ? '' : `${bytesText(memoryBytes)} of ${bytesText(memoryLimitBytes)}`;
  const name = id.startsWith(`${boosterId}:`) ? id.slice(boosterId.length + 1) : id;
  const facts = [name, host, String(pid), project, state, health].map(visibleLine);
  const up = durationText(Math.max(0, now - createdAt));
  return [
    ...facts,
    up,
    String(tasks),
    String(failures),
    ...latencyCells(instance.latencyMs),
    memory,
    String(instance.recycles),
  ];
}

function latencyCells(latency: LatencyRecord | undefined): string[] {
  return latency === undefined ? ['', ''] : [durationText(latency.p50), durationText(latency.p95)];
}

function lastText(
  { status, host, pid, project, heartbeatAt, tasks, failures, latencyMs }: BoosterHealth,
  now: number,
): string {
  const ago = durationText(Math.max(0, now - heartbeatAt));
  const end = status === 'stopped' ? `ended ${ago} ago` : `was last heard of ${ago} ago, and did not say that it ends`;
  const speed =
    latencyMs === undefined ? '' : `, p50 ${durationText(latencyMs.p50)}, p95 ${durationText(latencyMs.p95)}`;
  const who = visibleLine(`${project}, process ${String(pid)} on ${host}`);
  return `no pool is running; the last one (${who}) ${end}: ${counted(tasks, 'task')}, ${failures} failed${speed}`;
}

function redisText(redis: RedisState, paint: Paint): string {
  if (redis.state === 'disabled') return 'redis: disabled';
  if (redis.state === 'up') return `redis: ${paint.green('up')} ${durationText(redis.roundTripMs)} (${redis.place})`;
  return `redis: ${paint.yellow('down')}: ${visibleLine(redis.reason)} (${redis.place})`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
