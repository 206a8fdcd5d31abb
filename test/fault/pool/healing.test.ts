import { describe, expect, it } from 'vitest';
import type { WASMInstanceManager } from '../../../src/pool/WASMInstanceManager.ts';
import type { PoolTask } from '../../../src/pool/protocol.ts';
import { deed, faultPool, nextEvent, open, perform, sharedCell, startUrl } from './fault-pool.ts';

const code = (name: string): object => ({ code: name });

describe('a task that cost two instances', () => {
  it.each(['exit', 'throw', 'garbage'])('is refused from then on (%s)', async (how) => {
    const pool = faultPool();
    await expect(perform(pool, how)).rejects.toBeDefined();
    const { instancesStarted } = pool.getStatus().totals;
    await expect(perform(pool, how)).rejects.toMatchObject(code('E_TASK_QUARANTINED'));
    expect(pool.getStatus().totals.instancesStarted).toBe(instancesStarted);
    expect(pool.getStatus()).toMatchObject({
      quarantined: 1,
      totals: { tasksFailedByCode: { E_TASK_QUARANTINED: 1 } },
    });
  });

  it('may be tried again after a while', async () => {
    const pool = faultPool({ quarantineMs: 1 });
    await expect(perform(pool, 'exit')).rejects.toMatchObject(code('E_POOL_WORKER_DIED'));
    await expect(perform(pool, 'exit')).rejects.toMatchObject(code('E_POOL_WORKER_DIED'));
  });

  it('is refused when it trapped, too, and when it hung for the same time', async () => {
    const pool = faultPool();
    // long enough for an instance to start in: one that has not begun with the task did not die of it
    const limit = { timeoutMs: 1500 };
    for (const how of ['trap', 'loop']) {
      for (let round = 0; round < 2; round += 1) await perform(pool, how, {}, limit).catch(() => undefined);
      await expect(perform(pool, how, {}, limit)).rejects.toMatchObject(code('E_TASK_QUARANTINED'));
    }
  });
});

describe('an edit that cost two instances', () => {
  const edit = {
    text: 'def one(a):\n    b = a\n    return b\n',
    edit: 'def one(a):\n    b = a + 1\n    return b\n',
    language: 'python',
    strictness: 'balanced',
  };

  it('is merged by lines from then on, and the result says why', async () => {
    const pool = faultPool({ memoryLimitBytes: 512 * 2 ** 20 });
    const fellBack: string[] = [];
    pool.on('task-fell-back', (event) => fellBack.push(event.code));
    const task = { kind: 'apply', request: { ...edit, do: 'trap' } } as unknown as PoolTask;
    for (let round = 0; round < 2; round += 1)
      await expect(pool.executeTask(task, { where: 'worker' })).rejects.toMatchObject(code('E_WASM_TRAP'));
    await expect(pool.executeTask(task, { where: 'worker' })).resolves.toMatchObject({
      status: 'applied',
      engine: 'fallback',
      edits: [{ start: 21, end: 21, text: ' + 1' }],
      fellBack: { code: 'E_TASK_QUARANTINED', message: expect.stringContaining('cost 2 instances') as string },
    });
    expect(fellBack).toEqual(['E_TASK_QUARANTINED']);
  });
});

describe('a task whose instance dies before it has begun', () => {
  /** Has an instance die when it has been given a task, before it begins with that. */
  function dieUnderNext(pool: WASMInstanceManager): Promise<unknown> {
    const gate = sharedCell();
    const late = perform(pool, 'throw-late', { value: 1, gate });
    pool.on('task-started', ({ taskId }) => {
      if (taskId > 1) open(gate);
    });
    return late;
  }

  it('keeps its second try', async () => {
    const pool = faultPool();
    const retries: unknown[] = [];
    pool.on('task-retried', (event) => retries.push(event));
    const late = dieUnderNext(pool);
    await expect(perform(pool, 'exit-once', { memo: sharedCell() })).resolves.toBe('second try');
    await late;
    expect(retries).toMatchObject([{ hadBegun: false }, { hadBegun: true }]);
  });

  it('is not held responsible', async () => {
    const pool = faultPool();
    const late = dieUnderNext(pool);
    await expect(perform(pool, 'echo', { value: 3 })).resolves.toBe(3);
    await late;
    expect(pool.getStatus().quarantined).toBe(0);
    expect(pool.getStatus().totals).toMatchObject({ tasksRetried: 1, tasksFailed: 0 });
  });
});

describe('workers that keep dying', () => {
  it('get no more tasks for a while, and all again when one was answered', async () => {
    const pool = faultPool({ crashLimit: 4 });
    const states: string[] = [];
    pool.on('pool-breaker', ({ state }) => states.push(state));
    for (const n of [1, 2]) await perform(pool, 'exit', { n }).catch(() => undefined);
    expect(pool.getStatus().breaker).toBe('open');
    await expect(perform(pool, 'echo')).rejects.toMatchObject(code('E_POOL_UNSTABLE'));
    await expect(pool.acquireInstance()).rejects.toMatchObject(code('E_POOL_UNSTABLE'));
    await expect
      .poll(() => perform(pool, 'echo', { value: 'healed' }).catch(() => undefined), { timeout: 20_000 })
      .toBe('healed');
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('turn away what waits', async () => {
    const pool = faultPool({ crashLimit: 2 });
    const dying = perform(pool, 'exit');
    const waiting = perform(pool, 'echo');
    await expect(dying).rejects.toBeDefined();
    await expect(waiting).rejects.toMatchObject(code('E_POOL_UNSTABLE'));
  });

  it('leave tasks that may fall back to the main thread, which says so', async () => {
    const pool = faultPool({ workerUrl: startUrl('fail'), memoryLimitBytes: 512 * 2 ** 20 });
    const fellBack: string[] = [];
    pool.on('task-fell-back', (event) => fellBack.push(event.code));
    const request = { text: 'let a = 1;\n', language: 'javascript', level: 'safe', rules: [] } as const;
    const task: PoolTask = { kind: 'optimize', request };
    const options = { where: 'worker', fallback: true } as const;
    for (let round = 0; round < 2; round += 1) {
      await expect(pool.executeTask(task, options)).resolves.toMatchObject({ status: 'unchanged' });
    }
    expect(fellBack).toEqual(['E_POOL_START', 'E_POOL_UNSTABLE']);
    expect(pool.getStatus().totals.tasksFellBack).toBe(2);
  });
});

describe('health checks', () => {
  it('find an idle instance that hangs, and replace it', async () => {
    const pool = faultPool({ minimum: 1, healthCheckIntervalMs: 100 });
    await pool.initialize();
    const recovered = nextEvent(pool, 'instance-recovered');
    const failed = nextEvent(pool, 'instance-failed');
    await perform(pool, 'hang-later');
    await expect(failed).resolves.toMatchObject(code('E_POOL_UNHEALTHY'));
    await expect(recovered).resolves.toMatchObject({ replaces: 'worker-1', instanceId: 'worker-2' });
  });

  it('find an instance that cannot parse any more', async () => {
    const pool = faultPool({ healthCheckIntervalMs: 20 });
    const failed = nextEvent(pool, 'instance-failed');
    await perform(pool, 'sicken');
    await expect(failed).resolves.toMatchObject(code('E_POOL_UNHEALTHY'));
  });

  it('leave a healthy instance and a busy one alone', async () => {
    // an answer may take as long as the interval: long enough for a machine with other work
    const pool = faultPool({ healthCheckIntervalMs: 1000 });
    await perform(pool, 'echo');
    await nextEvent(pool, 'instance-checked');
    const gate = sharedCell();
    const busy = perform(pool, 'block', { gate, value: 'done' });
    // spans the next check
    await expect(perform(pool, 'echo', {}, { timeoutMs: 1100 })).rejects.toMatchObject(code('E_TASK_TIMEOUT'));
    open(gate);
    await expect(busy).resolves.toBe('done');
    await expect(perform(pool, 'count')).resolves.toBe(3);
    expect(pool.getStatus().totals.instancesStarted).toBe(1);
  });
});

describe('the figures', () => {
  it('are absent before anything was measured', () => {
    const { totals, availability } = faultPool().getStatus();
    expect(totals.waitMs).toBeUndefined();
    expect(totals.runMs).toBeUndefined();
    expect(availability).toBeUndefined();
  });

  it('count per instance and in total', async () => {
    const pool = faultPool();
    await perform(pool, 'echo');
    await perform(pool, 'fail').catch(() => undefined);
    await perform(pool, 'echo', {}, { timeoutMs: 5000 });
    const { instances, totals, availability } = pool.getStatus();
    expect(instances).toMatchObject([
      { tasks: 3, failures: 1, failuresByCode: { E_INTERNAL: 1 }, memoryBytes: 100, runMs: { count: 3 } },
    ]);
    expect(totals).toMatchObject({
      tasksDone: 2,
      tasksFailed: 1,
      tasksFailedByCode: { E_INTERNAL: 1 },
      waitMs: { count: 3 },
      runMs: { count: 2 },
    });
    expect(availability).toBe(1);
  });

  it('show the time in which the queue was full', async () => {
    const pool = faultPool({ queueLimit: 1 });
    const gate = sharedCell();
    const started = nextEvent(pool, 'task-started');
    const running = perform(pool, 'block', { gate, value: 0 });
    await started;
    const waiting = perform(pool, 'echo', {}, { timeoutMs: 50 });
    await expect(waiting).rejects.toMatchObject(code('E_TASK_TIMEOUT'));
    open(gate);
    await running;
    const { availability } = pool.getStatus();
    expect(availability).toBeGreaterThan(0);
    expect(availability).toBeLessThan(1);
  });

  it('come with the events that end a task', async () => {
    const pool = faultPool();
    const done = nextEvent(pool, 'task-done');
    await pool.executeTask(deed('echo'), { where: 'worker' });
    await expect(done).resolves.toMatchObject({
      taskId: 1,
      instanceId: 'worker-1',
      waitMs: expect.any(Number),
      runMs: expect.any(Number),
    });
  });
});
