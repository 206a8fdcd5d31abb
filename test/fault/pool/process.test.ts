import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { faultWorkerUrl } from './fault-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'booster-pool-'));
const bundle = join(folder, 'pool.mjs');

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Node 20 runs no TypeScript, so children get the pool as one JavaScript file. */
beforeAll(async () => {
  const source = fileURLToPath(new URL('../../../src/pool/', import.meta.url));
  const contents = "export * from './WASMInstanceManager.ts'; export * from './guard.ts';";
  await build({
    stdin: { contents, resolveDir: source, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: bundle,
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: 'error',
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function start(name: string, body: string): ChildProcess {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(
    file,
    `import { WASMInstanceManager, runGuarded } from ${JSON.stringify(pathToFileURL(bundle).href)};
    const deed = (name, details) => ({ kind: 'optimize', request: { do: name, ...details } });
    const open = (options) => new WASMInstanceManager({
      maximum: 2, memoryLimitBytes: 2 ** 26, taskTimeoutMs: 20000, idleTimeoutMs: 2 ** 30,
      workerUrl: new URL(${JSON.stringify(faultWorkerUrl.href)}), ...options,
    });
    const inWorker = { where: 'worker' };
    ${body}`,
  );
  return spawn(process.execPath, [file], { stdio: 'pipe' });
}

function end(child: ChildProcess): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, ...texts });
    });
  });
}

const clean = { code: 0, signal: null, stderr: '' };

it('lets the process end when its workers are idle, without a shutdown', async () => {
  const child = start('idle', "console.log(await open().executeTask(deed('echo', { value: 1 }), inWorker));");
  expect(await end(child)).toEqual({ ...clean, stdout: '1\n' });
});

it('lets the process end when a minimum of workers is kept up', async () => {
  const child = start('minimum', 'await open({ minimum: 2 }).initialize();');
  expect(await end(child)).toEqual({ ...clean, stdout: '' });
});

it('keeps the process alive for a task that waits for its worker', async () => {
  const child = start(
    'waiting',
    `const pool = open({ maximum: 1 });
    pool.executeTask(deed('loop'), { ...inWorker, timeoutMs: 100 }).catch((error) => console.log(error.code));
    pool.executeTask(deed('echo'), inWorker).then(() => console.log('ran'));`,
  );
  expect(await end(child)).toEqual({ ...clean, stdout: 'E_TASK_TIMEOUT\nran\n' });
});

it('lets the process end after tasks that hung, died and were aborted', async () => {
  const child = start(
    'faults',
    `const pool = open();
    const tasks = ['loop', 'exit', 'trap', 'silent'].map((name) => pool.executeTask(deed(name), { ...inWorker, timeoutMs: 100 }));
    tasks.push(pool.executeTask(deed('spin'), { ...inWorker, signal: AbortSignal.timeout(50) }));
    const ends = await Promise.allSettled(tasks);
    console.log(ends.every(({ status }) => status === 'rejected'));`,
  );
  expect(await end(child)).toEqual({ ...clean, stdout: 'true\n' });
});

it('lets the process end while it waits to start a worker that nobody wants any more', async () => {
  const child = start(
    'unwanted',
    `const pool = open({ workerUrl: new URL('data:text/javascript,throw 1') });
    const task = pool.executeTask(deed('echo'), { ...inWorker, timeoutMs: 60 });
    await task.catch((error) => console.log(error.code));`,
  );
  expect(await end(child)).toEqual({ ...clean, stdout: 'E_TASK_TIMEOUT\n' });
});

it('does not mix what workers print into the output', async () => {
  const child = start('print', "console.log(await open().executeTask(deed('print'), inWorker));");
  expect(await end(child)).toEqual({ ...clean, stdout: 'printed\n' });
});

it('warns of nothing when many tasks share one signal', async () => {
  const child = start(
    'signal',
    `const { signal } = new AbortController();
    const pool = open();
    const tasks = Array.from({ length: 50 }, () => pool.executeTask(deed('echo', { value: 1 }), { ...inWorker, signal }));
    console.log((await Promise.all(tasks)).length);`,
  );
  expect(await end(child)).toEqual({ ...clean, stdout: '50\n' });
});

it('lets SIGINT end a task on the main thread when asked to', async () => {
  const child = start(
    'sigint',
    `import { writeSync } from 'node:fs';
    try {
      runGuarded(() => { writeSync(1, 'started '); for (;;); }, { timeoutMs: 20000, interruptOnSigint: true });
    } catch (error) { console.log(error.code); }`,
  );
  child.stdout?.once('data', () => child.kill('SIGINT'));
  expect(await end(child)).toEqual({ ...clean, stdout: 'started E_TASK_ABORTED\n' });
});
