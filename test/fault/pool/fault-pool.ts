import { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import type { PoolOptions } from '../../../src/pool/pool-options.ts';
import { onTestFinished } from 'vitest';
import { faultWorkerUrl } from './deeds.ts';

export { deed, faultWorkerUrl, perform, sharedCell } from './deeds.ts';

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
