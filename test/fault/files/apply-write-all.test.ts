import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../../src/files/read-source.ts';
import type { FileWrite } from '../../../src/files/write-all.ts';
import { writeAll } from '../../../src/files/write-all.ts';
import { tempFolder } from '../../unit/files/temp-folder.ts';

const names = ['a.ts', 'b.ts', 'c/c.ts'];

/** Three files and what is to be written into them. */
function three(): { folder: string; writes: FileWrite[]; texts: () => (string | undefined)[] } {
  const folder = tempFolder(Object.fromEntries(names.map((name) => [name, `old ${name}`])));
  const writes = names.map((name) => ({ source: readSource(join(folder, name)), newText: `new ${name}` }));
  const texts = (): (string | undefined)[] => names.map((name) => textOf(join(folder, name)));
  return { folder, writes, texts };
}

function textOf(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'utf8') : undefined;
}

const old = names.map((name) => `old ${name}`);

/** What is left of side files anywhere. */
function leftovers(folder: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.includes('.booster-'));
}

/** A signal that runs `act` when it is asked for the n-th time whether it is aborted: a hook between two steps. */
function hook(n: number, act: () => void): AbortSignal {
  const { signal } = new AbortController();
  let asked = 0;
  return new Proxy(signal, {
    get(target, key) {
      if (key !== 'aborted') return Reflect.get(target, key) as unknown;
      asked += 1;
      if (asked === n) act();
      return false;
    },
  });
}

describe('writeAll', () => {
  it('writes all files and leaves nothing else behind', async () => {
    const { folder, writes, texts } = three();
    await writeAll(writes);
    expect(texts()).toEqual(names.map((name) => `new ${name}`));
    expect(leftovers(folder)).toEqual([]);
  });

  it('writes nothing when one file is read-only', async () => {
    const { folder, writes, texts } = three();
    chmodSync(join(folder, 'b.ts'), 0o444);
    await expect(writeAll(writes)).rejects.toMatchObject({ code: 'E_FILE_NOT_WRITABLE' });
    expect(texts()).toEqual(old);
    expect(leftovers(folder)).toEqual([]);
  });

  it.each([
    [
      'changed',
      (path: string) => {
        writeFileSync(path, 'theirs');
      },
      'theirs',
    ],
    [
      'deleted',
      (path: string) => {
        rmSync(path);
      },
      undefined,
    ],
    [
      'replaced by a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
      undefined,
    ],
  ])('writes nothing when the last file was %s since it was read', async (_how, change, left) => {
    const { folder, writes, texts } = three();
    change(join(folder, 'c/c.ts'));
    await expect(writeAll(writes)).rejects.toMatchObject({ code: 'E_FILE_CHANGED' });
    expect(texts()).toEqual([...old.slice(0, 2), left]);
    expect(leftovers(folder)).toEqual([]);
  });

  it('writes nothing when a text cannot be written', async () => {
    const { writes, texts } = three();
    const broken = writes.map((write, index) => (index === 2 ? { ...write, newText: '\ud800' } : write));
    await expect(writeAll(broken)).rejects.toMatchObject({ code: 'E_FILE_NOT_WRITABLE' });
    expect(texts()).toEqual(old);
  });

  it('writes nothing when it is interrupted before the first file has taken its place', async () => {
    const { folder, writes, texts } = three();
    const controller = new AbortController();
    const writing = writeAll(writes, { signal: controller.signal });
    controller.abort();
    await expect(writing).rejects.toMatchObject({ code: 'E_TASK_ABORTED' });
    expect(texts()).toEqual(old);
    expect(leftovers(folder)).toEqual([]);
  });

  it('puts the written files back when a later one is changed at the last moment', async () => {
    const { folder, writes, texts } = three();
    // Asked once for each file that is staged, and once more when the first is published: all checks are done by then.
    const signal = hook(writes.length + 1, () => {
      writeFileSync(join(folder, 'c/c.ts'), 'theirs');
    });
    const error = await writeAll(writes, { signal }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'E_FILE_CHANGED',
      message: expect.stringMatching(/; the other files have been put back$/),
      data: {
        path: join(folder, 'c/c.ts'),
        restored: ['b.ts', 'a.ts'].map((name) => join(folder, name)),
        notRestored: [],
      },
    });
    expect(texts()).toEqual([...old.slice(0, 2), 'theirs']);
    expect(leftovers(folder)).toEqual([]);
  });

  it('names what it could not put back', async () => {
    const { folder, writes, texts } = three();
    const [a] = writes;
    const signal = hook(writes.length + 1, () => {
      rmSync(join(folder, 'c/c.ts'));
      // The first file stands elsewhere when it is to be put back, and what stands there is not ours.
      setImmediate(function take() {
        if (readFileSync(join(folder, 'a.ts'), 'utf8') === a?.newText) writeFileSync(join(folder, 'a.ts'), 'theirs');
        else setImmediate(take);
      });
    });
    const error = await writeAll(writes, { signal }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      message: expect.stringContaining(`could not be put back and hold their new text: ${join(folder, 'a.ts')}`),
      data: { restored: [join(folder, 'b.ts')], notRestored: [join(folder, 'a.ts')] },
    });
    expect(texts()).toEqual(['theirs', 'old b.ts', undefined]);
  });

  it('puts back byte order mark, line ends and mode', async () => {
    const folder = tempFolder({ 'a.ts': '\uFEFFa\r\nb', 'b.ts': 'b' });
    const [one, two] = ['a.ts', 'b.ts'].map((name) => join(folder, name)) as [string, string];
    chmodSync(one, 0o750);
    const writes = [one, two].map((path) => ({ source: readSource(path), newText: 'x' }));
    const signal = hook(3, () => {
      renameSync(two, `${two}.moved`);
    });
    await expect(writeAll(writes, { signal })).rejects.toMatchObject({ code: 'E_FILE_CHANGED' });
    expect(readFileSync(one).equals(Buffer.from('\uFEFFa\r\nb'))).toBe(true);
    expect(statSync(one).mode & 0o777).toBe(0o750);
  });
});
