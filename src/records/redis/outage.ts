import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isRecord } from '../is-record.ts';

/** That Redis could not be used when it was last tried, so that a dead one costs each further run nothing. */
export interface Outage {
  /** First failure in a row, in milliseconds since the epoch. */
  readonly since: number;
  /** Not before this is it tried again. */
  readonly retryAt: number;
  readonly failures: number;
  /** In words, without secrets. */
  readonly reason: string;
}

const firstPauseMs = 5000;
const longestPauseMs = 300_000;
const fileName = 'outage.json';

/** The outage that lasts as far as is known; `undefined` when the last attempt went well. */
export function readOutage(folder: string): Outage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(folder, fileName), 'utf8'));
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { since, retryAt, failures, reason } = value;
  const areNumbers = [since, retryAt, failures].every((each) => typeof each === 'number' && Number.isFinite(each));
  if (!areNumbers || typeof reason !== 'string') return undefined;
  return { since: Number(since), retryAt: Number(retryAt), failures: Number(failures), reason: reason.slice(0, 500) };
}

/** Whether it is too early to try again. A clock that was set back must not make it wait longer than the longest pause. */
export function isPaused({ retryAt }: Outage, now: number): boolean {
  return now < retryAt && retryAt - now <= longestPauseMs;
}

/** Each failure in a row doubles the pause, from 5 s to 5 min. Best effort: a note that cannot be written costs one more attempt. */
export function noteOutage(folder: string, reason: string, now: number): Outage {
  const before = readOutage(folder);
  const failures = (before?.failures ?? 0) + 1;
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), longestPauseMs);
  const outage = { since: before?.since ?? now, retryAt: now + pauseMs, failures, reason };
  const path = join(folder, fileName);
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, JSON.stringify(outage), { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
  return outage;
}

export function endOutage(folder: string): void {
  rmSync(join(folder, fileName), { force: true });
}
