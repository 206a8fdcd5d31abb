import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileProblem } from './file-problem.ts';

/**
 * Text of a profile, a coverage file or code that was measured: of any size, for it is not analysed.
 * @throws BoosterError E_FILE_NOT_FOUND, E_FILE_NOT_READABLE
 */
export function readMeasurement(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw fileProblem(error, path, 'read');
  }
}

/**
 * Paths of the files of a folder whose names end so, sorted.
 * @throws BoosterError E_FILE_NOT_FOUND, E_FILE_NOT_READABLE
 */
export function filesEndingWith(folder: string, ending: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    throw fileProblem(error, folder, 'read');
  }
}
