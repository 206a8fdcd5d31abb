import { hostname } from 'node:os';
import type { ResolvedConfig } from '../config/settings.ts';
import { isAlive } from '../records/health.ts';
import type { BoosterHealth, InstanceHealth } from '../records/health.ts';
import { LocalHealth } from '../records/local/local-health.ts';
import { storePlace } from '../records/local/store-place.ts';
import { asBoosterError } from '../shared/errors.ts';
import type { BoosterError } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import { redactUrls } from '../shared/redis-url.ts';
import { poolReport } from './pool-status.ts';
import type { PoolReport } from './pool-status.ts';

/** How Redis is, asked just now. `place` is redacted. */
export type RedisState =
  | { readonly state: 'disabled' }
  | { readonly state: 'up'; readonly place: string; readonly roundTripMs: number }
  | { readonly state: 'down'; readonly place: string; readonly reason: string };

/** All pools that the record store knows, on all hosts. */
export interface PoolOverview {
  /** `none`: no pool is alive anywhere. */
  readonly health: PoolReport['health'];
  /** The resident pool of this project, by its own account. */
  readonly resident: PoolReport;
  /** Those whose last heartbeat is younger than two intervals. */
  readonly boosters: readonly BoosterHealth[];
  readonly instances: readonly InstanceHealth[];
  /** The pool that was heard of last, when none is alive. */
  readonly last?: BoosterHealth;
  readonly redis: RedisState;
  /** What could not be read. */
  readonly troubles: readonly BoosterError[];
}

export type OverviewIo = Pick<Io, 'cwd' | 'env' | 'platform' | 'userId' | 'build' | 'isProcessAlive'>;

/** Milliseconds that connecting to Redis, and each question to it, may take. */
const redisPatienceMs = 1000;

interface Known {
  readonly boosters: readonly BoosterHealth[];
  readonly instances: readonly InstanceHealth[];
}

/** @throws BoosterError E_RESIDENT_DISTRUSTED, E_TASK_ABORTED */
export async function poolOverview(config: ResolvedConfig, io: OverviewIo): Promise<PoolOverview> {
  const troubles: BoosterError[] = [];
  const onTrouble = (trouble: BoosterError): void => void troubles.push(trouble);
  const [resident, local, [redis, remote]] = await Promise.all([
    poolReport(io),
    readLocal(config, io, onTrouble),
    readRedis(config, onTrouble),
  ]);
  const now = Date.now();
  const known = newestOf([...local.boosters, ...remote.boosters]);
  const host = hostname();
  // a process of this machine that was killed is known to be gone before its heartbeats are missed
  const isGone = (each: BoosterHealth): boolean => each.host === host && !io.isProcessAlive(each.pid);
  const boosters = known.filter((each) => each.status !== 'stopped' && isAlive(each, now) && !isGone(each));
  const ids = new Set(boosters.map(({ id }) => id));
  const instances = newestOf([...local.instances, ...remote.instances]).filter(
    (each) => ids.has(each.boosterId) && isAlive(each, now),
  );
  const health = healthOf(resident, boosters, instances);
  const last = known.sort((a, b) => b.heartbeatAt - a.heartbeatAt)[0];
  return {
    health,
    resident,
    boosters: boosters.sort(byHost),
    instances: instances.sort((a, b) => byHost(a, b) || a.createdAt - b.createdAt),
    ...(health === 'none' && last !== undefined && { last }),
    redis,
    troubles,
  };
}

async function readLocal(
  { records }: ResolvedConfig,
  io: OverviewIo,
  onTrouble: (trouble: BoosterError) => void,
): Promise<Known> {
  const place = storePlace(io, records.store);
  if (place === undefined) return { boosters: [], instances: [] };
  const store = new LocalHealth(place, onTrouble);
  try {
    return { boosters: await store.boosters(), instances: await store.instances() };
  } catch (error) {
    onTrouble(asBoosterError(error));
    return { boosters: [], instances: [] };
  }
}

async function readRedis(
  { redis: settings }: ResolvedConfig,
  onTrouble: (trouble: BoosterError) => void,
): Promise<[RedisState, Known]> {
  const nothing: Known = { boosters: [], instances: [] };
  if (settings.url === 'none') return [{ state: 'disabled' }, nothing];
  const place = redactUrls(settings.url);
  try {
    const { RedisStore } = await import('../records/redis/RedisStore.ts');
    const store = await RedisStore.open({ settings, sealer: undefined, timeLeftMs: () => redisPatienceMs, onTrouble });
    try {
      const known = { boosters: await store.boosters(), instances: await store.instances() };
      return [{ state: 'up', place, roundTripMs: store.roundTripMs }, known];
    } finally {
      await store.close();
    }
  } catch (error) {
    const reason = asBoosterError(error).message.replace(`Redis ${place}: `, '');
    return [{ state: 'down', place, reason }, nothing];
  }
}

/** A pool of this machine is in both stores. */
function newestOf<Health extends { readonly id: string; readonly heartbeatAt: number }>(
  all: readonly Health[],
): Health[] {
  const newest = new Map<string, Health>();
  for (const health of all) {
    const other = newest.get(health.id);
    if (other === undefined || other.heartbeatAt < health.heartbeatAt) newest.set(health.id, health);
  }
  return [...newest.values()];
}

function healthOf(
  resident: PoolReport,
  boosters: readonly BoosterHealth[],
  instances: readonly InstanceHealth[],
): PoolReport['health'] {
  const isDegraded =
    resident.health === 'degraded' ||
    boosters.some(({ status }) => status === 'degraded') ||
    instances.some(({ health }) => health === 'unhealthy');
  if (isDegraded) return 'degraded';
  return resident.health === 'healthy' || boosters.length > 0 ? 'healthy' : 'none';
}

interface Located {
  readonly host: string;
  readonly pid: number;
}

function byHost(a: Located, b: Located): number {
  if (a.host !== b.host) return a.host < b.host ? -1 : 1;
  return a.pid - b.pid;
}
