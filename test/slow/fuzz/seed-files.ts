import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { corpusPackages, listSources, sourceFolder } from '../corpus-packages.ts';
import type { Random } from './random.ts';

export interface SeedFile {
  /** Says in messages where the text came from. */
  readonly name: string;
  /** With its dot. */
  readonly extension: string;
  readonly text: string;
}

export interface SeedFiles {
  /** Code that the rules rewrite, and code that they nearly rewrite. */
  readonly fixtures: readonly SeedFile[];
  readonly sources: readonly SeedFile[];
}

const rulesFolder = fileURLToPath(new URL('../../../src/rules', import.meta.url));

/** Larger files say nothing more and take the time of ten. */
const longestText = 40_000;

export function readSeedFiles(): SeedFiles {
  return {
    fixtures: read('rules', rulesFolder).filter(({ name }) => name.includes('/fixtures/')),
    sources: corpusPackages.flatMap((name) => read(name, sourceFolder(name))),
  };
}

function read(owner: string, folder: string): SeedFile[] {
  return listSources(folder)
    .map((path) => ({
      name: `${owner}/${path}`,
      extension: extname(path),
      text: readFileSync(join(folder, path), 'utf8'),
    }))
    .filter(({ text }) => text.length <= longestText);
}

/** Mostly fixtures: one real file in a hundred has anything that a rule rewrites. */
export function pickSeed({ fixtures, sources }: SeedFiles, random: Random): SeedFile {
  return random.pick(random.chance(0.75) ? fixtures : sources);
}
