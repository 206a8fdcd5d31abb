import { randomBytes } from 'node:crypto';
import { accessSync, constants, realpathSync, renameSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BoosterError } from '../shared/errors.ts';
import { systemCode } from '../shared/system-fault.ts';
import { fileProblem } from './file-problem.ts';
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

/** The new version of a file, whole and synced, in a temp file beside it. */
export interface StagedWrite {
  readonly source: SourceFile;
  /** @throws BoosterError `E_FILE_CHANGED` when the file on disk is no longer what was read */
  refuseChanged(): void;
  /**
   * Puts the new version in the place of the old one, if that is still what was read.
   * @throws BoosterError `E_FILE_CHANGED`, `E_FILE_NOT_WRITABLE`, `E_TASK_ABORTED`; the file is then as it was
   */
  publish(options?: WriteOptions): Promise<void>;
  /** Removes the temp file. To be called in the end, published or not. */
  discard(): Promise<void>;
}

/**
 * Writes the new version of a file beside it; see `writeAtomic` for what is kept and refused.
 * @throws BoosterError as `writeAtomic`; no temp file is then left
 */
export async function stageWrite(source: SourceFile, newText: string, options: WriteOptions): Promise<StagedWrite> {
  refuseLoneSurrogate(newText, source.path);
  const target = targetOf(source);
  const temp = sideFile(target, 'temp', randomBytes(8).toString('hex'));
  const discard = async (): Promise<void> => rm(temp, { force: true }).catch(() => undefined);
  try {
    refuseAborted(source, options);
    const stats = await writableStats(target, source);
    const now = await writeTemp(temp, (source.bom ? '\ufeff' : '') + newText, stats);
    return {
      source,
      refuseChanged: () => {
        refuseChanged(source, target);
      },
      publish: (publishOptions = {}) => publishTemp(source, { target, temp, now }, publishOptions),
      discard,
    };
  } catch (error) {
    await discard();
    throw fileProblem(error, source.path, 'write');
  }
}

interface Staged {
  readonly target: string;
  readonly temp: string;
  /** The file system's time, in ms. */
  readonly now: number;
}

async function publishTemp(source: SourceFile, { target, temp, now }: Staged, options: WriteOptions): Promise<void> {
  try {
    await publish(source, target, temp, now, options);
    await syncFolder(dirname(target));
    await tidy(dirname(target), now);
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
  const stats = await stat(target);
  if (!stats.isFile()) throw changed(source, 'is no longer a file');
  if ((stats.mode & 0o222) === 0)
    throw new BoosterError('E_FILE_NOT_WRITABLE', `${source.path}: is read-only`, { path: source.path });
  accessSync(target, constants.W_OK);
  return stats;
}

/** Writes and syncs the temp file; returns the file system's time, in ms. */
async function writeTemp(temp: string, text: string, like: Stats): Promise<number> {
  const handle = await open(temp, 'wx', 0o600);
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
async function keepOwner(handle: FileHandle, own: Stats, like: Stats): Promise<number> {
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
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

async function tidy(folder: string, now: number): Promise<void> {
  if (tidiedFolders.has(folder)) return;
  tidiedFolders.add(folder);
  await removeLeftovers(folder, now);
}
