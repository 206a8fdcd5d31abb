import { closeSync, openSync, readdirSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Who a process is, and how it learns whether another one lives. */
export interface ProcessFacts {
  readonly processId: number;
  readonly isProcessAlive: (processId: number) => boolean;
}

/** Milliseconds after which a lock counts as left behind although its process seems to live: numbers are used again. */
export const abandonedAfterMs = 60_000;

const pollMs = 20;
const lockName = /^flusher-(\d{1,16})-(\d{1,10})-[\da-f]{8}$/;

/** Whether a process brings the lines of a spool away at the moment. */
export function hasFlusher(folder: string, facts: ProcessFacts): boolean {
  return liveLocks(folder, facts).length > 0;
}

/**
 * Takes the right to bring the lines of a spool away, or says that somebody has it (`undefined`). Release it by removing the file.
 *
 * Each taker makes a lock of its own name, and looks for those of others afterwards. Of two that see each other, the one whose name
 * sorts later gives up, and the other one waits until that has happened, or until the other one, who was there first, is done. A lock
 * that was left behind is removed by its name, which never hits a successor.
 *
 * @param patienceMs how long to wait for one who was there first
 */
export async function takeFlusherLock(
  folder: string,
  facts: ProcessFacts,
  patienceMs: number,
): Promise<string | undefined> {
  const own = `flusher-${Date.now()}-${facts.processId}-${randomBytes(4).toString('hex')}`;
  const path = join(folder, own);
  closeSync(openSync(path, 'wx', 0o600));
  const until = Date.now() + patienceMs;
  for (;;) {
    const others = liveLocks(folder, facts).filter((name) => name !== own);
    if (others.length === 0) return path;
    if (others.some((name) => name < own) || Date.now() >= until) {
      rmSync(path, { force: true });
      return undefined;
    }
    await setTimeout(pollMs);
  }
}

/** Names of the locks whose processes live; the others are removed. */
function liveLocks(folder: string, { isProcessAlive }: ProcessFacts): string[] {
  return readNames(folder).filter((name) => {
    const [, takenAt, processId] = lockName.exec(name) ?? [];
    if (takenAt === undefined || processId === undefined) return false;
    if (Date.now() - Number(takenAt) < abandonedAfterMs && isProcessAlive(Number(processId))) return true;
    rmSync(join(folder, name), { force: true });
    return false;
  });
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // not made yet
    return [];
  }
}
