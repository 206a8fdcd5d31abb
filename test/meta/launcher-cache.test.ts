import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  cache,
  cacheFiles,
  checkout,
  hash,
  makeCheckout,
  onlyCacheFile,
  removeCheckout,
  run,
  writeBundle,
} from './launcher-checkout.ts';

beforeEach(makeCheckout);
afterEach(removeCheckout);

test('the first run of a sub-command writes a code cache that only its user can read', async () => {
  await writeBundle('return 0');
  run(['optimize']);
  const file = await onlyCacheFile();
  expect(file).toContain(`optimize-${hash}-${process.versions.v8}-`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.skipIf(process.platform === 'win32')(
  'a code cache that does not fit on the disk leaves nothing behind',
  async () => {
    await writeBundle('return 0');
    const bin = join(checkout, 'bin', 'booster.cjs');
    const limited = ['-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath, bin, 'optimize'];
    expect(spawnSync('sh', limited, { env: { XDG_CACHE_HOME: cache } }).status).toBe(0);
    expect([existsSync(join(cache, 'booster')), await cacheFiles()]).toEqual([true, []]);
  },
);

test('a home that does not exist is not created for a code cache', async () => {
  await writeBundle('return 0');
  const home = join(checkout, 'no-home');
  expect(run(['optimize'], { XDG_CACHE_HOME: '', HOME: home }).status).toBe(0);
  expect(existsSync(home)).toBe(false);
});

test.skipIf(!existsSync('/proc/self'))('a home in which nothing can be made does not hold the process', async () => {
  await writeBundle('return 0');
  expect(run(['optimize'], { XDG_CACHE_HOME: '', HOME: '/proc' }).status).toBe(0);
});

test('help has no part in the code cache of its sub-command, as it compiles next to nothing of it', async () => {
  await writeBundle('return 0');
  for (const flag of ['--help', '-h']) run(['optimize', flag]);
  expect(await onlyCacheFile()).toContain(`main-${hash}-`);
});

test('later runs use the code cache and leave it as it is', async () => {
  await writeBundle('return 0');
  run(['optimize']);
  const first = await stat(await onlyCacheFile());
  run(['optimize']);
  const later = await stat(await onlyCacheFile());
  expect([later.ino, later.mtimeMs]).toEqual([first.ino, first.mtimeMs]);
});

test('each sub-command has its own code cache', async () => {
  await writeBundle('return 0');
  run(['optimize']);
  run(['rules']);
  run(['--version']);
  expect((await cacheFiles()).map((name) => name.split('-')[0]).sort()).toEqual(['main', 'optimize', 'rules']);
});

test('a first argument that is no command name never becomes part of a file name', async () => {
  await writeBundle('return 0');
  run(['../../escape']);
  expect((await cacheFiles()).map((name) => name.split('-')[0])).toEqual(['main']);
});

test('a run that fails writes no code cache', async () => {
  await writeBundle('return 2');
  run(['optimize']);
  expect(await cacheFiles()).toEqual([]);
});

test('a run that tells of something by its exit code writes one', async () => {
  await writeBundle('return 3');
  run(['pool']);
  expect(await onlyCacheFile()).toContain(`pool-${hash}-`);
});

test('a bundle that the build did not make is refused, and leaves no code cache', async () => {
  await writeBundle('return 0', '');
  expect(run(['optimize'])).toMatchObject({
    status: 2,
    stderr: 'booster: dist/cli.cjs cannot be read (it was not made by `npm run build`); run `npm run build`\n',
  });
  expect(await cacheFiles()).toEqual([]);
});

test('a code cache of another bundle with the same name is rejected and replaced', async () => {
  await writeBundle("io.stdout.write('old');return 0");
  run();
  await writeBundle("io.stdout.write('newer');return 0");
  expect(run().stdout).toBe('newer');
  expect(run().stdout).toBe('newer');
});

test.each([
  ['flipped byte', (data: Buffer) => data.fill((data[100] ?? 0) ^ 0x55, 100, 101)],
  ['zeros', (data: Buffer) => data.fill(0)],
  ['nothing', () => Buffer.alloc(0)],
  ['text', () => Buffer.from('not a cache')],
  ['twice the same noise', () => Buffer.alloc(4096, 'noise')],
])('a code cache damaged by %s is ignored and replaced', async (_what, damage) => {
  await writeBundle("io.stdout.write('fine');return 0");
  run();
  const file = await onlyCacheFile();
  const good = await readFile(file);
  await writeFile(file, damage(Buffer.from(good)));
  expect(run()).toMatchObject({ status: 0, stdout: 'fine', stderr: '' });
  expect((await readFile(file)).length).toBe(good.length);
});

test('a code cache cut in half is ignored', async () => {
  await writeBundle("io.stdout.write('fine');return 0");
  run();
  const file = await onlyCacheFile();
  await truncate(file, (await stat(file)).size / 2);
  expect(run()).toMatchObject({ status: 0, stdout: 'fine', stderr: '' });
});

test('a code cache that others may write is not trusted', async () => {
  await writeBundle('return 0');
  run();
  const file = await onlyCacheFile();
  const before = await stat(file);
  await chmod(file, 0o666);
  run();
  const after = await stat(file);
  expect(after.ino).not.toBe(before.ino);
  expect(after.mode & 0o777).toBe(0o600);
});

test('a cache folder that cannot be written costs nothing but the cache', async () => {
  await writeBundle("io.stdout.write('fine');return 0");
  await writeFile(cache, 'a file where the folder should be');
  expect(run()).toMatchObject({ status: 0, stdout: 'fine', stderr: '' });
});

test('an environment without home and cache folder runs without a code cache', async () => {
  await writeBundle("io.stdout.write('fine');return 0");
  expect(run([], { XDG_CACHE_HOME: '', HOME: '' })).toMatchObject({ status: 0, stdout: 'fine', stderr: '' });
});

test('code caches not written for a month are removed', async () => {
  await writeBundle('return 0');
  run(['optimize']);
  const old = new Date(Date.now() - 31 * 24 * 3600 * 1000);
  await utimes(await onlyCacheFile(), old, old);
  run(['rules']);
  expect((await cacheFiles()).map((name) => name.split('-')[0])).toEqual(['rules']);
});

test('a run in which an engine got further replaces the code cache of one that had nothing to do, and is kept', async () => {
  await writeBundle('if(argv[1]>0)io.noteWork(Number(argv[1]));return 0');
  for (const depth of ['0', '1', '2', '1', '0']) run(['optimize', depth]);
  const names = (await cacheFiles()).sort();
  expect(names.map((name) => name.split(`-${process.versions.v8}`)[0])).toEqual(
    [`optimize-${hash}`, `optimize-1-${hash}`, `optimize-2-${hash}`].sort(),
  );
});

test('a chunk that a later run loads joins the code cache, and stays in it', async () => {
  const late = "exports.word=()=>'late';exports.self=require";
  await writeBundle("if(argv[1])io.stdout.write(require('./late.js').word());return 0", undefined, late);
  run(['optimize']);
  const first = await stat(await onlyCacheFile());
  expect(run(['optimize', 'all']).stdout).toBe('late');
  const second = await stat(await onlyCacheFile());
  expect(second.size).toBeGreaterThan(first.size);
  run(['optimize']);
  expect(run(['optimize', 'all']).stdout).toBe('late');
  expect((await stat(await onlyCacheFile())).ino).toBe(second.ino);
});

test('a chunk is loaded once, from the build that the process started with', async () => {
  await writeBundle(
    `const fs=require('node:fs');fs.rmSync(${JSON.stringify(join(checkout, 'dist', 'cli.cjs'))});` +
      "const late=require('./late.js');io.stdout.write(String(late===require('./late.js')));return 0",
    undefined,
    'exports.late=1',
  );
  expect(run()).toMatchObject({ status: 0, stdout: 'true', stderr: '' });
});

test('a bundle that was cut off is an error', async () => {
  await writeBundle("require('./late.js');return 0", undefined, 'exports.word=1;'.repeat(20));
  const file = join(checkout, 'dist', 'cli.cjs');
  await truncate(file, (await stat(file)).size - 100);
  const { status, stderr } = run(['optimize']);
  expect([status, stderr]).toEqual([2, expect.stringContaining('cli.cjs ends too early')]);
});

test('a hook says nothing and succeeds when the bundle is missing or fails', async () => {
  expect(run(['hook'])).toMatchObject({ status: 0, stdout: '{}\n' });
  await writeBundle("throw new Error('broken')");
  expect(run(['hook'])).toMatchObject({ status: 0, stdout: '{}\n' });
});
