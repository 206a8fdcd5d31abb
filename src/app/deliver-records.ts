import { setImmediate } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import type { ResolvedConfig } from '../config/settings.ts';
import type { JournalLimits } from '../records/local/prune-journal.ts';
import { spoolFolder } from '../records/local/spool-journal.ts';
import type { StorePlace } from '../records/local/store-place.ts';
import { hasFlusher } from '../records/redis/flusher-lock.ts';
import { flushSpool } from '../records/redis/flush-spool.ts';
import { isPaused, noteOutage, readOutage } from '../records/redis/outage.ts';
import { redisTarget } from '../records/redis/redis-target.ts';
import { probeRedis } from '../records/redis/probe-redis.ts';
import { createSealer } from '../records/sealing.ts';
import { encryptionVariable } from '../shared/encryption-keys.ts';
import { BoosterError } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import { redactUrls } from '../shared/redis-url.ts';
import type { FlushRequest } from './flush-records.ts';

export type DeliveryIo = Pick<Io, 'env' | 'processId' | 'isProcessAlive' | 'startFlusher' | 'leaveBehind'>;

/** The local store that records come from. */
export interface DeliveryStore {
  readonly place: StorePlace;
  readonly limits: JournalLimits;
}

/** Turns of the event loop after which a connection that this machine itself refuses has been refused. */
const turns = 3;

/**
 * Sees to it that the records in the spool reach Redis: by a process in the background, or with `redis.delivery: wait` here and within
 * `redis.waitMs`. Never throws, and never waits otherwise. What is known to be wrong comes back, for a warning: the records then stay where
 * they are, and a later run brings them.
 */
export async function deliverRecords(
  redis: ResolvedConfig['redis'],
  store: DeliveryStore,
  io: DeliveryIo,
): Promise<BoosterError | undefined> {
  if (redis.delivery === 'wait') return deliverHere(redis, store, io);
  const folder = spoolFolder(store.place.folder, redisTarget(redis));
  const before = readOutage(folder);
  if (before !== undefined && isPaused(before, Date.now())) return outageWarning(redis.url, before.reason);
  if (!hasFlusher(folder, io)) {
    const probe = probeRedis(redis.url);
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
    const fault = probe();
    if (fault !== undefined) return outageWarning(redis.url, noteOutage(folder, fault, Date.now()).reason);
    const request: FlushRequest = { ...store, settings: redis };
    io.startFlusher(JSON.stringify(request));
  }
  return before === undefined ? undefined : outageWarning(redis.url, before.reason);
}

async function deliverHere(
  redis: ResolvedConfig['redis'],
  store: DeliveryStore,
  io: DeliveryIo,
): Promise<BoosterError | undefined> {
  const until = performance.now() + redis.waitMs;
  const { fault } = await flushSpool({
    ...store,
    settings: redis,
    sealer: createSealer(io.env[encryptionVariable]),
    facts: io,
    timeLeftMs: () => Math.max(0, until - performance.now()),
    patienceMs: Math.min(20, redis.waitMs / 4),
  });
  if (fault === undefined) return undefined;
  // a look-up of the host's name that does not end would hold the process
  io.leaveBehind();
  return outageWarning(redis.url, fault.message);
}

/** The reason may be the message of an error, which names the place. */
function outageWarning(url: string, reason: string): BoosterError {
  const place = redactUrls(url);
  const what = reason.replace(`Redis ${place}: `, '');
  return new BoosterError('E_REDIS_UNAVAILABLE', `Redis ${place}: ${what}; records wait in the local store`, { place });
}
