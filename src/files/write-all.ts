import { BoosterError, asBoosterError } from '../shared/errors.ts';
import { removeNewFile, stageNewFile } from './new-file.ts';
import type { NewFile } from './new-file.ts';
import { hashOf } from './read-source.ts';
import type { SourceFile } from './read-source.ts';
import { stageWrite } from './staged-write.ts';
import type { StagedWrite, WriteOptions } from './staged-write.ts';
import { writeAtomic } from './write-atomic.ts';

/** A file as it was read, and the text (without byte order mark) that it is to have. */
export interface FileWrite {
  readonly source: SourceFile;
  readonly newText: string;
}

/**
 * Writes several files, all or none; each one as {@link writeAtomic} does, or {@link stageNewFile} when it is new. No two of them
 * may be the same file.
 *
 * All new versions are on disk, and all old ones checked, before the first takes its place; what can still fail then is a file
 * that is changed, moved or locked in that very moment. The files written before it are put back, unless somebody has
 * changed them since. A killed process or a power cut leaves every file whole, but can leave some new and some old: there is
 * no rename of several files at once.
 *
 * @throws BoosterError as `writeAtomic`, about the file that failed (`data.path`); `data.restored` and `data.notRestored` list the
 * paths of the files that had been written, and the message names the latter. An abort counts until the first file has
 * taken its place: from then on, going through is the shortest way to a whole.
 */
export async function writeAll(writes: readonly (FileWrite | NewFile)[], options: WriteOptions = {}): Promise<void> {
  const changed = writes.filter((write) => !('source' in write) || write.newText !== write.source.text);
  const staged: Omit<StagedWrite, 'source'>[] = [];
  const published: (FileWrite | NewFile)[] = [];
  try {
    for (const write of changed) {
      const isNew = !('source' in write);
      staged.push(isNew ? await stageNewFile(write, options) : await stageWrite(write.source, write.newText, options));
    }
    for (const each of staged) each.refuseChanged();
    for (const [index, each] of staged.entries()) {
      await each.publish(index === 0 ? options : {});
      published.push(...changed.slice(index, index + 1));
    }
  } catch (error) {
    throw await withPutBack(asBoosterError(error), published);
  } finally {
    for (const each of staged) await each.discard();
  }
}

async function withPutBack(error: BoosterError, published: readonly (FileWrite | NewFile)[]): Promise<BoosterError> {
  if (published.length === 0) return error;
  const restored: string[] = [];
  const notRestored: string[] = [];
  for (const write of published.toReversed()) {
    const isNew = !('source' in write);
    const ok = isNew ? await removeNewFile(write) : await putBack(write);
    (ok ? restored : notRestored).push(isNew ? write.path : write.source.path);
  }
  const what =
    notRestored.length === 0
      ? 'the other files have been put back'
      : `these files could not be put back and hold their new text: ${notRestored.join(', ')}`;
  return new BoosterError(error.code, `${error.message}; ${what}`, { ...error.data, restored, notRestored }, error);
}

/** The same compare-and-swap in the other direction: whoever has changed the new version meanwhile keeps his change. */
async function putBack({ source, newText }: FileWrite): Promise<boolean> {
  const bytes = Buffer.from((source.bom ? '\ufeff' : '') + newText);
  const written: SourceFile = { ...source, text: newText, hash: hashOf(bytes), bytes: bytes.length };
  try {
    await writeAtomic(written, source.text);
    return true;
  } catch {
    return false;
  }
}
