import { randomBytes } from 'node:crypto';

const timeDigits = 9;
const randomDigits = 6;

/**
 * A new id for a run: the time in base 36, so that ids sort by it, and 31 random bits behind it, so that no two hosts or processes make the
 * same one.
 * @param at milliseconds since the epoch
 */
export function newRunId(at: number): string {
  const random = randomBytes(4).readUInt32BE() >>> 1;
  return at.toString(36).padStart(timeDigits, '0') + random.toString(36).padStart(randomDigits, '0');
}

/** Id of the record of a run's file; `index` counts from 0. */
export function recordId(runId: string, index: number): string {
  return index === 0 ? runId : `${runId}.${String(index + 1)}`;
}
