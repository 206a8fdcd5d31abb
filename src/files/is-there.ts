import { existsSync } from 'node:fs';

/** `true` when there is a file or folder at the path, as far as one may look. */
export function isThere(path: string): boolean {
  return existsSync(path);
}
