import type { BoosterHealth, InstanceHealth } from '../../src/records/health.ts';

/** What is too old for a store must not matter here. */
const base = Date.now() - 60_000;

export function sampleBooster(changes: Partial<BoosterHealth> = {}): BoosterHealth {
  return {
    id: 'host-1:4711:abc',
    status: 'active',
    host: 'host-1',
    pid: 4711,
    version: '0.1.0',
    project: 'shop',
    startedAt: base,
    lastActivity: base + 1000,
    heartbeatAt: base + 2000,
    heartbeatIntervalMs: 5000,
    tasks: 12,
    failures: 1,
    fallbacks: 0,
    cacheHits: 3,
    recycles: 2,
    latencyMs: { p50: 1.5, p95: 7, p99: 12.25 },
    lastError: { code: 'E_TASK_TIMEOUT', message: 'task timed out: after 30 s', at: base + 500 },
    ...changes,
  };
}

export function sampleInstance(changes: Partial<InstanceHealth> = {}): InstanceHealth {
  return {
    id: 'host-1:4711:abc:worker-1',
    boosterId: 'host-1:4711:abc',
    host: 'host-1',
    pid: 4711,
    state: 'idle',
    health: 'healthy',
    createdAt: base,
    lastUsed: base + 1000,
    heartbeatAt: base + 2000,
    heartbeatIntervalMs: 5000,
    memoryBytes: 30_000_000,
    memoryLimitBytes: 512_000_000,
    tasks: 12,
    failures: 1,
    recycles: 0,
    latencyMs: { p50: 1.5, p95: 7, p99: 12.25 },
    ...changes,
  };
}
