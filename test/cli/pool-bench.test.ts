import { afterEach, beforeEach, expect, test } from 'vitest';
import { Project } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

const slow = 'const xs = [1, 2, 3];\nexport const first = xs.filter((x) => x > 1)[0];\n';
const quick = ['--isolated', '--rounds', '2'];

test('pool bench measures the main thread and each number of workers, and changes no file', async () => {
  project.write('a.ts', slow);
  const { stdout, exitCode } = await project.run(['pool', 'bench', '--max', '2', '--json', ...quick]);
  expect(exitCode).toBe(0);
  const bench = JSON.parse(stdout) as { rows: { filesPerSecond: { median: number } }[] };
  expect(bench).toMatchObject({
    schemaVersion: 1,
    workload: { files: 1, parsed: 1, unreadable: 0, leftOut: 0, bytes: slow.length },
    rounds: 2,
    warmUpFiles: 1,
    wanted: 2,
    rows: [{ instances: 0 }, { instances: 1, speedUp: { median: 1 } }, { instances: 2 }],
    failuresByCode: {},
  });
  for (const { filesPerSecond } of bench.rows) expect(filesPerSecond.median).toBeGreaterThan(0);
  expect(project.read('a.ts')).toBe(slow);
});

test('pool bench says when there is too little to measure', async () => {
  project.write('a.ts', 'export {};\n');
  const { stdout, stderr, exitCode } = await project.run(['pool', 'bench', '--max', '1', ...quick]);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^main thread /m);
  expect(stdout).toMatch(/^1 .* 1\.00 × /m);
  expect(stdout).toContain('too little to measure (files: 1, workers: 1); name a larger folder');
  expect(stdout).toContain('no file holds anything that a rule looks for: none was parsed');
});

test('pool bench fails where no file is', async () => {
  const { stdout, stderr, exitCode } = await project.run(['pool', 'bench', 'missing', ...quick]);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  expect(stderr).toContain('E_FILE_NOT_FOUND');
});

test.each([
  ['--max', '0', '1 to 64'],
  ['--max', '65', '1 to 64'],
  ['--files', '-1', '1 to 100000'],
  ['--rounds', '1.5', '1 to 100'],
])('pool bench refuses %s %s', async (flag, value, range) => {
  const { stderr, exitCode } = await project.run(['pool', 'bench', `${flag}=${value}`, '--isolated']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${flag}: '${value}' is not a whole number from ${range}`);
});
