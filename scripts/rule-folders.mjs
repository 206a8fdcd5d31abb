import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { importSources } from './import-sources.mjs';

/** Ids of the rule folders of a checkout, sorted. Folders that start with `_` (the template) or have no rule.ts yet are none. */
export async function ruleIds(root) {
  const folder = join(root, 'src', 'rules');
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('_') && existsSync(join(folder, entry.name, 'rule.ts')),
    )
    .map((entry) => entry.name)
    .sort();
}

/** Default exports of one file of each rule folder, by id. */
export async function importRuleFiles(root, ids, file) {
  const lines = ids.map((id, index) => `import x${index} from './src/rules/${id}/${file}';`);
  const code = `${lines.join('\n')}\nexport const all = [${ids.map((_, index) => `x${index}`).join(', ')}];`;
  const { all } = await importSources(root, code);
  return Object.fromEntries(ids.map((id, index) => [id, all[index]]));
}

/** What `npm run bench -- rules --write` stored for a rule; empty when nothing was measured yet. */
export function readMeasured(root, id) {
  const path = join(root, 'src', 'rules', id, 'measured.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}
