import { parseRunRecord, startsLikeRecord } from './run-record.ts';
import type { ReadRecord, RunRecord } from './run-record.ts';
import { sealedEnd, sealedPrefix } from './sealing.ts';
import type { Sealer } from './sealing.ts';

/** What records are sealed for, in files and in Redis alike, as they move from the ones to the other. */
const place = 'record';

/** `foreign`: sealed with a key that is not given. */
export type ReadLine = ReadRecord | { readonly fault: 'foreign' };

/** A record as one line; sealed when there is a key. */
export function recordLine(record: RunRecord, sealer: Sealer | undefined): string {
  const text = JSON.stringify(record);
  return sealer?.seal(text, place) ?? text;
}

/** Reads a line strictly, sealed or not. */
export function readRecordLine(line: string, sealer: Sealer | undefined): ReadLine {
  if (!line.startsWith(sealedPrefix)) return parseRunRecord(line);
  if (line.endsWith(sealedEnd) && sealer?.knows(line) !== true) return { fault: 'foreign' };
  const text = sealer?.open(line, place);
  return text === undefined ? { fault: 'invalid' } : parseRunRecord(text);
}

/** Whether an unreadable line is what is left of one when its writer was killed, or the disk was full. */
export function isTornLine(line: string): boolean {
  if (startsLikeRecord(line)) return !line.endsWith('}');
  const isSealed = line.length < sealedPrefix.length ? sealedPrefix.startsWith(line) : line.startsWith(sealedPrefix);
  return isSealed && !line.endsWith(sealedEnd);
}
