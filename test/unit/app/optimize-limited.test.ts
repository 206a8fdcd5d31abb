import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileResult } from '../../../src/app/file-result.ts';
import type { OptimizeFilesOptions } from '../../../src/app/optimize-files.ts';
import { optimizeLimited } from '../../../src/app/optimize-limited.ts';
import { StatisticsCounter } from '../../../src/app/StatisticsCounter.ts';
import { TimingClock } from '../../../src/app/TimingClock.ts';
import { fakePool, slowRule, slowToFast } from './fake-pool.ts';

let folder: string;
let results: FileResult[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booster-limit-'));
  results = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** 100 files, every third of which has something to rewrite. */
function options(overrides: Partial<OptimizeFilesOptions>): OptimizeFilesOptions {
  const names = Array.from({ length: 100 }, (_, index) => `f${String(index).padStart(2, '0')}.ts`);
  for (const [index, name] of names.entries()) writeFileSync(join(folder, name), index % 3 === 0 ? 'slow();\n' : ';\n');
  return {
    ...{ cwd: folder, write: false, level: 'safe', rules: [slowRule], maximumBytes: 1000, threads: 2 },
    targets: names.map((path) => ({ path, named: false })),
    signal: new AbortController().signal,
    onResult: (result) => results.push(result),
    ...overrides,
  };
}

const written = (): string[] =>
  results.filter(({ path }) => readFileSync(join(folder, path), 'utf8').startsWith('fast')).map(({ path }) => path);

describe('optimizeLimited', () => {
  it.each([1, 2])('writes the first files with rewrites and no more, on %d threads', async (threads) => {
    const summary = await optimizeLimited(fakePool(slowToFast), options({ write: true, threads }), 3);
    expect(written()).toEqual(['f00.ts', 'f03.ts', 'f06.ts']);
    expect(summary).toMatchObject({ files: 7, written: 3, leftFiles: 93 });
    expect(readFileSync(join(folder, 'f09.ts'), 'utf8')).toBe('slow();\n');
  });

  it('goes through all files, in their order, when there are not so many', async () => {
    const summary = await optimizeLimited(fakePool(slowToFast), options({}), 50);
    expect(results.map(({ path }) => path)).toEqual(results.map(({ path }) => path).toSorted());
    expect(summary).toMatchObject({ files: 100, changed: 34 });
    expect('leftFiles' in summary).toBe(false);
  });

  it('says nothing of files that are left when the last one reaches the limit', async () => {
    const summary = await optimizeLimited(fakePool(slowToFast), options({}), 34);
    expect([summary.files, summary.leftFiles]).toEqual([100, undefined]);
  });

  it('writes nothing after an interrupt', async () => {
    const interruption = new AbortController();
    interruption.abort();
    const summary = await optimizeLimited(
      fakePool(slowToFast),
      options({ write: true, signal: interruption.signal }),
      3,
    );
    expect([summary.interrupted, written()]).toEqual([true, []]);
  });
});

describe('what is counted beside', () => {
  it('adds up findings by rule, with their cost classes, and only what is in the result as applied', () => {
    const counter = new StatisticsCounter();
    const finding = { start: 0, end: 1, line: 1, column: 1, message: '', tier: 'safe', evidence: [] } as const;
    const file = { named: false, failedRules: [], reader: 'oxc', bytes: 1, durationMs: 1 } as const;
    const quadratic = { before: 'O(n²)', after: 'O(n)' };
    const found = [
      { ...finding, ruleId: 'a', status: 'applied', complexity: quadratic },
      { ...finding, ruleId: 'a', status: 'manual', complexity: { before: 'O(n)', after: 'O(1)' } },
      { ...finding, ruleId: 'b', status: 'available', complexity: quadratic },
    ] as const;
    counter.add({ ...file, path: 'x', status: 'written', findings: found });
    counter.add({ ...file, path: 'y', status: 'conflict', findings: found.slice(0, 1) });
    expect(counter.statistics()).toEqual([
      {
        ...{ rule: 'a', applied: 1, available: 0, manual: 1, files: 2 },
        costs: [
          { ...quadratic, count: 2 },
          { before: 'O(n)', after: 'O(1)', count: 1 },
        ],
      },
      { rule: 'b', applied: 0, available: 1, manual: 0, files: 1, costs: [{ ...quadratic, count: 1 }] },
    ]);
  });

  it('tells files that were worked on from those that were known or cannot match', async () => {
    const clock = new TimingClock();
    clock.found();
    await optimizeLimited(
      fakePool(slowToFast),
      options({
        onResult: (result) => {
          clock.add(result);
        },
      }),
      100,
    );
    const { worked, cached, unmatched, readMs, engineMs, findMs } = clock.timing();
    expect([worked, cached, unmatched]).toEqual([34, 0, 66]);
    expect(Math.min(readMs, engineMs, findMs)).toBeGreaterThanOrEqual(0);
  });
});
