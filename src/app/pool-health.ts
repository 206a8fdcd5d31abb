import type { BoosterHealth, InstanceHealth, LatencyRecord } from '../records/health.ts';
import type { LatencyFigures } from '../pool/latencies.ts';
import type { PoolStatus } from '../pool/pool-status.ts';

/** Who a booster is; the rest of its health is measured. */
export interface BoosterIdentity {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly project: string;
  readonly startedAt: number;
  readonly heartbeatIntervalMs: number;
  readonly memoryLimitBytes: number;
}

/** What a pool's status does not say, counted from its events. */
export interface PoolTrace {
  /** Results that were taken from the cache instead of asking the pool. */
  readonly cacheHits: number;
  /** Milliseconds since the epoch. */
  readonly lastActivity: number;
  readonly lastError?: BoosterHealth['lastError'];
  /** By id of the instance, as the pool calls it. */
  readonly lastUsed: ReadonlyMap<string, number>;
  readonly recycles: ReadonlyMap<string, number>;
}

/** States in which an instance is one; the others are ending or gone. */
const liveStates: ReadonlySet<string> = new Set(['starting', 'idle', 'busy']);

export function boosterHealth(
  { memoryLimitBytes: _limit, ...identity }: BoosterIdentity,
  { state, breaker, totals }: PoolStatus,
  { lastActivity, lastError, cacheHits }: PoolTrace,
  now: number,
): BoosterHealth {
  return {
    ...identity,
    status: state === 'closed' ? 'stopped' : breaker === 'closed' ? 'active' : 'degraded',
    lastActivity,
    heartbeatAt: now,
    tasks: totals.tasksDone + totals.tasksFailed,
    failures: totals.tasksFailed,
    fallbacks: totals.tasksFellBack,
    cacheHits,
    recycles: totals.instancesRecycled,
    ...latencyOf(totals.runMs),
    ...(lastError !== undefined && { lastError }),
  };
}

export function instancesHealth(
  identity: BoosterIdentity,
  status: PoolStatus,
  trace: PoolTrace,
  now: number,
): InstanceHealth[] {
  const { id: boosterId, host, pid, heartbeatIntervalMs, memoryLimitBytes } = identity;
  return status.instances
    .filter(({ state }) => liveStates.has(state))
    .map(({ id, state, startedAt, tasks, failures, memoryBytes, runMs }) => {
      const lastUsed = trace.lastUsed.get(id);
      return {
        id: `${boosterId}:${id}`,
        boosterId,
        host,
        pid,
        state,
        // one that is not is replaced at once, and then is none of these
        health: status.breaker === 'closed' ? 'healthy' : 'unhealthy',
        createdAt: startedAt,
        ...(lastUsed !== undefined && { lastUsed }),
        heartbeatAt: now,
        heartbeatIntervalMs,
        ...(memoryBytes !== undefined && { memoryBytes }),
        memoryLimitBytes,
        tasks,
        failures,
        recycles: trace.recycles.get(id) ?? 0,
        ...latencyOf(runMs),
      };
    });
}

function latencyOf(figures: LatencyFigures | undefined): { readonly latencyMs?: LatencyRecord } {
  return figures === undefined ? {} : { latencyMs: { p50: figures.p50, p95: figures.p95, p99: figures.p99 } };
}
