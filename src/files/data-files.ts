import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileProblem } from './file-problem.ts';
import { systemCode } from '../shared/system-fault.ts';

export interface DataFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** More is no file that somebody wrote. */
const largestBytes = 1_048_576;

/** The nearest folder of this name, here or above, up to the root of the repository; `undefined` when there is none. */
export function nearestFolder(from: string, name: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, name);
    if (isFolder(folder)) return folder;
    if (isFolder(join(at, '.git')) || dirname(at) === at) return undefined;
  }
}

/** Regular files of a folder whose names end so, sorted. @throws BoosterError E_FILE_NOT_READABLE */
export function readDataFiles(folder: string, endings: readonly string[]): DataFile[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map(({ name }) => join(folder, name))
      .filter((path) => statSync(path).size <= largestBytes)
      .sort()
      .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw fileProblem(error, folder, 'read');
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
