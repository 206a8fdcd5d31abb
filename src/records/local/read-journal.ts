import { closeSync, constants, fstatSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BoosterError } from '../../shared/errors.ts';
import { systemCode } from '../../shared/system-fault.ts';
import { parseRunRecord, startsLikeRecord } from '../run-record.ts';
import type { RunRecord } from '../run-record.ts';
import { isJournalName } from './journal.ts';
import { storeProblem } from './store-problem.ts';

/** What a file of a journal holds. */
export interface JournalFile {
  readonly path: string;
  readonly records: readonly RunRecord[];
  /** It holds something that no booster has written. Half lines of killed writers do not count. */
  readonly isDamaged: boolean;
}

/** Larger files were not written by booster, and would not fit into a string. */
const largestBytes = 256_000_000;

/** Not a link, and never a wait for the writer of a FIFO. */
const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Paths of the files of a journal, the ones that others have claimed included; none when there is no such folder.
 * @throws BoosterError E_STORE_READ
 */
export function journalPaths(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(isJournalName)
      .map((name) => join(folder, name));
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw storeProblem(error, folder, 'E_STORE_READ');
  }
}

/**
 * Reads a file of a journal; `undefined` when it has been taken away.
 * @throws BoosterError E_STORE_READ
 */
export function readJournalFile(path: string): JournalFile | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  const records: RunRecord[] = [];
  let isDamaged = text === 'no text';
  for (const line of isDamaged ? [] : text.split('\n')) {
    if (line === '') continue;
    const read = parseRunRecord(line);
    if ('record' in read) records.push(read.record);
    else if (read.fault === 'invalid' && !isTorn(line)) isDamaged = true;
  }
  return { path, records, isDamaged };
}

/** What is left of a line when its writer was killed, or the disk was full. */
function isTorn(line: string): boolean {
  return startsLikeRecord(line) && !line.endsWith('}');
}

function readText(path: string): string | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, readFlags);
    const stats = fstatSync(descriptor);
    if (!stats.isFile() || stats.size > largestBytes) return 'no text';
    return readFileSync(descriptor, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'EISDIR' || code === 'ELOOP' || code === 'ENXIO') return 'no text';
    throw storeProblem(error, path, 'E_STORE_READ');
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** What a person is told about a damaged file. */
export function damageFound(path: string, movedTo: string): BoosterError {
  const message = `${path}: holds something that is no record; moved to ${movedTo}`;
  return new BoosterError('E_STORE_DAMAGED', message, { path, movedTo });
}
