import { readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../../shared/system-fault.ts';
import { claimName, isJournalName, openName, parseClaimName, parseSegmentName } from './journal.ts';
import { storeProblem } from './store-problem.ts';

export interface Claimant {
  readonly processId: number;
  readonly isProcessAlive: (processId: number) => boolean;
  /** Milliseconds after which a claim counts as abandoned although its process seems to live: numbers are used again. */
  readonly abandonedAfterMs: number;
}

/**
 * Takes one file of a journal away by renaming it, so that no other process takes it, too: the oldest full one, what a dead process had
 * taken, or the open one. Whoever has delivered its lines removes it.
 * @returns its path, `undefined` when there is nothing to take
 * @throws BoosterError E_STORE_READ
 */
export function claimJournal(folder: string, claimant: Claimant): string | undefined {
  const now = Date.now();
  const names = namesIn(folder).filter((name) => isJournalName(name) && isFree(name, claimant, now));
  // the open file last: all others are older
  const inOrder = names.sort((a, b) => Number(a === openName) - Number(b === openName) || timeOf(a) - timeOf(b));
  for (const name of inOrder) {
    const claimed = join(folder, claimName(now, claimant.processId));
    try {
      renameSync(join(folder, name), claimed);
      return claimed;
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw storeProblem(error, join(folder, name), 'E_STORE_READ');
    }
  }
  return undefined;
}

/** @throws BoosterError E_STORE_READ */
export function readClaim(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    throw storeProblem(error, path, 'E_STORE_READ');
  }
}

/** @throws BoosterError E_STORE_WRITE */
export function removeClaim(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw storeProblem(error, path, 'E_STORE_WRITE');
  }
}

function isFree(name: string, { processId, isProcessAlive, abandonedAfterMs }: Claimant, now: number): boolean {
  const claim = parseClaimName(name);
  if (claim === undefined) return true;
  if (claim.processId !== processId && !isProcessAlive(claim.processId)) return true;
  return now - claim.claimedAt > abandonedAfterMs;
}

function timeOf(name: string): number {
  return parseSegmentName(name)?.endedAt ?? parseClaimName(name)?.claimedAt ?? 0;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw storeProblem(error, folder, 'E_STORE_READ');
  }
}
