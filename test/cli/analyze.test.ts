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
  expect(stdout).toContain('warning src/a.ts:2:32 nested-search in orders.map callback');
  expect(stdout).toContain('> 2 |   return orders.map((order) => users.find((user) => user.id === order.userId));');
  expect(stdout).toContain('cost: O(orders · users) → O(orders + users)');
  expect(stdout).toContain('sure: likely, ');
  expect(stdout).toContain('mend: build a Map');
  expect(stderr).toMatch(/^Analysed 1 file in \d+ ms: 1 warning\n$/);
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
  expect(stdout).toMatch(/nested-search +0 +1 +0 +0/);
  expect(JSON.parse(project.read('out/a.json')).files[0].findings).toHaveLength(1);
  expect(project.read('out/a.txt')).toMatch(/^a\.ts:2:32 warning nested-search /);
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
  const { stdout } = await project.run(['optimize', '--check', '.']);
  expect(stdout).toBe('b.ts\n');
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
