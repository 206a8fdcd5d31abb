import { Option } from 'commander';
import type { ResolveOptions } from '../config/resolve-config.ts';

/** Options of every command whose runs are recorded, as they stand on the command line. */
export interface RecordFlags {
  /** `false` with --no-record. */
  readonly record: boolean;
  readonly store?: string;
  readonly redis?: string;
  readonly waitRedis?: true;
}

export function recordOptions(): Option[] {
  return [
    new Option('--no-record', 'do not record this run (see booster runs)'),
    new Option('--store <folder>', 'record it in this folder'),
    new Option('--redis <url>', 'bring the record to this Redis server, too'),
    new Option('--wait-redis', 'do so before the command ends, for 150 ms at most'),
  ];
}

export function recordSettings(flags: RecordFlags): NonNullable<ResolveOptions['flags']> {
  const { record, store, redis, waitRedis } = flags;
  return {
    'records.keep': record ? undefined : 'never',
    'records.store': store,
    'redis.url': redis,
    'redis.delivery': waitRedis && 'wait',
  };
}

/** Options of commands whose results are kept for the same input. */
export interface CacheFlags {
  /** `false` with --no-cache. */
  readonly cache: boolean;
}

export function cacheOption(): Option {
  return new Option('--no-cache', 'neither take results from the cache nor keep them there');
}

export function cacheSettings({ cache }: CacheFlags): NonNullable<ResolveOptions['flags']> {
  return { 'cache.use': cache ? undefined : 'never' };
}
