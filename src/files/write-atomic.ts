import type { SourceFile } from './read-source.ts';
import { stageWrite } from './staged-write.ts';
import type { WriteOptions } from './staged-write.ts';

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
  const staged = await stageWrite(source, newText, options);
  try {
    await staged.publish(options);
  } finally {
    await staged.discard();
  }
}
