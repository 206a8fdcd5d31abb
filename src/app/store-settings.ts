import { dirname, resolve } from 'node:path';
import type { Resolution } from '../config/resolve-config.ts';
import type { JournalLimits } from '../records/local/prune-journal.ts';
import { storePlace } from '../records/local/store-place.ts';
import type { StorePlace } from '../records/local/store-place.ts';
import type { Io } from '../shared/io.ts';

export type StoreIo = Pick<Io, 'env' | 'cwd' | 'platform' | 'userId'>;

/** Where the local store is; `undefined` when the environment names no place. What a file says is relative to that file. */
export function configuredPlace({ config, origins, file }: Resolution, io: StoreIo): StorePlace | undefined {
  const { store } = config.records;
  const isFromFile = store !== '' && file !== undefined && origins['records.store'].startsWith('file');
  return storePlace(io, isFromFile ? resolve(dirname(file.path), store) : store);
}

export function configuredLimits({ config: { records } }: Resolution): JournalLimits {
  return { maximumRecords: records.maximum, maximumAgeMs: records.maximumAgeDays * 86_400_000 };
}
