import { lstatSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { devNull } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import type { Io } from '../shared/io.ts';
import type { ResidentPlace } from './resident-place.ts';

const maximumBytes = 2 ** 20;

/** The log of a pool in the background. */
export interface LogFile {
  readonly path: string;
  /** What has been added since it was opened here. */
  readonly addedText: () => string;
}

/**
 * The file that a pool in the background logs to, in the user's state folder, which is made. A log that has grown large is
 * begun anew. Without such a folder nothing is kept.
 */
export function openLogFile(place: ResidentPlace, env: Io['env']): LogFile {
  const folder = stateFolder(env);
  if (folder === undefined) return { path: devNull, addedText: () => '' };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `pool-${basename(place.home)}.log`);
  const size = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maximumBytes) rmSync(path, { force: true });
  const from = size > maximumBytes ? 0 : size;
  return { path, addedText: () => readFileSync(path).subarray(from).toString() };
}

function stateFolder(env: Io['env']): string | undefined {
  const { XDG_STATE_HOME: state, HOME: home, LOCALAPPDATA: local } = env;
  if (state !== undefined && isAbsolute(state)) return join(state, 'booster');
  if (home !== undefined && isAbsolute(home)) return join(home, '.local', 'state', 'booster');
  return local === undefined || !isAbsolute(local) ? undefined : join(local, 'booster', 'state');
}
