import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../../shared/system-fault.ts';
import { openName } from './journal.ts';
import { journalPaths } from './read-journal.ts';
import { runsName } from './runs-journal.ts';
import { storeProblem } from './store-problem.ts';

/** Folder of the records that are on their way to another store: one folder for each. */
export const spoolName = 'spool';

/**
 * Calls `visit` with every file of the store that holds records, in the order in which records move on: from a spool to the runs, and
 * from the open file to one with a name of its own. Files are listed only when those before them have been visited, so that no
 * record slips through; some are met twice.
 * @throws BoosterError E_STORE_READ
 */
export function visitJournals(folder: string, visit: (path: string) => void): void {
  const spools = spoolFolders(join(folder, spoolName));
  for (const journal of [...spools, join(folder, runsName)]) {
    const open = join(journal, openName);
    visit(open);
    for (const path of journalPaths(journal)) if (path !== open) visit(path);
  }
}

/** Folders of all spools. */
export function spoolFolders(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw storeProblem(error, folder, 'E_STORE_READ');
  }
}
