import { mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Journal, parseSegmentName } from './journal.ts';
import { pruneJournal } from './prune-journal.ts';
import type { JournalLimits } from './prune-journal.ts';
import { journalPaths } from './read-journal.ts';
import { runsName } from './runs-journal.ts';
import { spoolName } from './store-journals.ts';
import type { StorePlace } from './store-place.ts';

/** What waits for longer, or beyond this size, stays in the local store only. */
const mostWaitMs = 7 * 24 * 3_600_000;
const mostWaitingBytes = 16_000_000;

/** Folder of the records that wait for a place. */
export function spoolFolder(storeFolder: string, target: string): string {
  return join(storeFolder, spoolName, target);
}

/** The journal of the records that wait for a place, which keeps itself within its limits however long that place is gone. */
export function spoolJournal(place: StorePlace, target: string, limits: JournalLimits): Journal {
  return new Journal(place, `${spoolName}/${target}`, () => {
    limitSpool(place, target, limits);
  });
}

/** Moves the oldest full files of a spool that has grown too large to the runs, whose own limits then hold for them. */
export function limitSpool({ folder }: StorePlace, target: string, limits: JournalLimits): void {
  const now = Date.now();
  const runsFolder = join(folder, runsName);
  const files = journalPaths(spoolFolder(folder, target)).flatMap((path) => {
    const segment = parseSegmentName(basename(path));
    return segment === undefined ? [] : [{ path, endedAt: segment.endedAt, bytes: sizeOf(path) }];
  });
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  let hasMoved = false;
  for (const file of files.sort((a, b) => a.endedAt - b.endedAt)) {
    if (bytes <= mostWaitingBytes && now - file.endedAt <= mostWaitMs) break;
    bytes -= file.bytes;
    try {
      mkdirSync(runsFolder, { recursive: true, mode: 0o700 });
      renameSync(file.path, join(runsFolder, basename(file.path)));
      hasMoved = true;
    } catch {
      // somebody else has taken it
    }
  }
  if (hasMoved) pruneJournal(runsFolder, limits, now);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
