import { realpathSync } from 'node:fs';

/** Where a path leads with all symbolic links followed; `undefined` when there is nothing, or nothing that may be seen. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
