import { randomBytes } from 'node:crypto';
import { constants, lstatSync } from 'node:fs';
import { copyFile, link, mkdir, open, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BoosterError } from '../shared/errors.ts';
import { systemCode } from '../shared/system-fault.ts';
import { fileProblem } from './file-problem.ts';
import { hashOf, readBytes } from './read-source.ts';
import { sideFile } from './side-file.ts';
import type { StagedWrite, WriteOptions } from './staged-write.ts';

/** A file that is not there yet, and the text that it is to have. */
export interface NewFile {
  /** Absolute. Folders on the way are made. */
  readonly path: string;
  readonly text: string;
}

/** Systems that know no hard links answer one of these. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK']);

/** Whether anything stands at a path, a link that leads nowhere included. */
export function isTaken(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw fileProblem(error, path, 'read');
  }
}

/**
 * Writes the text of a new file beside its place. Publishing puts it there only when nothing stands there: of two processes that
 * create the same file, one gets `E_FILE_CHANGED`, and readers see the whole file or none.
 *
 * @throws BoosterError `E_FILE_NOT_WRITABLE`, `E_TASK_ABORTED`; nothing is then left
 */
export async function stageNewFile(
  { path, text }: NewFile,
  options: WriteOptions,
): Promise<Omit<StagedWrite, 'source'>> {
  const temp = sideFile(path, 'temp', randomBytes(8).toString('hex'));
  let madeFolder: string | undefined;
  let isPublished = false;
  const discard = async (): Promise<void> => {
    await rm(temp, { force: true }).catch(() => undefined);
    if (!isPublished) await removeEmptyFolders(dirname(path), madeFolder);
  };
  try {
    refuseAborted(path, options);
    madeFolder = await mkdir(dirname(path), { recursive: true });
    await writeSynced(temp, text);
  } catch (error) {
    await discard();
    throw fileProblem(error, path, 'write');
  }
  return {
    refuseChanged: () => {
      if (isTaken(path)) throw taken(path);
    },
    publish: async (publishOptions = {}) => {
      refuseAborted(path, publishOptions);
      await publish(temp, path);
      isPublished = true;
    },
    discard,
  };
}

/** Takes a file away again that still holds what was written; `false` when it does not. */
export async function removeNewFile({ path, text }: NewFile): Promise<boolean> {
  try {
    const bytes = Buffer.from(text);
    if (hashOf(readBytes(path, bytes.length).bytes) !== hashOf(bytes)) return false;
    await rm(path);
    return true;
  } catch {
    return false;
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function publish(temp: string, path: string): Promise<void> {
  try {
    await link(temp, path).catch(async (error: unknown) => {
      if (!noLinks.has(systemCode(error))) throw error;
      await copyFile(temp, path, constants.COPYFILE_EXCL);
    });
  } catch (error) {
    throw systemCode(error) === 'EEXIST' ? taken(path) : fileProblem(error, path, 'write');
  }
}

function taken(path: string): BoosterError {
  const message = `${path}: came into being since it was looked for; nothing was written`;
  return new BoosterError('E_FILE_CHANGED', message, { path });
}

function refuseAborted(path: string, { signal }: WriteOptions): void {
  if (signal?.aborted === true) {
    throw new BoosterError('E_TASK_ABORTED', `${path}: interrupted; nothing was written`, { path });
  }
}

/** From `folder` up to `first`, which was the first that was made; what is not empty stays. */
async function removeEmptyFolders(folder: string, first: string | undefined): Promise<void> {
  if (first === undefined) return;
  for (let each = folder; each.startsWith(first); each = dirname(each)) {
    const isGone = await rmdir(each).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}
