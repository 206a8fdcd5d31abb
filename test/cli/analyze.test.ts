import { afterEach, beforeEach, expect, it } from 'vitest';
import { Project } from './project.ts';

const nested = [
  'export function withNames(orders: { userId: string }[], users: { id: string }[]) {',
  '  return orders.map((order) => users.find((user) => user.id === order.userId));',
  '}',
  '',
].join('\n');

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

it('prints a finding with its code, its cost, how sure it is and what to do, and exits 0', async () => {
  project.write('src/a.ts', nested);
  const { stdout, stderr, exitCode } = await project.run(['analyze', 'src']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('warning src/a.ts:2:32 find-join-map in orders.map callback');
  expect(stdout).toContain('> 2 |   return orders.map((order) => users.find((user) => user.id === order.userId));');
  expect(stdout).toContain('cost: O(n·m) → O(n + m)');
  expect(stdout).toContain('sure: likely, ');
  expect(stdout).toContain('mend: booster optimize --write --level aggressive');
  expect(stderr).toMatch(/^Analysed 1 file in [\d.]+ m?s: 1 warning; 1 can be rewritten by booster optimize\n$/);
});

it('says what optimize would rewrite, at which level, and changes nothing', async () => {
  const code = "export const first = (text: string) => text.split(',')[0];\n";
  project.write('a.ts', code);
  const { stdout } = await project.run(['analyze', 'a.ts', '--reporter', 'json']);
  const [finding] = JSON.parse(stdout).files[0].findings;
  expect(finding).toMatchObject({ rule: 'split-limit', confidence: 'certain', fixable: 'safe', line: 1 });
  expect(finding.edits).toHaveLength(1);
  expect(project.read('a.ts')).toBe(code);
});

it('counts what is merely possible, and lists it when asked to', async () => {
  project.write('a.js', "export const name = (path) => path.split('.')[0];\n");
  project.write('b.test.ts', nested);
  const { stdout, stderr } = await project.run(['analyze', '--reporter', 'concise']);
  expect(stdout).toBe('');
  expect(stderr).toContain('nothing found; 2 less sure not listed (--min-confidence possible)');
  const all = await project.run(['analyze', '--reporter', 'concise', '--min-confidence', 'possible']);
  expect(all.stdout).toContain('b.test.ts:2:32 warning find-join-map ');
  expect(all.stdout).toContain('a.js:1:31 info split-limit ');
  expect(all.stderr).not.toContain('less sure');
});

it('gives one JSON document for an empty folder', async () => {
  const { stdout, exitCode } = await project.run(['analyze', '--reporter', 'json', '--no-errors-on-unmatched']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, mode: 'analyze', files: [], summary: { files: 0 } });
});

it('exits 1 when --fail-on is reached, and not below', async () => {
  project.write('a.ts', nested);
  expect((await project.run(['analyze', '--fail-on', 'warning'])).exitCode).toBe(1);
  expect((await project.run(['analyze', '--fail-on', 'error'])).exitCode).toBe(0);
});

it('exits 1 when there are more findings than --max-warnings', async () => {
  project.write('a.ts', nested);
  expect((await project.run(['analyze', '--max-warnings', '0'])).exitCode).toBe(1);
  expect((await project.run(['analyze', '--max-warnings', '1'])).exitCode).toBe(0);
});

it('writes further reports into files, in folders that it makes', async () => {
  project.write('a.ts', nested);
  const flags = ['--output-file', 'json=out/a.json', '--output-file', 'concise=out/a.txt'];
  const { stdout, exitCode } = await project.run(['analyze', 'a.ts', '--reporter', 'summary', ...flags]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/find-join-map +0 +1 +0 +1/);
  expect(JSON.parse(project.read('out/a.json')).files[0].findings).toHaveLength(1);
  expect(project.read('out/a.txt')).toMatch(/^a\.ts:2:32 warning find-join-map /);
});

it('refuses an output file whose reporter it does not know, before anything is done', async () => {
  const { stdout, stderr, exitCode } = await project.run(['analyze', '--output-file', 'xml=a.xml']);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  expect(stderr).toContain("'xml=a.xml' is not reporter=path");
});

it('reports an output file that cannot be written', async () => {
  project.write('a.ts', nested);
  project.write('folder', 'a file');
  const { stderr, exitCode } = await project.run(['analyze', 'a.ts', '--output-file', 'json=folder/a.json']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('E_FILE_NOT_WRITABLE');
});

it('goes on after a file with a syntax error, and fails only when that very file was named', async () => {
  project.write('a.ts', 'const = 1;\n');
  project.write('b.ts', nested);
  const folder = await project.run(['analyze', '.', '--reporter', 'concise']);
  expect(folder.exitCode).toBe(0);
  expect(folder.stdout).toContain('b.ts:2:32');
  expect(folder.stderr).toContain('left alone: a.ts');
  expect((await project.run(['analyze', 'a.ts', 'b.ts'])).exitCode).toBe(2);
});

it('skips and counts files that are minified by their name', async () => {
  project.write('a.min.js', 'const a = 1;\n');
  project.write('b.js', 'const a = 1;\n');
  const { stdout, stderr } = await project.run(['analyze', '--reporter', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({ files: [{ path: 'b.js' }], summary: { files: 1, minified: 1 } });
  expect(stderr).toContain('1 minified file skipped');
});

it('skips and counts generated files', async () => {
  project.write('a.ts', `// @generated\n${nested}`);
  const { stderr, stdout } = await project.run(['analyze']);
  expect(stdout).toBe('');
  expect(stderr).toContain('nothing found; 1 generated file skipped');
});

it('says which comments silence nothing, give no reason or name no rule', async () => {
  project.write(
    'a.ts',
    `// booster-ignore nested-search: small lists\n${nested}// booster-ignore nested-join\n// booster-ignore no-such: x\n`,
  );
  const { stderr } = await project.run(['analyze', 'a.ts']);
  expect(stderr).toContain('comment: a.ts:1: booster-ignore nested-search silences nothing here');
  expect(stderr).toContain('comment: a.ts:5: booster-ignore nested-join gives no reason');
  expect(stderr).toContain('comment: a.ts:6: booster-ignore no-such names no rule');
});

it('leaves code alone under optimize when a comment with a reason silences the rule', async () => {
  const code = "export const first = (text: string) => text.split(',')[0];\n";
  project.write('a.ts', `// booster-ignore split-limit: measured\n${code}`);
  project.write('b.ts', `// booster-ignore split-limit\n${code}`);
  const { stdout, stderr } = await project.run(['optimize', '--check', '.']);
  expect(stdout).toBe('b.ts\n');
  expect(stderr).toContain('comment: b.ts:1: booster-ignore split-limit gives no reason');
});

it('lists the functions whose cost grows most with --top', async () => {
  project.write('a.ts', `${nested}export function one() {\n  return 1;\n}\n`);
  const { stdout } = await project.run(['analyze', 'a.ts', '--reporter', 'json', '--top', '1']);
  expect(JSON.parse(stdout).functions).toEqual([
    expect.objectContaining({ name: 'withNames', cost: 'O(orders · users)', lines: 3, cyclomatic: 1, cognitive: 0 }),
  ]);
});

it('explains a detector, and refuses an id that nothing has', async () => {
  const { stdout, exitCode } = await project.run(['rule', 'nested-search']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('a list is searched for an equal key in every round of a loop');
  expect((await project.run(['analyze', '--rule', 'nested-serch'])).stderr).toContain('did you mean nested-search');
});

it('proves a dangerous regular expression with an attack that it ran', async () => {
  project.write('a.ts', 'export const isList = (text: string) => /^(a+)+$/.test(text);\n');
  const { stdout } = await project.run(['analyze', 'a.ts', '--reporter', 'json']);
  const [finding] = JSON.parse(stdout).files[0].findings;
  expect(finding).toMatchObject({ rule: 'regex-backtracking', level: 'error', confidence: 'certain' });
  expect(finding.evidence[1]).toMatch(/^counted: \d+ steps for \d+ characters, \d+ steps for \d+ characters$/);
});

it('accepts what is there with --suppress-all and then reports only what comes anew', async () => {
  project.write('a.ts', nested);
  project.write('b.ts', nested);
  expect((await project.run(['analyze', '--suppress-all', '--fail-on', 'info'])).exitCode).toBe(0);
  const clean = await project.run(['analyze', '--fail-on', 'info']);
  expect([clean.exitCode, clean.stdout]).toEqual([0, '']);
  expect(clean.stderr).toContain('nothing found; 2 known by the baseline');
  // moved code is known, another finding is not
  project.write('a.ts', `// moved\n${nested}${nested.replaceAll('withNames', 'again')}`);
  const run = await project.run(['analyze', '--reporter', 'concise', '--fail-on', 'info']);
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toMatch(/^a\.ts:6:32 [^\n]+\n$/);
});

it('takes out of the baseline what is mended or gone with --prune-suppressions, and nothing of files it did not look at', async () => {
  for (const name of ['a.ts', 'b.ts', 'c.ts']) project.write(name, nested);
  await project.run(['analyze', '--suppress-all']);
  project.write('a.ts', 'export {};\n');
  expect((await project.run(['analyze', 'a.ts'])).stderr).toContain('1 stale in the baseline');
  await project.run(['analyze', 'a.ts', '--prune-suppressions']);
  expect(Object.keys(JSON.parse(project.read('booster-suppressions.json')).files)).toEqual(['b.ts', 'c.ts']);
});

it('refuses a baseline that it cannot read, and leaves it as it is', async () => {
  project.write('a.ts', nested);
  project.write('booster-suppressions.json', '{"version":7}');
  const { exitCode, stderr } = await project.run(['analyze', '--suppress-all']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('E_SUPPRESSIONS_INVALID');
  expect(project.read('booster-suppressions.json')).toBe('{"version":7}');
});

it('does not take a renamed file for new, nor what a comment silences for another finding', async () => {
  project.write('a.ts', nested);
  await project.git('init', '-q');
  await project.git('add', '-A');
  await project.git('commit', '-qm', 'base');
  await project.git('mv', 'a.ts', 'b.ts');
  expect((await project.run(['analyze', '--staged', '--new-only', '--reporter', 'concise'])).stdout).toBe('');
  project.write('b.ts', nested.replace('  return', '  // booster-ignore find-join-map: few users\n  return'));
  expect((await project.run(['analyze', 'b.ts', '--reporter', 'concise'])).stdout).toBe('');
});

it('reports with --new-only what the last commit does not have, though the code moved', async () => {
  await project.git('init', '-q');
  project.write('a.ts', nested);
  await project.git('add', '.');
  await project.git('commit', '-qm', 'base');
  project.write('a.ts', `// moved\n${nested}${nested.replaceAll('withNames', 'again')}`);
  project.write('b.ts', nested);
  const { stdout } = await project.run(['analyze', '--changed', '--new-only', '--reporter', 'concise']);
  expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual(['a.ts:6:32', 'b.ts:2:32', '']);
  expect((await project.run(['analyze', '--since', 'nowhere', '--new-only'])).stderr).toContain('E_GIT_REF');
});
