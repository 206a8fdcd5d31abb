import { describe, expect, it } from 'vitest';
import { optimizeCode } from '../../../src/app/optimize-code.ts';
import { isBoosterError } from '../../../src/shared/errors.ts';
import { finding } from '../cli/file-results.ts';
import { fakePool, nothingFound, slowToFast } from './fake-pool.ts';

describe('optimizeCode', () => {
  it('gives the new code and the edits that lead to it, on the calling thread', async () => {
    const pool = fakePool(slowToFast);
    expect(await optimizeCode('slow', { filename: 'x.tsx', level: 'balanced', pool })).toEqual({
      status: 'rewritten',
      code: 'fast',
      edits: [{ start: 0, end: 4, text: 'fast' }],
      findings: [],
    });
    expect(pool.places).toEqual(['in-process']);
    expect(pool.requests).toMatchObject([{ language: 'tsx', level: 'balanced' }]);
  });

  it('keeps a byte order mark and counts it in every offset', async () => {
    const pool = fakePool((request) => ({ ...slowToFast(request), findings: [finding({ start: 0, end: 4 })] }));
    const { code, edits, findings } = await optimizeCode('\uFEFFslow', { pool });
    expect([code, edits[0]?.start, findings[0]?.start]).toEqual(['\uFEFFfast', 1, 1]);
    expect(pool.requests[0]?.text).toBe('slow');
  });

  it('takes code without a file name for TypeScript, and a language over a file name', async () => {
    const pool = fakePool(slowToFast);
    await optimizeCode('slow', { pool });
    await optimizeCode('slow', { pool, filename: 'x.ts', language: 'jsx' });
    expect(pool.requests.map(({ language }) => language)).toEqual(['typescript', 'jsx']);
  });

  it('gives refused code back with the reason', async () => {
    const reason = { code: 'E_SYNTAX', message: 'bad', line: 1, column: 2 };
    const pool = fakePool(() => ({ ...nothingFound, status: 'refused', reason }));
    expect(await optimizeCode('slow (', { pool })).toMatchObject({ status: 'refused', code: 'slow (', reason });
  });

  it.each([
    ['an unknown rule', { rules: ['nonsense'] }, 'E_RULE_UNKNOWN'],
    ['an unknown kind of file', { filename: 'x.py' }, 'E_FILE_UNSUPPORTED'],
  ])('throws for %s', async (_title, options, code) => {
    const error: unknown = await optimizeCode('x', options).catch((thrown: unknown) => thrown);
    expect(isBoosterError(error) && error.code).toBe(code);
  });
});
