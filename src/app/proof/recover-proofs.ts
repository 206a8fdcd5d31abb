import { listJournals, readJournal, removeJournal } from '../../files/proof-journal.ts';
import type { JournalContent } from '../../files/proof-journal.ts';
import { readSource } from '../../files/read-source.ts';
import { writeAtomic } from '../../files/write-atomic.ts';
import type { Io } from '../../shared/io.ts';
import { isOwnerAlive, journalsHere } from './refuse-busy.ts';

/** Larger than any file that rewrites are tried in. */
const maximumBytes = 2 ** 30;

export interface RecoveredProofs {
  /** Paths of the files that were put into their first state. */
  readonly restored: readonly string[];
  /** Paths of those that somebody else has changed since, or removed: they are as he left them. */
  readonly changed: readonly string[];
  /** Paths of those that could not be written. Their journal stays. */
  readonly failed: readonly string[];
}

export interface AbandonedProofs {
  /** Journals here whose process is gone: rewrites that nobody judged may be in the files. */
  readonly journals: readonly JournalContent[];
  /** Paths of journals that cannot be read; whose they are is not known. */
  readonly damaged: readonly string[];
}

export function abandonedProofs(folder: string, io: Pick<Io, 'cwd' | 'isProcessAlive'>): AbandonedProofs {
  return {
    journals: journalsHere(folder, io.cwd).filter(({ owner }) => !isOwnerAlive(owner, io)),
    damaged: listJournals(folder).filter((path) => readJournal(path) === 'damaged'),
  };
}

/** Puts the files of such journals into their first state. Several processes may do that at the same time. */
export async function recoverProofs(folder: string, journals: readonly JournalContent[]): Promise<RecoveredProofs> {
  const outcome = { restored: [] as string[], changed: [] as string[], failed: [] as string[] };
  for (const journal of journals) {
    const before = outcome.failed.length;
    for (const file of journal.files) {
      const state = await putBack(file);
      if (state !== 'untouched') outcome[state].push(file.path);
    }
    if (outcome.failed.length === before) removeJournal(folder, journal.path);
  }
  return outcome;
}

type PutBack = keyof RecoveredProofs | 'untouched';

async function putBack({ path, hash, text, versions }: JournalContent['files'][number]): Promise<PutBack> {
  let source: ReturnType<typeof readSource>;
  try {
    source = readSource(path, { maximumBytes });
  } catch {
    return 'changed';
  }
  if (source.hash === hash) return 'untouched';
  if (!versions.has(source.hash)) return 'changed';
  try {
    await writeAtomic(source, text);
    return 'restored';
  } catch {
    // another process may have done it in this very moment
    return isNow(path, hash) ? 'restored' : 'failed';
  }
}

function isNow(path: string, hash: string): boolean {
  try {
    return readSource(path, { maximumBytes }).hash === hash;
  } catch {
    return false;
  }
}
