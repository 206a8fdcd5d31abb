import { join } from 'node:path';
import { Journal } from './journal.ts';
import { pruneJournal } from './prune-journal.ts';
import type { JournalLimits } from './prune-journal.ts';
import type { StorePlace } from './store-place.ts';

/** Folder of the records that are here to stay. */
export const runsName = 'runs';

/** The journal of the runs of this machine, which keeps itself within its limits. */
export function runsJournal(place: StorePlace, limits: JournalLimits): Journal {
  return new Journal(place, runsName, () => {
    pruneJournal(join(place.folder, runsName), limits, Date.now());
  });
}
