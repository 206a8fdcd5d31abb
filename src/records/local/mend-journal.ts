import { renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { BoosterError } from '../../shared/errors.ts';
import { systemCode } from '../../shared/system-fault.ts';
import type { Sealer } from '../sealing.ts';
import { randomName, segmentName } from './journal.ts';
import { damageFound, readJournalFile } from './read-journal.ts';
import type { JournalFile } from './read-journal.ts';

/**
 * Moves a damaged file aside and keeps its records in a file of their own. The copy comes first: whoever is killed in between
 * leaves some records twice, which readers do not mind, and none lost.
 * @returns what to tell; `undefined` when another process was quicker
 */
export function mendJournalFile({ path, lines }: JournalFile, sealer: Sealer | undefined): BoosterError | undefined {
  const folder = dirname(path);
  const aside = join(folder, `damaged-${basename(path)}-${randomName()}`);
  keep(folder, lines);
  try {
    renameSync(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const known = new Set(lines);
  // what writers have added since it was read
  keep(folder, readJournalFile(aside, sealer)?.lines.filter((line) => !known.has(line)) ?? []);
  return damageFound(path, aside);
}

function keep(folder: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const temporary = join(folder, `.${randomName()}.tmp`);
  writeFileSync(temporary, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, join(folder, segmentName(Date.now(), lines.length)));
}
