import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultPool, perform, sharedCell } from './fault-pool.ts';

interface Plan {
  readonly deed: string;
  readonly details?: object;
  readonly timeoutMs?: number;
  readonly abort?: true;
  readonly expected: readonly unknown[];
}

const died = ['E_POOL_WORKER_DIED'];

/** What may come of each deed, as a value or a code. */
function plans(value: number): readonly Plan[] {
  return [
    { deed: 'echo', details: { value }, expected: [value] },
    { deed: 'echo', details: { value }, expected: [value] },
    { deed: 'fail', expected: ['E_INTERNAL'] },
    { deed: 'trap', expected: ['E_WASM_TRAP'] },
    { deed: 'trap-when-used', expected: ['fresh'] },
    { deed: 'exit', expected: died },
    { deed: 'throw', expected: died },
    { deed: 'reject', expected: died },
    { deed: 'exit-once', details: { memo: sharedCell() }, expected: ['second try'] },
    { deed: 'garbage', expected: ['E_POOL_PROTOCOL'] },
    { deed: 'throw-late', details: { value }, expected: [value] },
    { deed: 'twice', details: { value }, expected: [value] },
    { deed: 'wrong-id', details: { value }, expected: [value] },
    { deed: 'grow', details: { usedBytes: 2 ** 26, baseBytes: 1 }, expected: ['grown'] },
    { deed: 'loop', timeoutMs: 40, expected: ['E_TASK_TIMEOUT'] },
    { deed: 'spin', timeoutMs: 40, expected: ['E_TASK_TIMEOUT'] },
    { deed: 'silent', timeoutMs: 40, expected: ['E_TASK_TIMEOUT'] },
    { deed: 'loop', abort: true, expected: ['E_TASK_ABORTED'] },
    { deed: 'echo', details: { value }, abort: true, expected: [value, 'E_TASK_ABORTED'] },
  ];
}

it('settles each of 300 tasks once with its own result or code, whatever happens to the instances', async () => {
  const seed = Date.now();
  const choices = fc.sample(fc.nat(plans(0).length - 1), { numRuns: 300, seed });
  const pool = faultPool({ maximum: 4, taskTimeoutMs: 25_000, crashLimit: 1000 });
  let most = 0;
  let settled = 0;
  pool.on('instance-started', () => (most = Math.max(most, pool.getStatus().instances.length)));
  pool.on('task-done', () => (settled += 1));
  pool.on('task-failed', () => (settled += 1));
  const runs = choices.map(async (choice, index) => {
    const plan = plans(index)[choice]!;
    const abort = new AbortController();
    if (plan.abort === true) setTimeout(abort.abort.bind(abort), index % 50);
    const timeoutMs = plan.timeoutMs ?? 25_000;
    const end: unknown = await perform(
      pool,
      plan.deed,
      { ...plan.details, index },
      { timeoutMs, signal: abort.signal },
    ).catch((error: unknown) => (error as { code: string }).code);
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
