import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const hash = '0123456789abcdef0123456789abcdef';
let checkout: string;
let cache: string;

/** A bundle as the build writes it: a hash line, then CommonJS that exports `main`. */
async function writeBundle(body: string, hashLine = `//${hash}\n`): Promise<void> {
  const padding = 'function unused(){return [1,2,3].map((x)=>x*2)}'; // some bytes for the cache to hold
  await writeFile(
    join(checkout, 'dist', 'cli.cjs'),
    `${hashLine}${padding}\nexports.main=async(argv,io)=>{unused();${body}};`,
  );
}

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Result {
  const bin = join(checkout, 'bin', 'booster.cjs');
  return spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    env: { XDG_CACHE_HOME: cache, ...env },
  });
}

/** Runs with standard output, and standard error unless it is a pipe, going to a file. */
function runInto(stdout: string, stderr: string): Pick<Result, 'status' | 'stderr'> {
  const files = [openSync(stdout, 'w'), stderr === 'pipe' ? ('pipe' as const) : openSync(stderr, 'w')] as const;
  const result = spawnSync(process.execPath, [join(checkout, 'bin', 'booster.cjs')], {
    encoding: 'utf8',
    stdio: ['ignore', ...files],
    env: { XDG_CACHE_HOME: cache },
  });
  for (const file of files) if (file !== 'pipe') closeSync(file);
  return result;
}

async function cacheFiles(): Promise<string[]> {
  return readdir(join(cache, 'booster')).catch(() => []);
}

async function onlyCacheFile(): Promise<string> {
  const [name, ...others] = await cacheFiles();
  expect(others).toEqual([]);
  return join(cache, 'booster', name ?? '');
}

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'booster-launcher-'));
  cache = join(checkout, 'cache');
  await mkdir(join(checkout, 'dist'));
  await cp(join(root, 'bin'), join(checkout, 'bin'), { recursive: true });
});

afterEach(async () => {
  await rm(checkout, { recursive: true, force: true });
});

test('without dist one line says how to mend it and the exit code is 2', () => {
  const stderr = 'booster: dist/cli.cjs is missing; run `npm run build`\n';
  expect(run()).toMatchObject({ status: 2, stdout: '', stderr });
});

test('main gets the arguments and the exit code is what it resolves to', async () => {
  await writeBundle(
    'io.stdout.write(JSON.stringify([argv,io.cwd===process.cwd(),io.nodeVersion,io.platform]));return 1',
  );
  const { status, stdout } = run(['optimize', '--check']);
  expect(JSON.parse(stdout)).toEqual([['optimize', '--check'], true, process.versions.node, process.platform]);
  expect(status).toBe(1);
});

test('main can ask how much memory a limit leaves: some, and never a limit beyond all memory', async () => {
  await writeBundle(
    'const left=io.memoryLeftBytes();return left===Infinity||(left>0&&left<Number.MAX_SAFE_INTEGER)?0:1',
  );
  expect(run().status).toBe(0);
});

test('output larger than a pipe buffer arrives whole', async () => {
  await writeBundle("io.stdout.write('x'.repeat(5e6));return 0");
  expect(run().stdout).toHaveLength(5e6);
});

const full = '/dev/full';

test.skipIf(!existsSync(full))('a result that cannot be written is one line on stderr and exit code 2', async () => {
  await writeBundle("io.stdout.write('x'.repeat(1e5));io.stdout.write('more');return 1");
  const { status, stderr } = runInto(full, 'pipe');
  expect(stderr).toMatch(/^error: standard output cannot be written: ENOSPC.*\n$/);
  expect(status).toBe(2);
});

test.skipIf(!existsSync(full))('messages that cannot be written leave the exit code alone', async () => {
  await writeBundle("io.stderr.write('x'.repeat(1e5));io.stderr.write('more');return 1");
  expect(runInto('/dev/null', full).status).toBe(1);
});

test('the bundle can require node modules and import them dynamically', async () => {
  await writeBundle("const {sep}=await import('node:path');io.stdout.write(require('node:path').sep+sep);return 0");
  expect(run().stdout).toHaveLength(2);
});

test('a crash of main is an internal error with exit code 2', async () => {
  await writeBundle("throw new Error('boom')");
  const { status, stderr } = run();
  expect(stderr).toMatch(/^booster: internal error: Error: boom/);
  expect(status).toBe(2);
});

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

test.skipIf(process.platform === 'win32')('a current folder that is gone is one line and exit code 2', async () => {
  await writeBundle('return 0');
  const bin = join(checkout, 'bin', 'booster.cjs');
  const script = ['-c', 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$@"', process.execPath, bin];
  const { status, stderr } = spawnSync('sh', script, { cwd: checkout, encoding: 'utf8', env: { ...process.env } });
  expect(stderr).toMatch(/^error: the current folder does not exist any more.*\n$/);
  expect(status).toBe(2);
});

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

test('a bundle without a hash line runs without a code cache', async () => {
  await writeBundle('return 0', '');
  expect(run(['optimize']).status).toBe(0);
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

const waitForAbort =
  "io.stdout.write('ready');await new Promise((done)=>{io.signal.addEventListener('abort',done);globalThis.timer=setInterval(()=>{},1e6)})";

test.each(['SIGINT', 'SIGTERM'] as const)('%s aborts the signal and main decides the exit code', async (signal) => {
  await writeBundle(`${waitForAbort};clearInterval(timer);return 130`);
  const child = spawn(process.execPath, [join(checkout, 'bin', 'booster.cjs')], { env: { XDG_CACHE_HOME: cache } });
  await once(child.stdout, 'data');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('a second SIGINT ends a process that does not react', async () => {
  await writeBundle(`${waitForAbort};io.stdout.write('aborted');await new Promise(()=>{})`);
  const child = spawn(process.execPath, [join(checkout, 'bin', 'booster.cjs')], { env: { XDG_CACHE_HOME: cache } });
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});

test('a reader that closes the pipe early is no error', async () => {
  await writeBundle("for(let i=0;i<100;i++){io.stdout.write('x'.repeat(1e5));await new Promise(setImmediate)}return 0");
  const command = `"${process.execPath}" "${join(checkout, 'bin', 'booster.cjs')}" | head -c 1; echo " \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], {
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  expect([stdout, stderr]).toEqual(['x 0\n', '']);
});
