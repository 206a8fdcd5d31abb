import { describe, expect, it } from 'vitest';
import { countAt, parseCoverage, type ScriptCoverage } from '../../../src/profile/coverage.ts';

const range = (startOffset: number, endOffset: number, count: number): object => ({ startOffset, endOffset, count });
const script = {
  scriptId: '1',
  url: 'file:///a.js',
  functions: [
    { functionName: '', ranges: [range(0, 100, 1), range(60, 80, 20)], isBlockCoverage: true },
    { functionName: 'f', ranges: [range(10, 50, 20), range(20, 40, 4_000), range(25, 30, 0)], isBlockCoverage: true },
  ],
};
const text = JSON.stringify({
  result: [script, { ...script, url: 'node:fs' }],
  timestamp: 1,
  'source-map-cache': { 'file:///a.js': { lineLengths: [100], data: { version: 3 }, url: 'a.js.map' } },
});

function scripts(): readonly ScriptCoverage[] {
  return parseCoverage(text, 'c.json').scripts;
}

describe('parseCoverage', () => {
  it('keeps the scripts that are files, and their maps', () => {
    const { scripts: kept, sourceMaps } = parseCoverage(text, 'c.json');
    expect(kept.map(({ url }) => url)).toEqual(['file:///a.js']);
    expect([...sourceMaps]).toEqual([['file:///a.js', { version: 3 }]]);
  });

  it.each([
    ['no JSON', 'x'],
    ['null', 'null'],
    ['no result', '{}'],
    ['a script without functions', '{"result":[{"url":"file:///a.js"}]}'],
    ['a function without ranges', '{"result":[{"url":"file:///a.js","functions":[{}]}]}'],
    [
      'a range without a count',
      '{"result":[{"url":"file:///a.js","functions":[{"ranges":[{"startOffset":0,"endOffset":1}]}]}]}',
    ],
  ])('refuses a document with %s', (_what, document) => {
    expect(() => parseCoverage(document, 'c.json')).toThrow(
      expect.objectContaining({ code: 'E_COVERAGE_INVALID' }) as Error,
    );
  });
});

describe('countAt', () => {
  it.each([
    ['a block in a function', 22, { count: 4_000, calls: 20 }],
    ['a block in a block, never run', 27, { count: 0, calls: 20 }],
    ['a function outside of its blocks', 12, { count: 20, calls: 20 }],
    ['a block at the top', 61, { count: 20, calls: 1 }],
    ['the top', 5, { count: 1, calls: 1 }],
  ])('gives the count of %s, and how often its function was called', (_what, offset, expected) => {
    expect(countAt(scripts(), offset)).toEqual(expected);
  });

  it('adds several processes up', () => {
    expect(countAt([...scripts(), ...scripts()], 22)).toEqual({ count: 8_000, calls: 40 });
  });

  it('knows nothing of places behind the script', () => {
    expect(countAt(scripts(), 100)).toBe(undefined);
  });
});
