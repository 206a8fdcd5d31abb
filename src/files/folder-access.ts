import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Why files cannot be made in a folder, which need not be there yet; `undefined` when they can, as far as permissions tell.
 * Nothing is made.
 */
export function folderProblem(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    try {
      if (!statSync(at).isDirectory()) return `${at} is not a folder`;
      accessSync(at, constants.W_OK | constants.X_OK);
      return undefined;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ENOENT' || dirname(at) === at) return `${at} cannot be written (${String(code)})`;
    }
  }
}
