import { expect, it } from 'vitest';
import type { AnalyzedFile, ReportedFunction } from '../../../src/app/analyzed-file.ts';
import { keepListedFunctions, rankFunctions } from '../../../src/app/rank-functions.ts';

function fileOf(path: string, degrees: readonly number[]): AnalyzedFile {
  const functions = degrees.map((costDegree, start) => ({ name: `f${String(start)}`, costDegree, start }));
  return {
    path,
    functions: functions as unknown as ReportedFunction[],
    functionCount: degrees.length,
  } as unknown as AnalyzedFile;
}

const files = [fileOf('a.ts', [1, 3, 2, 0]), fileOf('b.ts', [2, 2]), fileOf('c.ts', [4])];

it.each([1, 2, 3, 5, 9])(
  'the first %i functions are the same when each file keeps no more than may be listed',
  (count) => {
    const kept = files.map((file) => keepListedFunctions(file, count));
    expect(rankFunctions(kept, count)).toEqual(rankFunctions(files, count));
    for (const { functions } of kept) expect(functions.length).toBeLessThanOrEqual(count);
  },
);

it('keeps none when none is listed, but knows how many there were', () => {
  expect(files.map((file) => keepListedFunctions(file, 0))).toEqual(files.map((file) => ({ ...file, functions: [] })));
});
