import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asBoosterError } from '../../shared/errors.ts';
import type { BoosterError } from '../../shared/errors.ts';
import { claimJournal, readClaim, removeClaim } from '../local/claim-journal.ts';
import { segmentName } from '../local/journal.ts';
import type { JournalLimits } from '../local/prune-journal.ts';
import { journalPaths } from '../local/read-journal.ts';
import { runsJournal } from '../local/runs-journal.ts';
import { limitSpool, spoolFolder } from '../local/spool-journal.ts';
import type { StorePlace } from '../local/store-place.ts';
import { readRecordLine } from '../record-line.ts';
import type { RunRecord } from '../run-record.ts';
import type { Sealer } from '../sealing.ts';
import { abandonedAfterMs, takeFlusherLock } from './flusher-lock.ts';
import type { ProcessFacts } from './flusher-lock.ts';
import { endOutage, noteOutage } from './outage.ts';
import { RedisStore } from './RedisStore.ts';
import { redisTarget } from './redis-target.ts';
import type { RedisSettings } from './redis-target.ts';

export interface FlushOptions {
  readonly place: StorePlace;
  /** Of the runs, which delivered records move to. */
  readonly limits: JournalLimits;
  readonly settings: RedisSettings;
  readonly sealer: Sealer | undefined;
  readonly facts: ProcessFacts;
  /** How many milliseconds connecting, or the next piece of work, may take. */
  readonly timeLeftMs: () => number;
  /** Milliseconds to wait for another process that is about to give way. */
  readonly patienceMs: number;
}

/** `fault`: why the rest still waits. */
export interface FlushOutcome {
  readonly delivered: number;
  readonly fault?: BoosterError;
}

/**
 * Brings all records that wait for a server there, and then to the runs of the local store. One process at a time; where one does it
 * already, there is nothing to do. Killed at any moment, it loses nothing: what it had taken is taken again by the next one,
 * and Redis keeps the first of two with the same id.
 */
export async function flushSpool(options: FlushOptions): Promise<FlushOutcome> {
  const { place, settings, facts, patienceMs } = options;
  const target = redisTarget(settings);
  const folder = spoolFolder(place.folder, target);
  let delivered = 0;
  try {
    let hasTaken = true;
    // Once more when the lock is gone: whoever added a line while it was there saw it, and left the line to this process.
    while (hasTaken && journalPaths(folder).length > 0) {
      const lock = await takeFlusherLock(folder, facts, patienceMs);
      if (lock === undefined) break;
      try {
        const done = await deliverAll(folder, options);
        delivered += done.records;
        hasTaken = done.files > 0;
      } finally {
        rmSync(lock, { force: true });
      }
    }
    return { delivered };
  } catch (error) {
    const fault = asBoosterError(error);
    noteOutage(folder, fault.message, Date.now());
    limitSpool(place, target, options.limits);
    return { delivered, fault };
  }
}

/** @throws BoosterError E_REDIS_UNAVAILABLE, E_STORE_… */
async function deliverAll(
  folder: string,
  options: FlushOptions,
): Promise<{ readonly files: number; readonly records: number }> {
  const { place, limits, settings, sealer, facts, timeLeftMs } = options;
  const runs = runsJournal(place, limits);
  const claimant = { ...facts, abandonedAfterMs };
  let store: RedisStore | undefined;
  const done = { files: 0, records: 0 };
  try {
    for (let path = claimJournal(folder, claimant); path !== undefined; path = claimJournal(folder, claimant)) {
      const lines = readClaim(path);
      const records = recordsOf(lines, sealer);
      try {
        store ??= await RedisStore.open({ settings, sealer, timeLeftMs, onTrouble: () => undefined });
        await store.deliverRuns(records);
      } catch (error) {
        giveBack(path, lines.length);
        throw error;
      }
      if (lines.length > 0) runs.append(lines);
      removeClaim(path);
      done.files += 1;
      done.records += records.length;
    }
    if (done.files > 0) endOutage(folder);
    return done;
  } finally {
    await store?.close();
  }
}

/** Half lines, and those of later versions and other keys, cannot be delivered; they stay in the local store. */
function recordsOf(lines: readonly string[], sealer: Sealer | undefined): RunRecord[] {
  return lines.flatMap((line) => {
    const read = readRecordLine(line, sealer);
    return 'record' in read ? [read.record] : [];
  });
}

function giveBack(path: string, lines: number): void {
  try {
    renameSync(path, join(dirname(path), segmentName(Date.now(), lines)));
  } catch {
    // it is adopted when this process is gone
  }
}
