import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDamagedName, parseSegmentName } from './journal.ts';

/** How much is kept. */
export interface JournalLimits {
  /** Records; up to one full file more than that stays. */
  readonly maximumRecords: number;
  readonly maximumAgeMs: number;
}

/**
 * Deletes the oldest full files of a journal that are beyond its limits, and what was moved aside long ago. What cannot be deleted now
 * is tried again with the next full file.
 * @param now milliseconds since the epoch
 */
export function pruneJournal(folder: string, { maximumRecords, maximumAgeMs }: JournalLimits, now: number): void {
  const names = readdirSync(folder);
  const segments = names.flatMap((name) => {
    const facts = parseSegmentName(name);
    return facts === undefined ? [] : [{ name, ...facts }];
  });
  segments.sort((a, b) => b.endedAt - a.endedAt);
  let kept = 0;
  for (const { name, endedAt, lines } of segments) {
    if (kept >= maximumRecords || now - endedAt > maximumAgeMs) remove(join(folder, name));
    else kept += lines;
  }
  for (const name of names) {
    if (isDamagedName(name) && now - changedAt(join(folder, name), now) > maximumAgeMs) remove(join(folder, name));
  }
}

function changedAt(path: string, otherwise: number): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? otherwise;
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // another user's, or a disk that has become read-only
  }
}
