import { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import type { PoolOptions } from '../../../src/pool/pool-options.ts';
import type { PoolTask } from '../../../src/pool/protocol.ts';
import { onTestFinished } from 'vitest';

export const faultWorkerUrl = new URL('./fixtures/fault-worker.mjs', import.meta.url);

/** A pool of fault workers, shut down at the end of the test. */
export function faultPool(options: Partial<PoolOptions> = {}): WASMInstanceManager {
  const pool = new WASMInstanceManager({
    maximum: 1,
    memoryLimitBytes: 64 * 2 ** 20,
    taskTimeoutMs: 20_000,
    availableMemoryBytes: () => Infinity,
    workerUrl: faultWorkerUrl,
    ...options,
  });
  onTestFinished(() => pool.shutdown());
  return pool;
}

const starts = {
  hang: 'for (;;);',
  fail: 'throw new Error("does not start")',
  exit: 'process.exit(1)',
  old: 'parentPort.postMessage({ type: "ready", protocolVersion: 0 })',
};

/** A worker program that misbehaves at its start. */
export function startUrl(how: keyof typeof starts): URL {
  return programUrl(`import { parentPort } from 'node:worker_threads'; ${starts[how]}`);
}

/** A fault worker that starts as soon as the file exists, and fails until then. */
export function startsWithFile(file: string): URL {
  return programUrl(`
    import { existsSync } from 'node:fs';
    if (!existsSync(${JSON.stringify(file)})) throw new Error('not yet');
    await import(${JSON.stringify(faultWorkerUrl.href)});`);
}

function programUrl(text: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}

/** A task that the fault worker obeys; nothing in the pool looks into a request. */
export function deed(name: string, details: object = {}): PoolTask {
  return { kind: 'optimize', request: { do: name, ...details } } as unknown as PoolTask;
}

/** Runs a deed in a worker and gives its answer as the fault worker sent it. */
export async function perform(
  pool: WASMInstanceManager,
  name: string,
  details: object = {},
  options: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<unknown> {
  return pool.executeTask(deed(name, details), { where: 'worker', ...options });
}

export function sharedCell(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** Lets everything go that blocks on the cell, now and later. */
export function open(gate: Int32Array<SharedArrayBuffer>): void {
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
}

/** The next event of that name. */
export function nextEvent(pool: WASMInstanceManager, name: Parameters<WASMInstanceManager['on']>[0]): Promise<unknown> {
  return new Promise((resolve) => {
    const off = pool.on(name, (payload) => {
      off();
      resolve(payload);
    });
  });
}
