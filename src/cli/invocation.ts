import { relative, sep } from 'node:path';
import type { Io } from '../shared/io.ts';

/** How the user calls booster. `npx` sets the variable for what it runs; whoever has booster in PATH does not come this way. */
export function programName(env: Io['env']): string {
  return env['npm_command'] === 'exec' ? 'npx booster' : 'booster';
}

/** GitHub wants paths from the root of the workspace, whatever folder the step runs in. */
export function workspacePrefix({ env, cwd }: Pick<Io, 'env' | 'cwd'>): string {
  const root = env['GITHUB_WORKSPACE'];
  if (root === undefined || root === '') return '';
  const path = relative(root, cwd);
  return path === '' || path.startsWith('..') ? '' : `${path.replaceAll(sep, '/')}/`;
}
