import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { BoosterError } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';

/** Where the resident pool of one user and project is to be found. */
export interface ResidentPlace {
  /** Root of the project: nearest folder upward with a `package.json` or `.git`; without one, the folder itself. */
  readonly project: string;
  /** Belongs to the user alone; all of the user's resident pools are in it. */
  readonly folder: string;
  /** Folder of this project's pool in `folder`. The one entry in it is the endpoint. */
  readonly home: string;
  /** `undefined` where files have no owner that could be compared (Windows). */
  readonly userId: number | undefined;
}

/** What clients connect to. */
export interface ResidentEndpoint {
  /** The entry of the file system that announces it; on Unix the socket itself. */
  readonly entry: string;
  /** What `net.connect` takes. */
  readonly address: string;
  /** Process that listens there, or did when it was alive. */
  readonly processId: number;
}

/** Longest path of a Unix socket on the systems that Node runs on, with its final zero. */
const longestSocketPath = 104;

const entryName = /^(\d{1,10})-[0-9a-f]{12}$/;

export function residentPlace({ cwd, env, userId }: Pick<Io, 'cwd' | 'env' | 'userId'>): ResidentPlace {
  const project = projectRoot(cwd);
  const folder = userFolder(env['XDG_RUNTIME_DIR'], userId);
  let home: string | undefined;
  return {
    project,
    folder,
    // most often there is no such folder, and node:crypto takes milliseconds to load
    get home() {
      return (home ??= join(folder, createHash('sha256').update(project).digest('hex').slice(0, 10)));
    },
    userId,
  };
}

function projectRoot(cwd: string): string {
  for (let at = cwd; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json')) || existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return cwd;
  }
}

/** A runtime folder that belongs to someone else stays in the environment after `su` and `sudo`: it is passed over. */
function userFolder(runtime: string | undefined, userId: number | undefined): string {
  if (runtime !== undefined && isAbsolute(runtime)) {
    const stats = statsOf(runtime);
    if (stats?.isDirectory() === true && (userId === undefined || stats.uid === userId))
      return join(runtime, 'booster');
  }
  return join(tmpdir(), userId === undefined ? 'booster-resident' : `booster-${String(userId)}`);
}

/**
 * The endpoint of the project's pool, alive or not; `undefined` when there is none.
 * @throws BoosterError E_RESIDENT_DISTRUSTED when another user could have put it there
 */
export function findEndpoint(place: ResidentPlace): ResidentEndpoint | undefined {
  const { folder, userId } = place;
  if (statsOf(folder) === undefined) return undefined;
  checkPrivate(folder, 'folder', userId);
  const { home } = place;
  if (statsOf(home) === undefined) return undefined;
  checkPrivate(home, 'folder', userId);
  for (const name of readNames(home)) {
    const processId = entryName.exec(name)?.[1];
    if (processId === undefined) continue;
    const endpoint = endpointOf(home, name, userId);
    // it may be gone by now
    if (statsOf(endpoint.entry) === undefined) continue;
    checkPrivate(endpoint.entry, 'socket', userId);
    return endpoint;
  }
  return undefined;
}

/**
 * @param home the folder that the entry is in at the moment
 * @throws BoosterError E_RESIDENT_SOCKET when the path is too long for a socket
 */
export function endpointOf(home: string, name: string, userId: number | undefined): ResidentEndpoint {
  const entry = join(home, name);
  const processId = Number.parseInt(name, 10);
  // a pipe's name belongs to nobody: it cannot be guessed, and only the user can read it in the folder
  if (userId === undefined) return { entry, address: `\\\\.\\pipe\\booster-${name}`, processId };
  if (Buffer.byteLength(entry) >= longestSocketPath) {
    throw new BoosterError('E_RESIDENT_SOCKET', `${entry}: too long for the path of a socket`, { path: entry });
  }
  return { entry, address: entry, processId };
}

/** @throws BoosterError E_RESIDENT_DISTRUSTED unless it is the user's own and nobody else's to use */
export function checkPrivate(path: string, kind: 'folder' | 'socket', userId: number | undefined): void {
  if (userId === undefined) return;
  const stats = statsOf(path);
  if (stats === undefined) return;
  const fault = faultOf(stats, kind, userId);
  if (fault !== undefined) throw new BoosterError('E_RESIDENT_DISTRUSTED', `${path}: ${fault}`, { path });
}

function faultOf(stats: Stats, kind: 'folder' | 'socket', userId: number): string | undefined {
  if (kind === 'folder' ? !stats.isDirectory() : !stats.isSocket()) return `is not a ${kind}`;
  if (stats.uid !== userId) return 'belongs to another user';
  return (stats.mode & 0o077) === 0 ? undefined : 'is open to other users';
}

/** What cannot even be looked at (a folder of others, a file in place of a folder) is as good as not there. */
function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // taken away meanwhile
    return [];
  }
}
