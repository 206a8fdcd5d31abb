import type { BoosterError } from '../shared/errors.ts';
import type { BoosterHealth, InstanceHealth } from './health.ts';
import type { RecordEvent } from './record-event.ts';
import type { RunRecord } from './run-record.ts';
import type { RunCommand, RunStatus } from './run-words.ts';

/** Which runs are asked for; what is absent does not narrow. */
export interface RunFilter {
  readonly command?: RunCommand;
  readonly status?: RunStatus;
  /** Earliest start, in milliseconds since the epoch. */
  readonly since?: number;
  /** The file as recorded, or the end of its path from a slash on: `a.ts` is also `src/a.ts`. */
  readonly file?: string;
}

/**
 * Called with what the store could not do or found damaged. It is for a warning: no call that saves ever rejects, and no
 * command fails because of it.
 */
export type TroubleListener = (trouble: BoosterError) => void;

/**
 * Where runs are recorded. Calls that save never reject and never wait longer than the store's own deadline; what goes wrong is told
 * to the store's {@link TroubleListener}. Calls that read reject with a BoosterError.
 */
export interface RunStore {
  /** Which store answers. */
  readonly kind: 'local' | 'redis';
  /** Where that is, without secrets: a folder, or a redacted URL. */
  readonly place: string;
  /** Saving a record again changes nothing: records are told apart by their id. */
  saveRuns(records: readonly RunRecord[]): Promise<void>;
  /** Newest first, at most `limit`. */
  queryRuns(filter: RunFilter, limit: number): Promise<readonly RunRecord[]>;
  /** The records whose id begins with this, oldest first, at most `limit`. */
  findRuns(idPrefix: string, limit: number): Promise<readonly RunRecord[]>;
  /** Gives the number of records that are gone. */
  clearRuns(): Promise<number>;
  /** Reaches those who watch at the moment, as far as the store has a channel; nothing is kept. */
  publish(event: RecordEvent): Promise<void>;
  /**
   * What happens from now on, until `signal` aborts. Messages that cannot be read are skipped and told as trouble. A store
   * without a channel tells what it can see: runs that are new.
   * @param onWatching called when nothing that happens from then on is missed
   */
  watch(signal: AbortSignal, onWatching?: () => void): AsyncIterable<RecordEvent>;
  close(): Promise<void>;
}

/** Where the health of pools is kept. Calls that save never reject, those that read do. */
export interface HealthStore {
  /** Takes the place of what was saved under the same id. */
  saveBooster(health: BoosterHealth): Promise<void>;
  saveInstances(instances: readonly InstanceHealth[]): Promise<void>;
  removeInstances(ids: readonly string[]): Promise<void>;
  /** Also those whose heartbeat has stopped, until they expire. */
  boosters(): Promise<readonly BoosterHealth[]>;
  instances(): Promise<readonly InstanceHealth[]>;
}

export type RecordStore = RunStore & HealthStore;
