import { isAbsolute, relative, sep } from 'node:path';
import { processStamp } from '../../files/process-stamp.ts';
import { listJournals, readJournal } from '../../files/proof-journal.ts';
import type { JournalContent, JournalOwner } from '../../files/proof-journal.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { Io } from '../../shared/io.ts';

/** Journals of the folder that concern files in, or around, the working folder; those that cannot be read are left out. */
export function journalsHere(folder: string, cwd: string): JournalContent[] {
  return listJournals(folder)
    .map(readJournal)
    .filter((journal) => journal !== undefined && journal !== 'damaged')
    .filter(({ owner, files }) => isNear(owner.cwd, cwd) || files.some(({ path }) => isInside(cwd, path)));
}

/** Whether the process that a journal belongs to is still at work. */
export function isOwnerAlive({ processId, stamp }: JournalOwner, io: Pick<Io, 'isProcessAlive'>): boolean {
  if (!io.isProcessAlive(processId)) return false;
  const now = processStamp(processId);
  return stamp === '' || now === '' || stamp === now;
}

/** @throws BoosterError E_PROOF_BUSY when another process tries rewrites here */
export function refuseBusy(folder: string, io: Pick<Io, 'cwd' | 'isProcessAlive'>): void {
  const busy = journalsHere(folder, io.cwd).find(({ owner }) => isOwnerAlive(owner, io));
  if (busy === undefined) return;
  const { processId, cwd } = busy.owner;
  const message = `process ${String(processId)} tries rewrites in ${cwd}`;
  throw new BoosterError('E_PROOF_BUSY', message, { processId, cwd });
}

function isNear(one: string, other: string): boolean {
  return one === other || isInside(one, other) || isInside(other, one);
}

function isInside(folder: string, path: string): boolean {
  const name = relative(folder, path);
  return name !== '' && name !== '..' && !name.startsWith(`..${sep}`) && !isAbsolute(name);
}
