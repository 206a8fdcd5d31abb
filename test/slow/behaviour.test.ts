import { mkdtempSync, realpathSync, rmSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copySources, listSources } from './corpus-packages.ts';
import { optimizeTree } from './optimize-tree.ts';
import { runZodTests } from './zod-suite.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'booster-behaviour-')));
let original: string[];

function copyZod(name: string): string {
  copySources('zod', join(root, name));
  return join(root, name, 'zod');
}

beforeAll(async () => {
  original = await runZodTests(copyZod('original'));
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test.each(['safe', 'balanced'] as const)(
  'the tests of zod end the same on its rewritten sources: level %s',
  async (level) => {
    const folder = copyZod(level);
    const paths = listSources(folder).filter((path) => !path.includes('/tests/'));
    const { summary } = await optimizeTree({ folder, paths, level, write: true });
    expect(summary.written).toBeGreaterThan(0);
    const passed = original.filter((line) => line.endsWith(': passed'));
    console.log(`${level}: ${summary.applied} rewrites in ${summary.written} files; ${passed.length} tests pass`);
    expect(passed.length).toBeGreaterThan(1_000);
    expect(await runZodTests(folder)).toEqual(original);
  },
);

test('a wrong rewrite of zod would be seen', async () => {
  const folder = copyZod('planted');
  const file = join(folder, 'src/v4/core/util.ts');
  const text = readFileSync(file, 'utf8');
  const planted = text.replace('val.toString().split(".")[1]', 'val.toString().split(".")[0]');
  expect(planted).not.toBe(text);
  writeFileSync(file, planted);
  expect(await runZodTests(folder)).not.toEqual(original);
});
