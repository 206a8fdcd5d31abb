import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { BoosterError } from '../shared/errors.ts';
import { checkPrivate, endpointOf } from './resident-place.ts';
import type { ResidentEndpoint, ResidentPlace } from './resident-place.ts';

/** A prepared folder that no process can still be busy with. */
const abandonedMs = 60_000;

/**
 * Makes `server` the resident pool of its place: it listens in a folder of its own, which is then renamed to the place's.
 * A rename replaces nothing but an empty folder, so of several that try exactly one wins; `undefined` when another did.
 * A dead pool's entry has to be taken away first, by its own name (`removeEntry`): that never hits a living one.
 * @throws BoosterError E_RESIDENT_DISTRUSTED, E_RESIDENT_SOCKET
 */
export async function claimEndpoint(
  server: Server,
  place: ResidentPlace,
  processId: number,
): Promise<ResidentEndpoint | undefined> {
  const { folder, home, userId } = place;
  makeUserFolder(place);
  const prepared = `${home}.${randomBytes(2).toString('hex')}`;
  const name = `${String(processId)}-${randomBytes(6).toString('hex')}`;
  try {
    removeAbandoned(place);
    mkdirSync(prepared, { mode: 0o700 });
    const { entry, address } = endpointOf(prepared, name, userId);
    await listen(server, address);
    if (userId === undefined) writeFileSync(entry, '');
    else chmodSync(entry, 0o600);
    if (publish(prepared, home)) return endpointOf(home, name, userId);
  } catch (error) {
    server.close();
    if (error instanceof BoosterError) throw error;
    // A pool that ended just now took the user's folder along, or another one prepares under the same name: the next
    // attempt finds it otherwise.
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EEXIST') return undefined;
    const message = error instanceof Error ? error.message : String(error);
    throw new BoosterError('E_RESIDENT_SOCKET', `${folder}: ${message}`, { path: folder }, error);
  }
  server.close();
  rmSync(prepared, { recursive: true, force: true });
  return undefined;
}

/** Takes a pool's entry away, its folder unless another pool has moved in, and the user's folder when that was the last. */
export function removeEntry({ entry }: ResidentEndpoint): void {
  rmSync(entry, { force: true });
  const home = dirname(entry);
  if (removeIfEmpty(home)) removeIfEmpty(dirname(home));
}

function publish(prepared: string, home: string): boolean {
  // Windows renames to no folder that exists
  removeIfEmpty(home);
  try {
    renameSync(prepared, home);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM') return false;
    throw error;
  }
}

function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    return false;
  }
}

function makeUserFolder({ folder, userId }: ResidentPlace): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      const message = error instanceof Error ? error.message : String(error);
      throw new BoosterError('E_RESIDENT_SOCKET', message, { path: folder }, error);
    }
  }
  checkPrivate(folder, 'folder', userId);
}

/** What a process left that was killed while it prepared. */
function removeAbandoned({ folder, home }: ResidentPlace): void {
  const oldest = Date.now() - abandonedMs;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!name.startsWith(`${basename(home)}.`) || stats === undefined || stats.mtimeMs > oldest) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
