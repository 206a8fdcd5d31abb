import { closeSync, constants, fstatSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BoosterError } from '../../shared/errors.ts';
import { systemCode } from '../../shared/system-fault.ts';
import { isTornLine, readRecordLine } from '../record-line.ts';
import type { RunRecord } from '../run-record.ts';
import type { Sealer } from '../sealing.ts';
import { isJournalName } from './journal.ts';
import { storeProblem } from './store-problem.ts';

/** What a file of a journal holds. */
export interface JournalFile {
  readonly path: string;
  readonly records: readonly RunRecord[];
  /** The lines that are worth keeping: those of the records, of later versions of booster, and those sealed with another key. */
  readonly lines: readonly string[];
  /** Those of them that are sealed with a key that is not given. */
  readonly foreign: readonly string[];
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
export function readJournalFile(path: string, sealer: Sealer | undefined): JournalFile | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  const records: RunRecord[] = [];
  const lines: string[] = [];
  const foreign: string[] = [];
  let isDamaged = text === 'no text';
  for (const line of isDamaged ? [] : text.split('\n')) {
    if (line === '') continue;
    const read = readRecordLine(line, sealer);
    if ('record' in read) records.push(read.record);
    else if (read.fault === 'foreign') foreign.push(line);
    else if (read.fault === 'invalid' && !isTornLine(line)) isDamaged = true;
    if (!('fault' in read) || read.fault !== 'invalid') lines.push(line);
  }
  return { path, records, lines, foreign, isDamaged };
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
