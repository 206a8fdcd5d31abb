import type { ApplyPool } from './pool-port.ts';

let shared: Promise<ApplyPool> | undefined;

/**
 * The pool of this process for merges of the library. In-process tasks hold no threads, so there is nothing that a program would have
 * to close.
 */
export function sharedApplyPool(): Promise<ApplyPool> {
  return (shared ??= createPool());
}

async function createPool(): Promise<ApplyPool> {
  const { WASMInstanceManager } = await import('../pool/WASMInstanceManager.ts');
  return new WASMInstanceManager({ maximum: 1 });
}
