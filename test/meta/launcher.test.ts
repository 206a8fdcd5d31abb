import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cache, checkout, makeCheckout, removeCheckout, run, runInto, writeBundle } from './launcher-checkout.ts';

beforeEach(makeCheckout);
afterEach(removeCheckout);

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

test.skipIf(process.platform === 'win32')('a current folder that is gone is one line and exit code 2', async () => {
  await writeBundle('return 0');
  const bin = join(checkout, 'bin', 'booster.cjs');
  const script = ['-c', 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$@"', process.execPath, bin];
  const { status, stderr } = spawnSync('sh', script, { cwd: checkout, encoding: 'utf8', env: { ...process.env } });
  expect(stderr).toMatch(/^error: the current folder does not exist any more.*\n$/);
  expect(status).toBe(2);
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
