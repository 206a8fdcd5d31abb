import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chaosEnd, chaosPlans } from './chaos-plans.ts';
import { faultPool } from './fault-pool.ts';

it('settles each of 300 tasks once with its own result or code, whatever happens to the instances', async () => {
  const seed = Date.now();
  const choices = fc.sample(fc.noBias(fc.nat(chaosPlans(0).length - 1)), { numRuns: 300, seed });
  const pool = faultPool({ maximum: 4, taskTimeoutMs: 25_000, crashLimit: 1000 });
  let most = 0;
  let settled = 0;
  pool.on('instance-started', () => (most = Math.max(most, pool.getStatus().instances.length)));
  pool.on('task-done', () => (settled += 1));
  pool.on('task-failed', () => (settled += 1));
  const runs = choices.map(async (choice, index) => {
    const plan = chaosPlans(index)[choice]!;
    const end = await chaosEnd(pool, plan, index);
    // a short deadline may also pass while the task waits, an abort before it starts: both are its own
    expect(plan.expected, `${plan.deed}, seed ${seed}`).toContainEqual(end);
  });
  await Promise.all(runs);
  expect(settled).toBe(300);
  expect(most).toBeLessThanOrEqual(4);
  expect(pool.getStatus()).toMatchObject({ queued: 0, running: 0 });
  await pool.shutdown();
  expect(pool.getStatus().instances).toEqual([]);
});
