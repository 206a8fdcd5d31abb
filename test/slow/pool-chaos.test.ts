import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chaosEnd, chaosPlans } from '../fault/pool/chaos-plans.ts';
import { faultPool } from '../fault/pool/fault-pool.ts';

const tasks = 20_000;
/** One task in so many is an unruly one. */
const rarity = 15;
const lanes = 32;

it('settles each of 20,000 tasks once and stays available while instances are killed, trapped, hung and starved', async () => {
  const seed = Date.now();
  const unruly = chaosPlans(0).length;
  const choices = fc.sample(fc.noBias(fc.nat(unruly * rarity - 1)), { numRuns: tasks, seed });
  const pool = faultPool({ maximum: 4, taskTimeoutMs: 25_000 });
  let settled = 0;
  let most = 0;
  const faults = new Map<string, number>();
  pool.on('task-done', () => (settled += 1));
  pool.on('task-failed', () => (settled += 1));
  pool.on('instance-started', () => (most = Math.max(most, pool.getStatus().instances.length)));
  pool.on('instance-failed', ({ code }) => faults.set(code, (faults.get(code) ?? 0) + 1));
  const order = choices.entries();
  const lane = async (): Promise<void> => {
    for (const [index, choice] of order) {
      const plan = chaosPlans(index)[choice < unruly ? choice : 0]!;
      expect(plan.expected, `${plan.deed}, seed ${seed}`).toContainEqual(await chaosEnd(pool, plan, index));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const status = pool.getStatus();
  expect(settled).toBe(tasks);
  expect(most).toBeLessThanOrEqual(4);
  expect(status).toMatchObject({ queued: 0, running: 0, breaker: 'closed' });
  expect([...faults.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(500);
  for (const code of ['E_POOL_WORKER_DIED', 'E_WASM_TRAP', 'E_TASK_TIMEOUT', 'E_WASM_MEMORY']) {
    expect(faults.get(code)).toBeGreaterThan(0);
  }
  expect(status.availability).toBeGreaterThanOrEqual(0.999);
  await pool.shutdown();
  expect(pool.getStatus().instances).toEqual([]);
});
