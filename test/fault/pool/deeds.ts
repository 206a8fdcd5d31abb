import type { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import type { PoolTask } from '../../../src/pool/protocol.ts';

export const faultWorkerUrl = new URL('./fixtures/fault-worker.mjs', import.meta.url);

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
