import type { Resolution } from '../config/resolve-config.ts';
import type { JournalLimits } from '../records/local/prune-journal.ts';
import { storePlace } from '../records/local/store-place.ts';
import type { StorePlace } from '../records/local/store-place.ts';
import type { Io } from '../shared/io.ts';

export type StoreIo = Pick<Io, 'env' | 'cwd' | 'platform' | 'userId'>;

/** Where the local store is; `undefined` when the environment names no place. */
export function configuredPlace({ config: { records } }: Resolution, io: StoreIo): StorePlace | undefined {
  return storePlace(io, records.store);
}

export function configuredLimits({ config: { records } }: Resolution): JournalLimits {
  return { maximumRecords: records.maximum, maximumAgeMs: records.maximumAgeDays * 86_400_000 };
}
