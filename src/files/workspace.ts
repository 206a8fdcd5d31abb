import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { realPath } from './real-path.ts';

/**
 * The folder of a workspace that a file belongs to, links followed: the first of `roots` that it lies in, else the first
 * repository around one of them that it lies in. `undefined` for a file that is not there, lies elsewhere, or belongs to
 * git or to an installed package.
 */
export function workspaceOf(
  path: string,
  roots: readonly string[],
): { readonly root: string; readonly path: string } | undefined {
  const real = realPath(path);
  if (real === undefined) return undefined;
  const folders = roots.map(realPath).filter((folder) => folder !== undefined);
  const root = [...folders, ...folders.map(repositoryAround).filter((folder) => folder !== undefined)].find(
    (folder) => inside(folder, real) !== undefined,
  );
  if (root === undefined) return undefined;
  const isForeign = inside(root, real)
    ?.split(sep)
    .some((name) => name === 'node_modules' || name === '.git');
  return isForeign === true ? undefined : { root, path: real };
}

function repositoryAround(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function inside(folder: string, path: string): string | undefined {
  const name = relative(folder, path);
  return name === '' || name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name) ? undefined : name;
}
