import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../src/app/apply-edit.ts';
import { fakeApplyPool, merged, refusal } from './fake-apply-pool.ts';

describe('applyEdit', () => {
  it('gives the merged text with what is known of the merge', async () => {
    const pool = fakeApplyPool();
    const result = await applyEdit({ code: 'one two', edit: 'two => 2', pool });
    expect(result).toEqual({ ...merged, edits: [{ start: 4, end: 7, text: '2' }], code: 'one 2' });
    expect(pool.requests).toEqual([{ text: 'one two', edit: 'two => 2', language: 'text', strictness: 'balanced' }]);
  });

  it('keeps a byte order mark of the code, drops that of the edit, and counts offsets from the first character', async () => {
    const pool = fakeApplyPool();
    const result = await applyEdit({ code: '\uFEFFone two', edit: '\uFEFFtwo => 2', pool });
    expect(result).toMatchObject({ code: '\uFEFFone 2', edits: [{ start: 5, end: 8, text: '2' }] });
    expect(pool.requests[0]).toMatchObject({ text: 'one two', edit: 'two => 2' });
  });

  it('gives the text back, and the refusal, when the edit is refused', async () => {
    const result = await applyEdit({ code: 'a a', edit: 'a => b', pool: fakeApplyPool() });
    expect(result).toEqual({ status: 'refused', code: 'a a', refusal });
  });

  it('gives the text back when there is nothing to do', async () => {
    const result = await applyEdit({ code: 'b', edit: 'a => b', pool: fakeApplyPool() });
    expect(result).toMatchObject({ status: 'unchanged', code: 'b', edits: [] });
  });

  it.each([
    [{ language: 'C++' }, 'cpp'],
    [{ filename: 'src/a.py' }, 'python'],
    [{ filename: 'a.py', language: 'text' }, 'text'],
    [{ filename: 'Makefile' }, 'text'],
  ])('takes the language from %o', async (options, language) => {
    const pool = fakeApplyPool();
    await applyEdit({ code: 'a', edit: 'a => b', pool, ...options });
    expect(pool.requests[0]?.language).toBe(language);
  });

  it('throws E_APPLY_LANGUAGE for a language that nobody knows', async () => {
    const call = applyEdit({ code: 'a', edit: 'a', language: 'klingon', pool: fakeApplyPool() });
    await expect(call).rejects.toMatchObject({ code: 'E_APPLY_LANGUAGE' });
  });
});
