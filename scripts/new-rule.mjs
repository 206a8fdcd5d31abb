// npm run new-rule -- <id>: starts the rule folder src/rules/<id> from the template, a whole small rule, and generates.
import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './generate.mjs';

/**
 * Creates the folder of a rule; gives the paths of all files that are new or changed.
 * @throws Error when the id is not kebab-case or taken; nothing is written then.
 */
export async function newRule(root, id) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id ?? '')) {
    throw new Error('give an id of lower-case words with hyphens that names the pattern found, such as map-then-flat');
  }
  const folder = join(root, 'src', 'rules', id);
  if (existsSync(folder)) throw new Error(`there is a rule ${id} already`);
  await cp(join(root, 'src', 'rules', '_template'), folder, { recursive: true });
  const file = join(folder, 'rule.ts');
  await writeFile(file, (await readFile(file, 'utf8')).replace('RULE_ID', id));
  return [`src/rules/${id}/`, ...(await generate(root))];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [id] = process.argv.slice(2);
  try {
    const paths = await newRule(fileURLToPath(new URL('..', import.meta.url)), id);
    for (const path of paths) console.log(`written: ${path}`);
    console.log(`new-rule: now write the rule; \`npm run test:only -- test/rules -t ${id}\` checks it`);
    console.log(
      `          \`npm run bench -- rules ${id} --write\` measures it, \`npm run generate\` publishes the figures`,
    );
  } catch (error) {
    console.error(`new-rule: ${error.message}`);
    process.exitCode = 2;
  }
}
