import { readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { BoosterError } from '../shared/errors.ts';
import { systemCode } from '../shared/system-fault.ts';
import { fileProblem } from './file-problem.ts';
import { readSource } from './read-source.ts';
import { realPath } from './real-path.ts';

const maximumFiles = 100;

/** Names of the folders in a folder of templates, sorted. @throws BoosterError E_FILE_NOT_READABLE, E_GENERATE_TEMPLATE for a link */
export function templateNames(folder: string, root: string): string[] {
  refuseElsewhere(folder, root);
  return entriesOf(folder)
    .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()))
    .map(({ name }) => name)
    .sort();
}

/**
 * The regular files of a template by name, sorted. A link could bring in a file from outside of the project, so there must be none.
 * @throws BoosterError E_GENERATE_TEMPLATE, E_FILE_*
 */
export function readTemplateFolder(folder: string, root: string): { readonly name: string; readonly text: string }[] {
  refuseElsewhere(folder, root);
  const entries = entriesOf(folder).filter(({ name }) => !name.startsWith('.'));
  const odd = entries.find((entry) => !entry.isFile());
  if (odd !== undefined) {
    const what = odd.isSymbolicLink() ? 'is a link' : odd.isDirectory() ? 'is a folder' : 'is no regular file';
    throw problem(join(folder, odd.name), root, `${what}; a template is made of regular files`);
  }
  if (entries.length > maximumFiles) throw problem(folder, root, `has more than ${String(maximumFiles)} files`);
  return entries
    .map(({ name }) => ({ name, text: readSource(join(folder, name)).text }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Links on the way to a folder may not lead out of the project. */
function refuseElsewhere(folder: string, root: string): void {
  const [real, realRoot] = [realPath(folder), realPath(root)];
  if (real === undefined || realRoot === undefined || isInside(real, realRoot)) return;
  throw problem(folder, root, 'lies outside of the project, behind a link');
}

export function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}

function problem(path: string, root: string, what: string): BoosterError {
  const shown = relative(root, path);
  return new BoosterError('E_GENERATE_TEMPLATE', `${shown}: ${what}`, { path: shown });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw fileProblem(error, folder, 'read');
  }
}
