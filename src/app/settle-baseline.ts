import { resolve } from 'node:path';
import { isThere } from '../files/is-there.ts';
import { readSuppressions, writeSuppressions } from '../files/suppression-file.ts';
import type { AnalyzedFile } from './analyzed-file.ts';
import type { BaselineOutcome } from './baseline.ts';
import { applyBaseline, pruneBaseline, suppressAll } from './baseline.ts';

export interface BaselinePlan {
  /** Absolute path of the baseline; it need not be there. */
  readonly path: string;
  readonly cwd: string;
  readonly change: 'suppress-all' | 'prune' | undefined;
}

/**
 * Reads the baseline, changes it if that is asked for, and leaves out what it knows.
 * @throws BoosterError E_SUPPRESSIONS_INVALID, E_FILE_NOT_READABLE, E_FILE_NOT_WRITABLE
 */
export async function settleBaseline(
  files: readonly AnalyzedFile[],
  { path, cwd, change }: BaselinePlan,
): Promise<BaselineOutcome> {
  const before = await readSuppressions(path);
  let table = before;
  if (change === 'suppress-all') table = suppressAll(files, before ?? new Map());
  else if (change === 'prune' && before !== undefined) {
    table = pruneBaseline(files, before, (name) => isThere(resolve(cwd, name)));
  }
  if (table === undefined) return { files, suppressed: 0, stale: 0 };
  if (table !== before) await writeSuppressions(path, table);
  return applyBaseline(files, table);
}
