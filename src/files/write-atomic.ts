import { randomBytes } from 'node:crypto';
import { accessSync, constants, promises as fs, realpathSync, renameSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BoosterError } from '../shared/errors.ts';
import { fileProblem, systemCode } from './file-problem.ts';
import { releasePublishLock, staleAfterMs, takePublishLock } from './publish-lock.ts';
import { hashOf, readBytes } from './read-source.ts';
import type { SourceFile } from './read-source.ts';
import { removeLeftovers, sideFile } from './side-file.ts';

export interface WriteOptions {
  /** Aborted before the rename: the file stays as it is and the call fails with `E_TASK_ABORTED`. */
  readonly signal?: AbortSignal;
}

const pollMs = 5;
/** Long enough to outlast a stale lock. A lock that is older still cannot be overruled: waiting would not help. */
const patienceMs = 5 * staleAfterMs;

/** Folders whose leftovers this process has removed: once per folder, as reading a large folder for every file would not scale. */
const tidiedFolders = new Set<string>();

/**
 * Replaces the text of a file by `newText` (without byte order mark; the file's own is put back), or changes nothing.
 *
 * - The file on disk must still be what {@link SourceFile.hash} says. This is checked directly before the rename, under a
 *   lock that all booster processes honour (see `takePublishLock`), so of two writers one gets `E_FILE_CHANGED`.
 * - Readers see the old or the new file, never a part, even when this process is killed or the machine loses power: the
 *   text goes to a temp file in the same folder, is synced, and then renamed.
 * - A symbolic link stays a link; the file it leads to is replaced. Permission bits are kept. Owner and group are kept
 *   where the system allows it (root); else the file belongs to the caller, without set-id bits and without giving the
 *   new group more than everybody had.
 * - The file is a new one: other hard links go on showing the old text, and access lists and extended attributes are not
 *   copied.
 *
 * @throws BoosterError `E_FILE_CHANGED` (changed or deleted meanwhile, or locked for longer than 10 s),
 * `E_FILE_NOT_WRITABLE`, `E_TASK_ABORTED`. The file is then as it was before and no temp file is left.
 */
export async function writeAtomic(source: SourceFile, newText: string, options: WriteOptions = {}): Promise<void> {
  if (newText === source.text) return;
  refuseLoneSurrogate(newText, source.path);
  const target = targetOf(source);
  try {
    refuseAborted(source, options);
    const stats = await writableStats(target, source);
    const temp = sideFile(target, 'temp', randomBytes(8).toString('hex'));
    try {
      const now = await writeTemp(temp, (source.bom ? '\ufeff' : '') + newText, stats);
      await publish(source, target, temp, now, options);
      await syncFolder(dirname(target));
      await tidy(dirname(target), now);
    } finally {
      await fs.rm(temp, { force: true }).catch(() => undefined);
    }
  } catch (error) {
    throw fileProblem(error, source.path, 'write');
  }
}

function targetOf(source: SourceFile): string {
  try {
    return realpathSync(source.path);
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? changed(source, 'was deleted') : fileProblem(error, source.path, 'write');
  }
}

/** A lone surrogate has no UTF-8 form; Node would write U+FFFD in its place. */
function refuseLoneSurrogate(text: string, path: string): void {
  const match = /\p{Surrogate}/u.exec(text);
  if (match === null) return;
  const message = `${path}: the new text holds half of a surrogate pair at index ${match.index}, which no UTF-8 file can hold`;
  throw new BoosterError('E_FILE_NOT_WRITABLE', message, { path, index: match.index });
}

/** Refuses a file marked read-only although its folder would allow the rename: the mark is the owner's word. */
async function writableStats(target: string, source: SourceFile): Promise<Stats> {
  const stats = await fs.stat(target);
  if (!stats.isFile()) throw changed(source, 'is no longer a file');
  if ((stats.mode & 0o222) === 0)
    throw new BoosterError('E_FILE_NOT_WRITABLE', `${source.path}: is read-only`, { path: source.path });
  accessSync(target, constants.W_OK);
  return stats;
}

/** Writes and syncs the temp file; returns the file system's time, in ms. */
async function writeTemp(temp: string, text: string, like: Stats): Promise<number> {
  const handle = await fs.open(temp, 'wx', 0o600);
  try {
    await handle.writeFile(text, 'utf8');
    const own = await handle.stat();
    await handle.chmod(await keepOwner(handle, own, like));
    await handle.sync();
    return own.mtimeMs;
  } finally {
    await handle.close();
  }
}

/** Gives the new file the old owner and group as far as allowed; returns the permission bits that are then right. */
async function keepOwner(handle: fs.FileHandle, own: Stats, like: Stats): Promise<number> {
  const mode = like.mode & 0o7777;
  if (own.uid === like.uid && own.gid === like.gid) return mode;
  if (await succeeds(handle.chown(like.uid, like.gid))) return mode;
  const keptGroup = own.gid === like.gid || (await succeeds(handle.chown(own.uid, like.gid)));
  const group = (mode >> 3) & 7;
  const others = mode & 7;
  return (mode & 0o700) | ((keptGroup ? group : group & others) << 3) | others;
}

async function succeeds(attempt: Promise<void>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}

/** Waits for its turn, then compares and renames in one synchronous stretch that no signal handler of this process can cut. */
async function publish(
  source: SourceFile,
  target: string,
  temp: string,
  now: number,
  options: WriteOptions,
): Promise<void> {
  const started = performance.now();
  for (;;) {
    refuseAborted(source, options);
    const waited = performance.now() - started;
    const lock = takePublishLock(target, source.hash, temp, now + waited);
    if ('generation' in lock) {
      let published = false;
      try {
        refuseChanged(source, target);
        renameTemp(source, temp, target);
        published = true;
      } finally {
        releasePublishLock(lock, published);
      }
      return;
    }
    refuseChanged(source, target);
    if (Math.max(waited, lock.busyForMs) > patienceMs) {
      throw changed(source, `is being written by another process (if none is running, delete ${lock.lockPath})`);
    }
    await delay(pollMs);
  }
}

/** A temp file that is gone was removed by a process that found our lock stale: it has written, or is about to. */
function renameTemp(source: SourceFile, temp: string, target: string): void {
  try {
    renameSync(temp, target);
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? changed(source, 'was taken over by another process', error) : error;
  }
}

function refuseChanged(source: SourceFile, target: string): void {
  let hash: string;
  try {
    hash = hashOf(readBytes(target, source.bytes).bytes);
  } catch (error) {
    throw changed(source, 'was changed, deleted or locked by somebody else', error);
  }
  if (hash !== source.hash) throw changed(source, 'was changed by somebody else');
}

function changed(source: SourceFile, what: string, cause?: unknown): BoosterError {
  return new BoosterError(
    'E_FILE_CHANGED',
    `${source.path}: ${what} since it was read; nothing was written`,
    { path: source.path },
    cause,
  );
}

function refuseAborted({ path }: SourceFile, { signal }: WriteOptions): void {
  if (signal?.aborted === true)
    throw new BoosterError('E_TASK_ABORTED', `${path}: interrupted; nothing was written`, { path });
}

/** Makes the rename itself durable. Some systems cannot sync a folder; the file is whole either way. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await fs.open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

async function tidy(folder: string, now: number): Promise<void> {
  if (tidiedFolders.has(folder)) return;
  tidiedFolders.add(folder);
  await removeLeftovers(folder, now);
}
