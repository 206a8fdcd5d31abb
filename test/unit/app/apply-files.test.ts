import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyFiles } from '../../../src/app/apply-files.ts';
import type { ApplyFilesOptions } from '../../../src/app/apply-files.ts';
import type { ApplyItem } from '../../../src/app/apply-item.ts';
import { readText } from '../../../src/app/apply-item.ts';
import type { ApplyOutcome } from '../../../src/app/apply-result.ts';
import { hashOf } from '../../../src/files/read-source.ts';
import { BoosterError } from '../../../src/shared/errors.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { fakeApplyPool, replaceOnce } from './fake-apply-pool.ts';
import type { FakeApplyPool } from './fake-apply-pool.ts';

function item(path: string, edit: string, more: Partial<ApplyItem> = {}): ApplyItem {
  return { target: { kind: 'file', path }, edit, ...more };
}

async function apply(
  cwd: string,
  items: readonly ApplyItem[],
  { pool = fakeApplyPool(), ...overrides }: Partial<ApplyFilesOptions> & { pool?: FakeApplyPool } = {},
): Promise<ApplyOutcome> {
  return applyFiles(pool, {
    cwd,
    items,
    write: true,
    strictness: 'balanced',
    maximumBytes: 1000,
    signal: new AbortController().signal,
    ...overrides,
  });
}

const statuses = ({ results }: ApplyOutcome): string[] => results.map(({ status }) => status);
const hash = (text: string): string => hashOf(Buffer.from(text));
const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

describe('applyFiles', () => {
  it('writes a merged file and tells the hash before and after', async () => {
    const folder = tempFolder({ 'a.ts': 'one two' });
    const { results } = await apply(folder, [item('a.ts', 'two => 2')]);
    expect(results).toMatchObject([
      { path: 'a.ts', status: 'applied', written: true, hash: hash('one two'), newHash: hash('one 2') },
    ]);
    expect(read(folder, 'a.ts')).toBe('one 2');
    expect(readdirSync(folder)).toEqual(['a.ts']);
  });

  it('writes nothing in a preview', async () => {
    const folder = tempFolder({ 'a.ts': 'one two' });
    const { results, files } = await apply(folder, [item('a.ts', 'two => 2')], { write: false });
    expect(results).toMatchObject([{ status: 'applied', written: false }]);
    expect(files).toMatchObject([{ path: 'a.ts', change: { before: 'one two', after: 'one 2' } }]);
    expect(read(folder, 'a.ts')).toBe('one two');
  });

  it('keeps the byte order mark and hashes it', async () => {
    const folder = tempFolder({ 'a.ts': '\uFEFFone\r\ntwo' });
    const pool = fakeApplyPool();
    const { results } = await apply(folder, [item('a.ts', 'two => 2')], { pool });
    expect(pool.requests[0]?.text).toBe('one\r\ntwo');
    expect(results[0]?.newHash).toBe(hash('\uFEFFone\r\n2'));
    expect(read(folder, 'a.ts')).toBe('\uFEFFone\r\n2');
  });

  it('takes the language of the path, unless the item names one, and the strictness of the run', async () => {
    const folder = tempFolder({ 'a.py': 'x', b: 'x' });
    const pool = fakeApplyPool();
    const items = [item('a.py', 'x => y'), item('b', 'x => y', { language: 'go', strictness: 'strict' })];
    await apply(folder, items, { pool, write: false, strictness: 'permissive' });
    expect(pool.requests).toMatchObject([
      { language: 'python', strictness: 'permissive' },
      { language: 'go', strictness: 'strict' },
    ]);
  });

  it('merges code that lies in no file and writes nothing', async () => {
    const folder = tempFolder();
    const source = readText('\uFEFFone two', 'code', 1000);
    const { results, files } = await apply(folder, [{ target: { kind: 'code', source }, edit: 'two => 2' }]);
    expect(results).toMatchObject([{ status: 'applied', written: false, newHash: hash('\uFEFFone 2') }]);
    expect(results[0]?.change).toMatchObject({ after: 'one 2', bom: true });
    expect(files).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says that there is nothing to do, also when an engine calls a change what changes nothing', async () => {
    const folder = tempFolder({ 'a.ts': 'one 2', 'b.ts': 'same' });
    const outcome = await apply(folder, [item('a.ts', 'two => 2'), item('b.ts', 'same => same')]);
    expect(statuses(outcome)).toEqual(['unchanged', 'unchanged']);
    expect(outcome.files).toEqual([]);
  });

  it('ends with E_TASK_ABORTED when it is interrupted, with nothing written', async () => {
    const folder = tempFolder({ 'a.ts': 'one two', 'b.ts': 'one two' });
    const controller = new AbortController();
    const pool = fakeApplyPool((request) => {
      controller.abort();
      return replaceOnce(request);
    });
    const items = [item('a.ts', 'two => 2'), item('b.ts', 'two => 2')];
    await expect(apply(folder, items, { pool, signal: controller.signal })).rejects.toMatchObject({
      code: 'E_TASK_ABORTED',
    });
    expect([read(folder, 'a.ts'), read(folder, 'b.ts')]).toEqual(['one two', 'one two']);
  });

  it('passes the interruption of a task on', async () => {
    const folder = tempFolder({ 'a.ts': 'one two' });
    const pool = fakeApplyPool(() => {
      throw new BoosterError('E_TASK_ABORTED', 'interrupted');
    });
    await expect(apply(folder, [item('a.ts', 'x')], { pool })).rejects.toMatchObject({ code: 'E_TASK_ABORTED' });
  });

  it.each(['E_TASK_TIMEOUT', 'E_WASM_TRAP', 'E_POOL_UNSTABLE'] as const)(
    'fails with %s and leaves the file',
    async (code) => {
      const folder = tempFolder({ 'a.ts': 'one two' });
      const pool = fakeApplyPool(() => {
        throw new BoosterError(code, 'no');
      });
      const { results } = await apply(folder, [item('a.ts', 'two => 2')], { pool });
      expect(results).toMatchObject([{ status: 'failed', reason: { code } }]);
      expect(read(folder, 'a.ts')).toBe('one two');
    },
  );
});

describe('several edits', () => {
  it('of one file are merged one after the other, under whatever name it goes', async () => {
    const folder = tempFolder({ 'src/a.ts': 'one two three' });
    symlinkSync('src/a.ts', join(folder, 'link.ts'));
    const items = [
      item('src/a.ts', 'one => 1'),
      item('./src/../src/a.ts', '1 two => 1 2'),
      item('link.ts', 'three => 3'),
      item(join(folder, 'src/a.ts'), 'nothing => 3'),
    ];
    const outcome = await apply(folder, items);
    expect(statuses(outcome)).toEqual(['applied', 'applied', 'applied', 'unchanged']);
    expect(outcome.results[1]).toMatchObject({ hash: hash('1 two three'), newHash: hash('1 2 three') });
    expect(outcome.files).toHaveLength(1);
    expect(outcome.files[0]?.change).toMatchObject({ before: 'one two three', after: '1 2 3' });
    expect(read(folder, 'src/a.ts')).toBe('1 2 3');
  });

  it('are all reported when one is refused, and nothing is written', async () => {
    const folder = tempFolder({ 'a.ts': 'one', 'b.ts': 'one one', 'c.ts': 'one' });
    const outcome = await apply(folder, [
      item('a.ts', 'one => 1'),
      item('b.ts', 'one => 1'),
      item('missing.ts', 'one => 1'),
      item('c.ts', 'one => 1'),
    ]);
    expect(statuses(outcome)).toEqual(['applied', 'refused', 'failed', 'applied']);
    expect(outcome.results.every(({ written }) => !written)).toBe(true);
    expect(['a.ts', 'b.ts', 'c.ts'].map((name) => read(folder, name))).toEqual(['one', 'one one', 'one']);
  });

  it('are all or none when a file cannot be written', async () => {
    const folder = tempFolder({ 'a.ts': 'one', 'b.ts': 'one' });
    chmodSync(join(folder, 'b.ts'), 0o444);
    const { results } = await apply(folder, [item('a.ts', 'one => 1'), item('b.ts', 'one => 1')]);
    expect(results).toMatchObject([
      { status: 'applied', written: false },
      { status: 'failed', written: false, reason: { code: 'E_FILE_NOT_WRITABLE', message: 'is read-only' } },
    ]);
    expect([read(folder, 'a.ts'), read(folder, 'b.ts')]).toEqual(['one', 'one']);
  });

  it('are all or none when a file is changed by somebody else between reading and writing', async () => {
    const folder = tempFolder({ 'a.ts': 'one', 'b.ts': 'one' });
    const pool = fakeApplyPool((request) => {
      writeFileSync(join(folder, 'b.ts'), 'theirs');
      return replaceOnce({ ...request, text: 'one' });
    });
    symlinkSync('b.ts', join(folder, 'link.ts'));
    const items = [item('link.ts', 'one => 1'), item('a.ts', 'one => 1')];
    const { results } = await apply(folder, items, { pool });
    expect(results).toMatchObject([
      { status: 'conflict', reason: { code: 'E_FILE_CHANGED' } },
      { status: 'applied', written: false },
    ]);
    expect([read(folder, 'a.ts'), read(folder, 'b.ts')]).toEqual(['one', 'theirs']);
  });
});

describe('an expected hash', () => {
  it.each([8, 12, 64])('of %i digits lets the right content through', async (length) => {
    const folder = tempFolder({ 'a.ts': 'one' });
    const expectHash = hash('one').slice(0, length);
    expect(statuses(await apply(folder, [item('a.ts', 'one => 1', { expectHash })]))).toEqual(['applied']);
  });

  it('stops the edit of another content, and tells the hash that is there', async () => {
    const folder = tempFolder({ 'a.ts': 'one' });
    const { results } = await apply(folder, [item('a.ts', 'one => 1', { expectHash: hash('other') })]);
    expect(results).toMatchObject([{ status: 'conflict', hash: hash('one'), reason: { code: 'E_FILE_CHANGED' } }]);
    expect(read(folder, 'a.ts')).toBe('one');
  });

  it('means the file on disk, also for the second edit of a file', async () => {
    const folder = tempFolder({ 'a.ts': 'one two' });
    const expectHash = hash('one two');
    const items = [item('a.ts', 'one => 1', { expectHash }), item('a.ts', 'two => 2', { expectHash })];
    expect(statuses(await apply(folder, items))).toEqual(['applied', 'applied']);
  });
});
