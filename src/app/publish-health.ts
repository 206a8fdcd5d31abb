import { hostname } from 'node:os';
import { basename } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { ResolvedConfig } from '../config/settings.ts';
import { boosterIdOf } from '../records/event-of-run.ts';
import { LocalHealth } from '../records/local/local-health.ts';
import { storePlace } from '../records/local/store-place.ts';
import { createSealer } from '../records/sealing.ts';
import { encryptionVariable } from '../shared/encryption-keys.ts';
import type { Io } from '../shared/io.ts';
import { HealthOutbox } from './health-outbox.ts';
import { HealthPublisher } from './HealthPublisher.ts';
import type { WatchedPool } from './HealthPublisher.ts';

export type PublishIo = Pick<Io, 'cwd' | 'env' | 'platform' | 'userId' | 'processId'>;

export interface PublishOptions {
  readonly io: PublishIo;
  /** Root of the project; its name is published, not the way to it. */
  readonly project: string;
  readonly onLog: (line: string) => void;
  /** Results that were taken from the cache so far; absent for a pool whose callers have looked there themselves. */
  readonly cacheHits?: () => number;
}

/** Publishes the health of a pool from now on, unless nothing is to be recorded. */
export function publishHealth(
  pool: WatchedPool,
  config: ResolvedConfig,
  { io, project, onLog, cacheHits = () => 0 }: PublishOptions,
): HealthPublisher | undefined {
  if (config.records.keep === 'never') return undefined;
  const place = storePlace(io, config.records.store);
  const startedAt = Date.now();
  const host = hostname();
  const pid = io.processId;
  const told = new Set<string>();
  return new HealthPublisher({
    pool,
    cacheHits,
    identity: {
      // numbers of processes are used again
      id: `${boosterIdOf(host, pid)}:${startedAt.toString(36)}`,
      host,
      pid,
      version: packageJson.version,
      project: basename(project),
      startedAt,
      heartbeatIntervalMs: config.pool.heartbeatMs,
      memoryLimitBytes: config.pool.memoryLimit,
    },
    ...(place !== undefined && {
      local: new LocalHealth(place, ({ message }) => {
        // at every heartbeat the same
        if (told.has(message)) return;
        told.add(message);
        onLog(message);
      }),
    }),
    ...(config.redis.url !== 'none' && {
      outbox: new HealthOutbox({ settings: config.redis, sealer: createSealer(io.env[encryptionVariable]) }, onLog),
    }),
  });
}
