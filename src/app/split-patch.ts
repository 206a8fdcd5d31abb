import { isAbsolute, relative, resolve, sep } from 'node:path';
import { readPatchFiles } from '../engine/merge/explicit/read-patch-files.ts';
import type { Refusal } from '../engine/merge/merge.ts';
import { isRefusal, refuse } from '../engine/merge/refuse.ts';
import { realPath } from '../files/real-path.ts';
import { BoosterError } from '../shared/errors.ts';
import type { ApplyItem } from './apply-item.ts';

/**
 * The edits of a patch over several files, or why it is none. A patch comes from elsewhere: it may name files below the working directory only.
 * @throws BoosterError E_APPLY_OUTSIDE for a path that leads out of the working directory, also by a symbolic link
 */
export function splitPatch(patch: string, cwd: string): readonly ApplyItem[] | Refusal {
  const files = readPatchFiles(patch);
  if (isRefusal(files)) return files;
  if (files.length === 0) {
    return refuse('E_APPLY_MALFORMED', 'The patch does not say which files it is for.', {
      advice: 'Name the file, and give the patch with --edit.',
    });
  }
  for (const { path } of files) refuseOutside(path, cwd);
  return files.map(({ path, edit }) => ({ target: { kind: 'file', path }, edit }));
}

function refuseOutside(path: string, cwd: string): void {
  const absolute = resolve(cwd, path);
  const isInside = isBelow(absolute, cwd) && isBelow(realPath(absolute) ?? absolute, realPath(cwd) ?? cwd);
  if (!isAbsolute(path) && isInside) return;
  throw new BoosterError('E_APPLY_OUTSIDE', `${path}: the patch leads out of the working directory`, { path });
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
