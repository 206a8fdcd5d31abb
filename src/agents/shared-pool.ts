import { availableParallelism } from 'node:os';
import type { WASMInstanceManager } from '../pool/WASMInstanceManager.ts';

/** A hold on the pool that all agents of this process share; it ends when the last one is released. */
export interface PoolHold {
  readonly pool: WASMInstanceManager;
  /** Resolves when, after the last hold, every thread has ended. A second time changes nothing. */
  release(): Promise<void>;
}

const mostInstances = 10;

let shared: { readonly pool: Promise<WASMInstanceManager>; holds: number } | undefined;

/** Starts no thread: that is done when there is work for one. */
export async function holdSharedPool(): Promise<PoolHold> {
  const mine = (shared ??= { pool: createPool(), holds: 0 });
  mine.holds += 1;
  const pool = await mine.pool;
  let isHeld = true;
  return {
    pool,
    async release() {
      if (!isHeld) return;
      isHeld = false;
      mine.holds -= 1;
      if (mine.holds > 0) return;
      if (shared === mine) shared = undefined;
      await pool.shutdown();
    },
  };
}

async function createPool(): Promise<WASMInstanceManager> {
  const { WASMInstanceManager: Manager } = await import('../pool/WASMInstanceManager.ts');
  const maximum = Math.min(mostInstances, availableParallelism());
  return new Manager({ maximum });
}
