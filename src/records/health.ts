/** Percentiles of measured durations, in milliseconds. */
export interface LatencyRecord {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** How a process of booster that lives on (a resident pool, a program with an agent) is. Times in milliseconds since the epoch. */
export interface BoosterHealth {
  readonly id: string;
  readonly status: 'active' | 'degraded' | 'stopped';
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  /** Name of the project's folder, without the way to it. */
  readonly project: string;
  readonly startedAt: number;
  readonly lastActivity: number;
  /** When this was written, and how many milliseconds later the next one is due. */
  readonly heartbeatAt: number;
  readonly heartbeatIntervalMs: number;
  readonly tasks: number;
  readonly failures: number;
  readonly fallbacks: number;
  readonly cacheHits: number;
  /** Instances that were replaced because of their memory. */
  readonly recycles: number;
  /** Absent while nothing was measured. */
  readonly latencyMs?: LatencyRecord;
  /** Code and message of the last failure; never source code. */
  readonly lastError?: { readonly code: string; readonly message: string; readonly at: number };
}

/** How one instance of a pool is. */
export interface InstanceHealth {
  /** Unique over hosts and processes. */
  readonly id: string;
  readonly boosterId: string;
  readonly host: string;
  readonly pid: number;
  readonly state: string;
  readonly health: 'healthy' | 'unhealthy';
  readonly createdAt: number;
  readonly lastUsed?: number;
  readonly heartbeatAt: number;
  readonly heartbeatIntervalMs: number;
  readonly memoryBytes?: number;
  readonly memoryLimitBytes: number;
  readonly tasks: number;
  readonly failures: number;
  readonly recycles: number;
  readonly latencyMs?: LatencyRecord;
}

/** Alive as long as no two heartbeats in a row were missed. */
export function isAlive(
  { heartbeatAt, heartbeatIntervalMs }: Pick<BoosterHealth, 'heartbeatAt' | 'heartbeatIntervalMs'>,
  now: number,
): boolean {
  return now - heartbeatAt < 2 * heartbeatIntervalMs;
}
