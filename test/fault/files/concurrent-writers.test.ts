import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { releasePublishLock, takePublishLock } from '../../../src/files/publish-lock.ts';
import { readSource } from '../../../src/files/read-source.ts';
import { writeAtomic } from '../../../src/files/write-atomic.ts';
import { tempFolder } from '../../unit/files/temp-folder.ts';
import { bundleWriter, output, startNode } from './writer-process.ts';

const writer = bundleWriter();

/** Waits until a process has printed so many dots: it prints one before each write. */
async function dots(child: ChildProcess, wanted: number): Promise<void> {
  let seen = 0;
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.length;
      if (seen >= wanted) resolve();
    });
  });
}

describe('several processes on one file', () => {
  it('lose no write: every line that a process counted as written is in the file', async () => {
    const folder = tempFolder({ 'a.ts': '' });
    const path = join(folder, 'a.ts');
    const children = [1, 2, 3].map(() => startNode(writer.path(), 'count', path, '30'));
    expect(await Promise.all(children.map(output))).toEqual(['written\n', 'written\n', 'written\n']);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    for (const { pid } of children) expect(lines.filter((line) => line === String(pid))).toHaveLength(30);
    expect(lines).toHaveLength(90);
    expect(readdirSync(folder)).toEqual(['a.ts']);
  });

  it('that read the same version: exactly one wins, the others get E_FILE_CHANGED', async () => {
    const folder = tempFolder({ 'a.ts': 'old' });
    const file = readSource(join(folder, 'a.ts'));
    const texts = Array.from({ length: 20 }, (_, index) => `new ${index}`);
    const results = await Promise.allSettled(texts.map(async (text) => writeAtomic(file, text)));
    const winner = results.findIndex(({ status }) => status === 'fulfilled');
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readFileSync(file.path, 'utf8')).toBe(texts[winner]);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'E_FILE_CHANGED' });
  });

  it('that are killed while they write leave one of the two versions, whole', { timeout: 60_000 }, async () => {
    const folder = tempFolder({ 'a.ts': 'a'.repeat(50_000) });
    const path = join(folder, 'a.ts');
    const versions = ['a'.repeat(50_000), 'b'.repeat(50_000)];
    const seen = new Set<string>();
    for (let round = 0; round < 25; round += 1) {
      const child = startNode(writer.path(), 'alternate', path, 'a,b');
      const ended = once(child, 'close');
      await dots(child, 2 + (round % 7));
      child.kill('SIGKILL');
      await ended;
      const text = readFileSync(path, 'utf8');
      expect(versions).toContain(text);
      seen.add(text);
    }
    expect(seen.size).toBe(2);
    const file = readSource(path);
    await writeAtomic(file, 'after all');
    expect(readFileSync(path, 'utf8')).toBe('after all');
  });
});

describe('takePublishLock', () => {
  const version = 'ab'.repeat(32);

  function target(): { path: string; temp: (name: string) => string } {
    const folder = tempFolder({ 'a.ts': 'old' });
    const temp = (tag: string): string => {
      const path = join(folder, `.a.ts.booster-${tag.repeat(16)}.tmp`);
      writeFileSync(path, tag);
      return path;
    };
    return { path: join(folder, 'a.ts'), temp };
  }

  it('is given to one at a time, and again after its release', () => {
    const { path, temp } = target();
    const now = Date.now();
    const lock = takePublishLock(path, version, temp('1'), now);
    expect(lock).toMatchObject({ generation: 0 });
    expect(takePublishLock(path, version, temp('2'), now)).toHaveProperty('busyForMs');
    if ('generation' in lock) releasePublishLock(lock, false);
    expect(takePublishLock(path, version, temp('2'), now)).toMatchObject({ generation: 0 });
  });

  it('takes the temp file of a stale holder away, so that its late rename fails', () => {
    const { path, temp } = target();
    const stopped = temp('1');
    takePublishLock(path, version, stopped, Date.now());
    const later = Date.now() + 2_500;
    const lock = takePublishLock(path, version, temp('2'), later);
    expect(lock).toMatchObject({ generation: 1 });
    expect(() => readFileSync(stopped)).toThrow('ENOENT');
    expect(takePublishLock(path, version, temp('3'), Date.now())).toHaveProperty('busyForMs');
    if ('generation' in lock) releasePublishLock(lock, true);
    expect(readdirSync(join(path, '..')).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it('overrules an old lock whose holder was killed before he could name himself', () => {
    const { path, temp } = target();
    const nameless = join(path, `../.a.ts.booster-${version.slice(0, 16)}-0.lock`);
    writeFileSync(nameless, '');
    expect(takePublishLock(path, version, temp('1'), Date.now())).toHaveProperty('busyForMs');
    const lock = takePublishLock(path, version, temp('1'), Date.now() + 2_500);
    expect(lock).toMatchObject({ generation: 1 });
    if ('generation' in lock) releasePublishLock(lock, true);
    expect(readdirSync(join(path, '..')).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it('is not given to a holder who wakes up after he was overruled before he could name himself', () => {
    const { path, temp } = target();
    // The next generation is there already when the first is created: as if its creator had been stopped in between.
    const next = join(path, `../.a.ts.booster-${version.slice(0, 16)}-1.lock`);
    writeFileSync(next, basename(temp('2')));
    expect(takePublishLock(path, version, temp('1'), Date.now())).toHaveProperty('busyForMs');
  });

  it('is not given over a lock that says something strange', () => {
    const { path, temp } = target();
    writeFileSync(join(path, `../.a.ts.booster-${version.slice(0, 16)}-0.lock`), '../elsewhere');
    expect(takePublishLock(path, version, temp('1'), Date.now() + 50_000)).toHaveProperty('busyForMs');
  });
});
