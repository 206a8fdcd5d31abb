import { isAbsolute, join, resolve } from 'node:path';
import type { Io } from '../../shared/io.ts';

/** Where the local store is. */
export interface StorePlace {
  /** Absolute. */
  readonly folder: string;
  /** Folders that may have to be made for it, from the outermost on; what is above them must be there. */
  readonly missing: readonly string[];
  /** Who must own the folder; `undefined` where files have no owner that could be compared (Windows). */
  readonly userId: number | undefined;
}

/**
 * The folder that was named, else that of the XDG rules: `$XDG_STATE_HOME/booster`, or `~/.local/state/booster`; on Windows
 * `%LOCALAPPDATA%\booster\state`. `undefined` when the environment names none.
 * @param named relative to the working folder, or absolute
 */
export function storePlace(
  { env, cwd, platform, userId }: Pick<Io, 'env' | 'cwd' | 'platform' | 'userId'>,
  named: string,
): StorePlace | undefined {
  if (named !== '') {
    const folder = resolve(cwd, named);
    return { folder, missing: [folder], userId };
  }
  const parts = defaultPlace(env, platform);
  if (parts === undefined) return undefined;
  const [base, ...names] = parts;
  const folders = names.map((_, index) => join(base, ...names.slice(0, index + 1)));
  return { folder: join(base, ...names), missing: folders, userId };
}

/** The folder that must be there, and the names below it. Relative paths are invalid by the XDG standard. */
function defaultPlace(env: Io['env'], platform: Io['platform']): [string, ...string[]] | undefined {
  const { XDG_STATE_HOME: xdg = '', LOCALAPPDATA: local = '', HOME: home = '' } = env;
  if (isAbsolute(xdg)) return [join(xdg, '..'), nameIn(xdg), 'booster'];
  if (platform === 'win32') return isAbsolute(local) ? [local, 'booster', 'state'] : undefined;
  return isAbsolute(home) ? [home, '.local', 'state', 'booster'] : undefined;
}

function nameIn(path: string): string {
  return (
    path
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .at(-1) ?? ''
  );
}
