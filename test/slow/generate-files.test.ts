import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generate } from '../../scripts/generate.mjs';
import { fillMarkers, table } from '../../scripts/markdown.mjs';
import { newRule } from '../../scripts/new-rule.mjs';
import { temporaryCheckout } from '../rules/harness/temporary-checkout.ts';

test('every generated file of this checkout is up to date', async () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  expect(await generate(root, { isCheck: true })).toEqual([]);
});

test('a second run changes nothing, and a check changes nothing at all', async () => {
  const root = await temporaryCheckout();
  expect(await generate(root, { isCheck: true })).toContain('docs/rules.md');
  expect(existsSync(join(root, 'docs/rules.md'))).toBe(false);
  expect(await generate(root)).toContain('docs/rules.md');
  expect(await generate(root)).toEqual([]);
});

test('a file that was changed by hand is named and restored', async () => {
  const root = await temporaryCheckout();
  await newRule(root, 'planted-rule');
  const before = await readFile(join(root, 'src/rules/planted-rule/README.md'), 'utf8');
  await appendFile(join(root, 'src/rules/planted-rule/README.md'), 'by hand\n');
  expect(await generate(root, { isCheck: true })).toEqual(['src/rules/planted-rule/README.md']);
  expect(await generate(root)).toEqual(['src/rules/planted-rule/README.md']);
  expect(await readFile(join(root, 'src/rules/planted-rule/README.md'), 'utf8')).toBe(before);
});

test('a new rule is the template under its id, in the index and on a page', async () => {
  const root = await temporaryCheckout();
  const written = await newRule(root, 'planted-rule');
  expect(written).toEqual(expect.arrayContaining(['src/rules/planted-rule/', 'src/rules/index.ts', 'docs/rules.md']));
  const index = await readFile(join(root, 'src/rules/index.ts'), 'utf8');
  expect(index).toContain("import plantedRule from './planted-rule/rule.ts';");
  expect(index).toContain('export const rules: readonly Rule[] = [plantedRule];');
  const page = await readFile(join(root, 'src/rules/planted-rule/README.md'), 'utf8');
  expect(page).toContain('# planted-rule\n');
  expect(page).toContain('- export const count = (items: string[]): number => [...items].length;\n');
  expect(page).toContain('+ export const count = (items: string[]): number => items.length;\n');
});

test('measured ratios reach the index, the page of the rule and the table', async () => {
  const root = await temporaryCheckout();
  await newRule(root, 'planted-rule');
  const figures = [{ name: "rows of 'groups'", size: 1000, ratio: 12.3, node: '20.20' }];
  await writeFile(join(root, 'src/rules/planted-rule/measured.json'), JSON.stringify(figures));
  await generate(root);
  const index = await readFile(join(root, 'src/rules/index.ts'), 'utf8');
  expect(index).toContain(`'planted-rule': [{ name: "rows of 'groups'", n: 1000, ratio: 12.3, node: '20.20' }],`);
  const page = await readFile(join(root, 'src/rules/planted-rule/README.md'), 'utf8');
  expect(page).toContain("| rows of 'groups' | 1,000 | 12.3× | 20.20 |");
  expect(await readFile(join(root, 'docs/rules.md'), 'utf8')).toContain('12.3× at n = 1,000 (Node 20.20)');
});

test.each(['Upper-Case', 'oneword', '../outside', '', 'two--hyphens', '-x-y'])(
  '%j is refused as a rule id',
  async (id) => {
    const root = await temporaryCheckout();
    await expect(newRule(root, id)).rejects.toThrow('give an id');
    expect(existsSync(join(root, 'src/rules/index.ts'))).toBe(false);
  },
);

test('a rule that is there already is not overwritten', async () => {
  const root = await temporaryCheckout();
  await mkdir(join(root, 'src/rules/planted-rule'));
  await expect(newRule(root, 'planted-rule')).rejects.toThrow('there is a rule planted-rule already');
});

test('tables are filled in between their markers, and only there', async () => {
  const root = await temporaryCheckout();
  const names = ['rules', 'options', 'config', 'errors', 'assumptions'];
  const marked = names
    .map((name) => `<!-- generated:${name} -->\nSTALE ${name}\n<!-- /generated -->\nLEFT ALONE\n`)
    .join('');
  await writeFile(join(root, 'README.md'), marked);
  await writeFile(join(root, 'docs/other.md'), 'No markers.\n');
  expect(await generate(root)).not.toContain('docs/other.md');
  const page = await readFile(join(root, 'README.md'), 'utf8');
  expect(page).not.toContain('STALE');
  expect(page.match(/LEFT ALONE/g)).toHaveLength(names.length);
  for (const text of ['| Rule | What |', '| `--check` |', '| `level` |', '| `E_SYNTAX` |', '| A1 |'])
    expect(page).toContain(text);
  expect(await generate(root)).toEqual([]);
});

test('a marker that names no table is an error that names the page', () => {
  const text = '<!-- generated:rulez -->\n<!-- /generated -->\n';
  expect((): string => fillMarkers(text, { rules: '' }, 'README.md') as string).toThrow(
    'README.md: no table is named rulez; there are rules',
  );
});

test('a marker of a table whose sources are gone is an error, not a silently old table', async () => {
  const root = await temporaryCheckout();
  await rm(join(root, 'src/config/describe-settings.ts'));
  await writeFile(join(root, 'README.md'), '<!-- generated:config -->\n<!-- /generated -->\n');
  await expect(generate(root)).rejects.toThrow('no table is named config');
});

test('a dollar sign in a table is no replacement pattern', () => {
  const filled = fillMarkers('<!-- generated:a -->\n<!-- /generated -->\n', { a: "$& $' $1\n" }, 'README.md');
  expect(filled).toContain("$& $' $1");
});

test('a vertical bar in a cell does not end it', () => {
  expect(table([['a'], ['x | y']])).toBe('| a |\n| --- |\n| x \\| y |\n');
});
