import { isUtf8 } from 'node:buffer';
import { basename, dirname, resolve } from 'node:path';
import { readAtCommit, requireCommit } from '../files/git-files.ts';
import type { GitContext } from '../files/git-files.ts';
import { BoosterError } from '../shared/errors.ts';

/**
 * The text that a file had at a commit.
 * @throws BoosterError E_GIT_UNAVAILABLE, E_GIT_REF (no such commit), E_GENERATE_INPUT (the commit does not have the file, or not as UTF-8)
 */
export async function readEarlier(path: string, revision: string, context: GitContext): Promise<string> {
  const file = resolve(context.cwd, path);
  const beside = { ...context, cwd: dirname(file) };
  const commit = await requireCommit(revision, beside);
  const bytes = await readAtCommit(commit, basename(file), beside);
  if (bytes === undefined)
    throw new BoosterError('E_GENERATE_INPUT', `${path}: not in the commit ${revision}`, { path });
  if (!isUtf8(bytes))
    throw new BoosterError('E_GENERATE_INPUT', `${path}: no UTF-8 in the commit ${revision}`, { path });
  return new TextDecoder().decode(bytes);
}
