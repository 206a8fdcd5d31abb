import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../../src/files/read-source.ts';
import type { SourceFile } from '../../../src/files/read-source.ts';
import { writeAtomic } from '../../../src/files/write-atomic.ts';
import { tempFolder } from '../../unit/files/temp-folder.ts';
import { bundleWriter } from './writer-process.ts';

const writer = bundleWriter();
const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === 'win32';

function source(files: Readonly<Record<string, string | Uint8Array>> = { 'a.ts': 'old\n' }): {
  folder: string;
  path: string;
  file: SourceFile;
} {
  const folder = tempFolder(files);
  const path = join(folder, 'a.ts');
  return { folder, path, file: readSource(path) };
}

describe('writeAtomic', () => {
  it('replaces the text and leaves nothing else behind', async () => {
    const { folder, path, file } = source();
    await writeAtomic(file, 'new\n');
    expect(readFileSync(path, 'utf8')).toBe('new\n');
    expect(readdirSync(folder)).toEqual(['a.ts']);
  });

  it('does not touch the file when the text is the same', async () => {
    const { path, file } = source();
    const before = statSync(path, { bigint: true });
    await writeAtomic(file, 'old\n');
    expect(statSync(path, { bigint: true })).toMatchObject({ ino: before.ino, mtimeNs: before.mtimeNs });
  });

  it('puts the byte order mark back and keeps line ends as given', async () => {
    const { path, file } = source({ 'a.ts': '\ufeffa\r\nb' });
    await writeAtomic(file, 'a\r\nc');
    expect(readFileSync(path).equals(Buffer.from('\ufeffa\r\nc'))).toBe(true);
  });

  it('writes into a file of any allowed name', async () => {
    const folder = tempFolder();
    for (const name of [
      'ü'.repeat(127),
      'x'.repeat(255),
      '文'.repeat(85),
      `${'x'.repeat(59)}😀.ts`,
      ' ',
      '-rf',
      'a\nb',
    ]) {
      const path = join(folder, name);
      writeFileSync(path, 'old');
      await writeAtomic(readSource(path), 'new');
      expect(readFileSync(path, 'utf8')).toBe('new');
    }
  });

  it.skipIf(isWindows).each([0o600, 0o644, 0o755, 0o4755])('keeps the permission bits %o', async (mode) => {
    const { path, file } = source();
    chmodSync(path, mode);
    await writeAtomic(file, 'new');
    expect(statSync(path).mode & 0o7777).toBe(mode);
  });

  it.runIf(isRoot)('keeps owner and group when it may', async () => {
    const { path, file } = source();
    chownSync(path, 65_534, 65_533);
    await writeAtomic(file, 'new');
    expect(statSync(path)).toMatchObject({ uid: 65_534, gid: 65_533 });
  });

  it.runIf(isRoot)('gives a group that it had to change no more than everybody had', () => {
    const { folder, path } = source();
    chmodSync(folder, 0o777);
    chownSync(path, 65_534, 65_533);
    chmodSync(path, 0o6776);
    chmodSync(writer.path().replace(/writer\.mjs$/, ''), 0o755);
    const { stdout } = spawnSync(process.execPath, [writer.path(), 'write', path, 'new'], {
      uid: 65_532,
      gid: 65_532,
      encoding: 'utf8',
    });
    expect(stdout).toBe('written\n');
    expect(statSync(path)).toMatchObject({ uid: 65_532, gid: 65_532 });
    expect(statSync(path).mode & 0o7777).toBe(0o766);
  });

  it.skipIf(isWindows)('keeps a chain of symbolic links and replaces the file at its end', async () => {
    const folder = tempFolder({ 'real/a.ts': 'old', 'x/y': '' });
    symlinkSync('../real/a.ts', join(folder, 'x/one.ts'));
    symlinkSync('x/one.ts', join(folder, 'two.ts'));
    await writeAtomic(readSource(join(folder, 'two.ts')), 'new');
    expect(readlinkSync(join(folder, 'two.ts'))).toBe('x/one.ts');
    expect(lstatSync(join(folder, 'x/one.ts')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real/a.ts'), 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'real'))).toEqual(['a.ts']);
  });

  it('leaves other hard links at the old text', async () => {
    const { folder, path, file } = source();
    linkSync(path, join(folder, 'b.ts'));
    await writeAtomic(file, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readFileSync(join(folder, 'b.ts'), 'utf8')).toBe('old\n');
  });
});

/** What stands at a path: the text of a file, or that there is none. */
function contentOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return '(nothing)';
  return stats.isFile() ? readFileSync(path, 'utf8') : '(no file)';
}

describe('writeAtomic refuses', () => {
  it.each([
    [
      'changed',
      (path: string) => {
        writeFileSync(path, 'theirs');
      },
    ],
    [
      'changed to the same length',
      (path: string) => {
        writeFileSync(path, 'Old\n');
      },
    ],
    [
      'grown',
      (path: string) => {
        writeFileSync(path, 'x'.repeat(2_000_000));
      },
    ],
    [
      'deleted',
      (path: string) => {
        rmSync(path);
      },
    ],
    [
      'replaced by a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ])('a file that was %s meanwhile', async (_what, change) => {
    const { folder, path, file } = source();
    change(path);
    const before = readdirSync(folder);
    const theirs = contentOf(path);
    await expect(writeAtomic(file, 'new')).rejects.toMatchObject({ code: 'E_FILE_CHANGED' });
    expect(contentOf(path)).toBe(theirs);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('a read-only file', async () => {
    const { folder, path, file } = source();
    chmodSync(path, 0o444);
    await expect(writeAtomic(file, 'new')).rejects.toMatchObject({
      code: 'E_FILE_NOT_WRITABLE',
      message: `${path}: is read-only`,
    });
    expect(readFileSync(path, 'utf8')).toBe('old\n');
    expect(readdirSync(folder)).toEqual(['a.ts']);
  });

  it.skipIf(isWindows)('a file in a read-only folder', () => {
    const { folder, path } = source();
    chmodSync(path, 0o666);
    chmodSync(folder, 0o555);
    chmodSync(writer.path().replace(/writer\.mjs$/, ''), 0o755);
    const other = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    const { stdout } = spawnSync(process.execPath, [writer.path(), 'write', path, 'new'], {
      ...other,
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^E_FILE_NOT_WRITABLE .*permission denied/);
    expect(readFileSync(path, 'utf8')).toBe('old\n');
    expect(readdirSync(folder)).toEqual(['a.ts']);
    chmodSync(folder, 0o755);
  });

  it.skipIf(isWindows)('when the disk takes only a part, and removes that part', () => {
    const { folder, path } = source();
    const script = 'ulimit -f 8; exec "$0" "$1" write "$2"';
    const { stdout } = spawnSync('bash', ['-c', script, process.execPath, writer.path(), path], { encoding: 'utf8' });
    expect(stdout).toMatch(/^E_FILE_NOT_WRITABLE .*larger than this process may write/);
    expect(readFileSync(path, 'utf8')).toBe('old\n');
    expect(readdirSync(folder)).toEqual(['a.ts']);
  });

  it('a text that UTF-8 cannot hold', async () => {
    const { path, file } = source();
    await expect(writeAtomic(file, 'a\ud800')).rejects.toMatchObject({ code: 'E_FILE_NOT_WRITABLE' });
    expect(readFileSync(path, 'utf8')).toBe('old\n');
  });

  it('when the signal is aborted before or while it writes', async () => {
    const { folder, path, file } = source();
    await expect(writeAtomic(file, 'new', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'E_TASK_ABORTED',
    });
    const controller = new AbortController();
    const writing = writeAtomic(file, 'new'.repeat(100_000), { signal: controller.signal });
    controller.abort();
    await expect(writing).rejects.toMatchObject({ code: 'E_TASK_ABORTED' });
    expect(readFileSync(path, 'utf8')).toBe('old\n');
    expect(readdirSync(folder)).toEqual(['a.ts']);
  });
});

describe('leftovers of killed runs', () => {
  const temp = '.a.ts.booster-0123456789abcdef.tmp';
  const lock = '.a.ts.booster-fedcba9876543210-0.lock';

  function age(path: string, seconds: number): void {
    const time = Date.now() / 1000 - seconds;
    utimesSync(path, time, time);
  }

  it('are removed by the next write beside them, and nothing else is', async () => {
    const others = [
      '.b.booster-xyz.tmp',
      '.booster-0123456789abcdef.tmp',
      'a.ts.booster-0123456789abcdef.tmp',
      '.boosterrc',
    ];
    const { folder, file } = source({
      'a.ts': 'old',
      [temp]: 'half',
      [lock]: '',
      ...Object.fromEntries(others.map((name) => [name, ''])),
    });
    for (const name of readdirSync(folder)) age(join(folder, name), 61);
    await writeAtomic(file, 'new');
    expect(readdirSync(folder).sort()).toEqual([...others, 'a.ts'].sort());
  });

  it('that are young are left alone: their run may be alive', async () => {
    const { folder, file } = source({ 'a.ts': 'old', [temp]: 'half' });
    age(join(folder, temp), 50);
    await writeAtomic(file, 'new');
    expect(readdirSync(folder)).toEqual([temp, 'a.ts']);
  });

  it('include a lock, which is overruled when it is stale, and its holder is disarmed', async () => {
    const { folder, path, file } = source({ 'a.ts': 'old', [temp]: 'of the holder' });
    const held = join(folder, `.a.ts.booster-${file.hash.slice(0, 16)}-0.lock`);
    writeFileSync(held, temp);
    age(held, 3);
    await writeAtomic(file, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['a.ts']);
  });

  it('never lead a write outside of its folder, whatever a lock file says', async () => {
    const { folder, file } = source({ 'a.ts': 'old', 'sub/.v.booster-0123456789abcdef.tmp': 'victim' });
    const held = join(folder, `.a.ts.booster-${file.hash.slice(0, 16)}-0.lock`);
    writeFileSync(held, './sub/.v.booster-0123456789abcdef.tmp');
    age(held, 3600);
    await expect(writeAtomic(file, 'new')).rejects.toMatchObject({ code: 'E_FILE_CHANGED' });
    expect(readdirSync(join(folder, 'sub'))).toHaveLength(1);
  });
});
