import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Runs .ci/run in an empty checkout whose `npm` is the given shell script. */
async function runWith(npm: string): Promise<{ status: number | null; lastLine: string; output: string }> {
  const checkout = await mkdtemp(join(tmpdir(), 'booster-ci-'));
  await mkdir(join(checkout, 'fake'));
  await cp(join(root, '.ci'), join(checkout, '.ci'), { recursive: true });
  const file = join(checkout, 'fake', 'npm');
  await writeFile(file, `#!/bin/sh\n${npm}\n`);
  await chmod(file, 0o755);
  const env = { ...process.env, PATH: `${join(checkout, 'fake')}:${process.env['PATH'] ?? ''}` };
  const { status, stdout } = spawnSync('bash', [join(checkout, '.ci', 'run')], { env, encoding: 'utf8' });
  await rm(checkout, { recursive: true });
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) ?? '', output: stdout };
}

test('the totals of the quick and of the slow tests are added up', async () => {
  const { status, lastLine } = await runWith(
    'case "$*" in test) echo "7 passed, 0 failed";; *slow) echo "2 passed, 0 failed";; esac',
  );
  expect(lastLine).toBe('9 passed, 0 failed');
  expect(status).toBe(0);
});

test('a failed test makes the run fail and the slow tests still run', async () => {
  const { status, lastLine } = await runWith(
    'case "$*" in test) echo "7 passed, 1 failed"; exit 1;; *slow) echo "2 passed, 0 failed";; esac',
  );
  expect(lastLine).toBe('9 passed, 1 failed');
  expect(status).toBe(1);
});

test('a failed installation ends the run with one failure', async () => {
  const { status, lastLine, output } = await runWith('test "$1" != ci || exit 3; echo "7 passed, 0 failed"');
  expect(lastLine).toBe('0 passed, 1 failed');
  expect(output).not.toContain('7 passed');
  expect(status).toBe(1);
});

test('tests that die without a summary count as a failure', async () => {
  const { status, lastLine } = await runWith('test "$1" != test || exit 9');
  expect(lastLine).toBe('0 passed, 1 failed');
  expect(status).toBe(1);
});
