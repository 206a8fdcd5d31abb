import { Option } from 'commander';
import type { ResolveOptions } from '../config/resolve-config.ts';

/** Options of every command whose runs are recorded, as they stand on the command line. */
export interface RecordFlags {
  /** `false` with --no-record. */
  readonly record: boolean;
  readonly store?: string;
}

export function recordOptions(): Option[] {
  return [
    new Option('--no-record', 'do not record this run (see booster runs)'),
    new Option('--store <folder>', 'record it in this folder'),
  ];
}

export function recordSettings({ record, store }: RecordFlags): NonNullable<ResolveOptions['flags']> {
  return { 'records.keep': record ? undefined : 'never', 'records.store': store };
}
