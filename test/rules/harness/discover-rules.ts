import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rule } from '../../../src/engine/rule.ts';

/** Absolute path of the folder that holds one folder for each rule. */
export const rulesFolder = fileURLToPath(new URL('../../../src/rules/', import.meta.url));

/** A rule folder; `rule` is absent when `rule.ts` cannot be loaded, and `loadError` says why. */
export interface RuleFolder {
  readonly id: string;
  readonly path: string;
  readonly rule?: Rule;
  readonly loadError?: unknown;
}

/** Every folder of src/rules but those that start with `_`, sorted. One that cannot be loaded does not hide the others. */
export async function discoverRules(): Promise<RuleFolder[]> {
  const ids = readdirSync(rulesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map((entry) => entry.name)
    .sort();
  return Promise.all(ids.map(loadFolder));
}

/** Only the rules that load. */
export function loadedRules(folders: readonly RuleFolder[]): Rule[] {
  return folders.flatMap(({ rule }) => (rule === undefined ? [] : [rule]));
}

/** Default export of a file of a rule folder, e.g. `equivalence.ts`. */
export async function importDefault<T>(folder: string, file: string): Promise<T> {
  const module: { readonly default: T } = await import(/* @vite-ignore */ join(folder, file));
  return module.default;
}

async function loadFolder(id: string): Promise<RuleFolder> {
  const path = join(rulesFolder, id);
  try {
    return { id, path, rule: await importDefault<Rule>(path, 'rule.ts') };
  } catch (loadError) {
    return { id, path, loadError };
  }
}
