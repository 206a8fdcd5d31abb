import { cpSync, readdirSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languageOfPath } from '../../src/engine/language.ts';

/** Pinned devDependencies whose sources are in their tarballs; TypeScript but for three. */
export const corpusPackages: readonly string[] = ['rxjs', 'effect', 'zod', 'three', '@tanstack/table-core'];

/** Real path of the sources of an installed package. */
export function sourceFolder(name: string): string {
  return realpathSync(fileURLToPath(new URL(`../../node_modules/${name}/src`, import.meta.url)));
}

/** Copies a package's sources to `<target>/<name>/src`. */
export function copySources(name: string, target: string): void {
  cpSync(sourceFolder(name), join(target, name, 'src'), { recursive: true });
}

/** Files under a folder that booster reads, relative, with forward slashes, sorted; declaration files are left out. */
export function listSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => (languageOfPath(path) ?? 'dts') !== 'dts')
    .sort();
}
