import type { MergedRows } from './merged-rows.ts';

const known = new WeakMap<MergedRows, ReadonlySet<number>>();

/** Lines of the file (from 0) that stay. */
export function keptLines(merged: MergedRows): ReadonlySet<number> {
  const kept = known.get(merged) ?? new Set(merged.rows.map(({ origin }) => origin));
  known.set(merged, kept);
  return kept;
}
