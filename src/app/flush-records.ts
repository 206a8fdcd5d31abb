import type { JournalLimits } from '../records/local/prune-journal.ts';
import type { StorePlace } from '../records/local/store-place.ts';
import { flushSpool } from '../records/redis/flush-spool.ts';
import type { RedisSettings } from '../records/redis/redis-target.ts';
import { createSealer } from '../records/sealing.ts';
import { encryptionVariable } from '../shared/encryption-keys.ts';
import type { Io } from '../shared/io.ts';

/** What the process in the background is told, as JSON. */
export interface FlushRequest {
  readonly place: StorePlace;
  readonly limits: JournalLimits;
  readonly settings: RedisSettings;
}

/** Milliseconds that connecting and each batch may take; nobody waits for this process. */
const workMs = 2000;

/**
 * The program in `dist/flush.cjs`: brings the records of a spool to Redis and ends. That it ends in any case is up to who starts it
 * (`bin/flush-records.cjs`).
 */
export async function flushRecords(
  request: string,
  io: Pick<Io, 'env' | 'processId' | 'isProcessAlive'>,
): Promise<void> {
  // it comes from the process that started this one, and is of the same build
  const { place, limits, settings } = JSON.parse(request) as FlushRequest;
  const sealer = createSealer(io.env[encryptionVariable]);
  await flushSpool({ place, limits, settings, sealer, facts: io, timeLeftMs: () => workMs, patienceMs: workMs });
}
