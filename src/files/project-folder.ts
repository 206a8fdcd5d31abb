import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isTaken } from './new-file.ts';
import { readSource } from './read-source.ts';

/** A project folder as those see it who look for something in it: what cannot be read is not there. */
export class ProjectFolder {
  readonly #folder: string;

  /** @param folder absolute */
  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly has = (path: string): boolean => {
    try {
      return isTaken(join(this.#folder, path));
    } catch {
      return false;
    }
  };

  readonly read = (path: string): string | undefined => {
    try {
      return readSource(join(this.#folder, path)).text;
    } catch {
      return undefined;
    }
  };

  readonly list = (path: string): readonly string[] => {
    try {
      return readdirSync(join(this.#folder, path)).sort();
    } catch {
      return [];
    }
  };
}
