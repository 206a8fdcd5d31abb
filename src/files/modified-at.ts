import { statSync } from 'node:fs';

/** When a file was last written, in milliseconds since 1970; `undefined` when it is not there. */
export function modifiedAt(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}
