import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../shared/system-fault.ts';
import { isSideFile, sideFile } from './side-file.ts';

/** Between taking and releasing lie one read and one rename, under a millisecond; a lock this old has lost its holder. */
export const staleAfterMs = 2_000;

/** The right to replace one version of a file, and how many abandoned claims on it were overruled on the way. */
export interface PublishLock {
  readonly target: string;
  readonly version: string;
  readonly generation: number;
  /** Paths of the lock files that are the holder's. */
  readonly own: readonly string[];
}

/** What {@link takePublishLock} says when another process is publishing: how old its claim is. */
export interface Busy {
  readonly busyForMs: number;
  /** A claim that is old all the same says something that is none of ours, so it cannot be overruled safely. */
  readonly lockPath: string;
}

/**
 * Takes the right to replace the version of `target` whose hash is `version`, or says that it is taken.
 *
 * Why a lock at all: "compare the hash, then rename" are two steps, and no portable call does both. The lock is a file
 * created exclusively, which works on every file system, unlike `link` or advisory locks. It is per version, so a
 * finished write makes every other claim on that version void without any hand-over.
 *
 * Why generations: deleting a stale lock and creating it anew lets two takers delete one another's fresh lock. Instead a
 * stale lock stays where it is, and the one who creates the next generation exclusively is the holder.
 *
 * Why the lock names the holder's temp file: a holder that was only stopped, not killed, may wake up after it was
 * overruled. Its temp file is removed first, so its rename fails instead of overwriting the newer text.
 *
 * Why a look back and a look ahead: a process that was killed or stopped between creating its lock and naming itself
 * leaves an empty one. Who overrules that first creates the next generation and then reads the old lock once more; who
 * names himself then looks for a next generation. Whichever of the two comes second sees the other.
 *
 * @param temp the caller's finished temp file
 * @param now the file system's time in ms (see `removeLeftovers`)
 */
export function takePublishLock(target: string, version: string, temp: string, now: number): PublishLock | Busy {
  const own: string[] = [];
  const nameless: string[] = [];
  for (let generation = 0; ; generation += 1) {
    const path = lockPath(target, version, generation);
    if (createLock(path, basename(temp))) {
      own.push(path);
      if (existsSync(lockPath(target, version, generation + 1))) continue;
      if (!nameless.some((lock) => disarm(lock) === 'strange')) return { target, version, generation, own };
      return busy(path, 0, own);
    }
    const age = ageOf(path, now);
    if (age === undefined) return busy(path, 0, own); // released this very moment: the caller tries again
    const state = age < staleAfterMs ? 'strange' : disarm(path);
    if (state === 'strange') return busy(path, age, own);
    if (state === 'nameless') nameless.push(path);
  }
}

/** Gives back what was taken on the way: who creates one of these looks for a higher generation as well. */
function busy(path: string, busyForMs: number, own: readonly string[]): Busy {
  own.forEach(removeLock);
  return { busyForMs, lockPath: path };
}

/**
 * Gives the right back. After a successful rename (`published`) the claims that it overruled are void as well. Never
 * fails, as the write is done by then: a lock that cannot be removed goes stale.
 */
export function releasePublishLock({ target, version, generation, own }: PublishLock, published: boolean): void {
  own.forEach(removeLock);
  if (!published) return;
  for (let each = 0; each < generation; each += 1) removeLock(lockPath(target, version, each));
}

function removeLock(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // it goes stale
  }
}

function lockPath(target: string, version: string, generation: number): string {
  return sideFile(target, 'lock', `${version.slice(0, 16)}-${generation}`);
}

function createLock(path: string, holder: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(descriptor, holder);
    return true;
  } catch (error) {
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function ageOf(path: string, now: number): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? undefined : now - stats.mtimeMs;
}

/**
 * Removes the temp file of a stale lock's holder. `nameless`: the lock does not say yet whose it is; `strange`: it cannot be
 * read, or says something that is none of ours.
 */
function disarm(path: string): 'disarmed' | 'nameless' | 'strange' {
  let holder: string;
  try {
    holder = readFileSync(path, 'utf8');
  } catch (error) {
    // given back meanwhile, so that its holder has nothing more to rename
    return systemCode(error) === 'ENOENT' ? 'disarmed' : 'strange';
  }
  if (holder === '') return 'nameless';
  // The name comes from disk: it must be one of ours and nothing that leads elsewhere.
  if (!isSideFile(holder, 'temp') || holder !== basename(holder)) return 'strange';
  rmSync(join(dirname(path), holder), { force: true });
  return 'disarmed';
}
