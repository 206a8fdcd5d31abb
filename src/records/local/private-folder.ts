import { statSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BoosterError } from '../../shared/errors.ts';
import { systemCode } from '../../shared/system-fault.ts';
import { storeProblem } from './store-problem.ts';
import type { StorePlace } from './store-place.ts';

/**
 * Makes a folder of the store, and the store itself, for the user alone. Each folder by itself, not `recursive`: a home that does
 * not exist stays so, and below /proc it would never end.
 * @param name with forward slashes; empty for the store itself
 * @throws BoosterError E_STORE_NOWHERE when what it would be in does not exist, E_STORE_WRITE, E_STORE_DISTRUSTED
 */
export function makePrivateFolder(place: StorePlace, name: string): void {
  const inner =
    name === '' ? [] : name.split('/').map((_, index, all) => join(place.folder, ...all.slice(0, index + 1)));
  for (const path of [...place.missing, ...inner]) {
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      const code = systemCode(error);
      if (code === 'EEXIST') continue;
      if (code === 'ENOENT')
        throw new BoosterError('E_STORE_NOWHERE', `${path}: the folder above it does not exist`, { path });
      throw storeProblem(error, path, 'E_STORE_WRITE');
    }
  }
  checkOwner(place);
}

/**
 * What another user could have put there is not to be trusted, and what root adds to a user's store could not be read by its owner.
 * @throws BoosterError E_STORE_DISTRUSTED
 */
export function checkOwner({ folder, userId }: StorePlace): void {
  if (userId === undefined) return;
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isDirectory()) return;
  const fault =
    stats.uid !== userId
      ? 'belongs to another user'
      : (stats.mode & 0o022) === 0
        ? undefined
        : 'can be written by other users';
  if (fault !== undefined) throw new BoosterError('E_STORE_DISTRUSTED', `${folder}: ${fault}`, { path: folder });
}
