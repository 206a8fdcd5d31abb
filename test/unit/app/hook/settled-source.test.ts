import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { settledSource } from '../../../../src/app/hook/settled-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'booster-settled-'));
const path = join(folder, 'a.ts');
const told = { kind: 'replacements', replacements: [{ before: 'xs[0]', after: 'xs.at(0)' }] } as const;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function options() {
  return { maximumBytes: 1000, signal: new AbortController().signal };
}

it('waits for an edit that is told before it is written', async () => {
  writeFileSync(path, 'first = xs[0];\n');
  const source = settledSource(path, told, options());
  writeFileSync(path, 'first = xs.at(0);\n');
  expect((await source).text).toBe('first = xs.at(0);\n');
});

it('gives up on an edit that never comes', async () => {
  writeFileSync(path, 'first = xs[0];\n');
  expect((await settledSource(path, told, options())).text).toBe('first = xs[0];\n');
});

it('takes the file as it is when it holds what was put in, and something like what it replaced elsewhere', async () => {
  writeFileSync(path, 'first = xs.at(0);\nother = xs[0];\n');
  const source = settledSource(path, told, options());
  writeFileSync(path, 'later\n');
  expect((await source).text).toContain('other');
});

it('stops waiting when the time of the hook is over', async () => {
  writeFileSync(path, 'first = xs[0];\n');
  const controller = new AbortController();
  const source = settledSource(path, told, { maximumBytes: 1000, signal: controller.signal });
  controller.abort();
  await expect(source).rejects.toThrow();
});
