import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deed, faultPool, nextEvent, open, perform, sharedCell, startUrl, startsWithFile } from './fault-pool.ts';

const code = (name: string): object => ({ code: name });

describe('workers that do not start', () => {
  it.each(['fail', 'exit', 'old'] as const)(
    'fail the waiting tasks instead of letting them wait for ever (%s)',
    async (how) => {
      const pool = faultPool({ workerUrl: startUrl(how) });
      const tasks = [perform(pool, 'echo'), perform(pool, 'echo')];
      await expect(tasks[0]).rejects.toMatchObject(code('E_POOL_START'));
      await expect(tasks[1]).rejects.toMatchObject(code('E_POOL_START'));
      expect(pool.getStatus().totals.instancesStarted).toBe(3);
    },
  );

  it('are told from a program that is missing', async () => {
    const pool = faultPool({ workerUrl: new URL('./fixtures/no-such-worker.mjs', import.meta.url) });
    await expect(perform(pool, 'echo')).rejects.toThrow(/no instance can be started: .*no-such-worker/);
  });

  it('are stopped when they hang at the start', async () => {
    const pool = faultPool({ workerUrl: startUrl('hang'), startTimeoutMs: 50 });
    await expect(perform(pool, 'echo')).rejects.toThrow(/not ready within 50 ms/);
  });

  it('do not keep the deadline of a task from holding', async () => {
    const pool = faultPool({ workerUrl: startUrl('hang') });
    await expect(perform(pool, 'echo', {}, { timeoutMs: 60 })).rejects.toMatchObject(code('E_TASK_TIMEOUT'));
  });

  it('are tried again, and the tasks run when it works', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'booster-pool-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'allowed');
    const pool = faultPool({ workerUrl: startsWithFile(file) });
    const failed = nextEvent(pool, 'instance-failed');
    const task = perform(pool, 'echo', { value: 'healed' });
    await failed;
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, '');
    await expect(task).resolves.toBe('healed');
  });

  it('fail `initialize`', async () => {
    const pool = faultPool({ workerUrl: startUrl('fail'), minimum: 1 });
    await expect(pool.initialize()).rejects.toMatchObject(code('E_POOL_START'));
  });

  it('fail whoever waits for an instance of their own', async () => {
    const pool = faultPool({ workerUrl: startUrl('fail') });
    await expect(pool.acquireInstance()).rejects.toMatchObject(code('E_POOL_START'));
  });
});

describe('shutdown', () => {
  it('refuses what waits and stops what runs', async () => {
    const pool = faultPool();
    const started = nextEvent(pool, 'task-started');
    const running = perform(pool, 'loop');
    const waiting = perform(pool, 'echo');
    const both = Promise.allSettled([running, waiting]);
    await started;
    await pool.shutdown();
    expect(await both).toMatchObject([{ reason: code('E_POOL_CLOSED') }, { reason: code('E_POOL_CLOSED') }]);
    expect(pool.getStatus()).toMatchObject({ state: 'closed', instances: [], queued: 0, running: 0 });
  });

  it('lets running tasks end within the grace time', async () => {
    const pool = faultPool();
    const gate = sharedCell();
    const started = nextEvent(pool, 'task-started');
    const running = perform(pool, 'block', { gate, value: 'in time' });
    await started;
    const closed = pool.shutdown({ graceMs: 20_000 });
    open(gate);
    await expect(running).resolves.toBe('in time');
    await closed;
  });

  it('stops what does not end within the grace time', async () => {
    const pool = faultPool();
    const started = nextEvent(pool, 'task-started');
    const running = perform(pool, 'loop');
    const failure = expect(running).rejects.toMatchObject(code('E_POOL_CLOSED'));
    await started;
    await pool.shutdown({ graceMs: 50 });
    await failure;
  });

  it('without grace ends an earlier grace time', async () => {
    const pool = faultPool();
    const started = nextEvent(pool, 'task-started');
    const failure = expect(perform(pool, 'loop')).rejects.toMatchObject(code('E_POOL_CLOSED'));
    await started;
    const graceful = pool.shutdown({ graceMs: 20_000 });
    await pool.shutdown();
    await Promise.all([graceful, failure]);
  });

  it('lets waiting tasks run when it drains, and takes no further ones', async () => {
    const pool = faultPool();
    const tasks = [1, 2, 3].map((value) => perform(pool, 'echo', { value }));
    const closed = pool.shutdown({ drain: true });
    await expect(perform(pool, 'echo')).rejects.toMatchObject(code('E_POOL_CLOSED'));
    await expect(Promise.all(tasks)).resolves.toEqual([1, 2, 3]);
    await closed;
    expect(pool.getStatus().instances).toEqual([]);
  });

  it('drains no longer than its grace time', async () => {
    const pool = faultPool();
    const ends = Promise.allSettled([perform(pool, 'loop'), perform(pool, 'echo')]);
    await pool.shutdown({ drain: true, graceMs: 50 });
    expect(await ends).toMatchObject([{ reason: code('E_POOL_CLOSED') }, { reason: code('E_POOL_CLOSED') }]);
  });

  it('ends the draining of an earlier call when it is called again without', async () => {
    const pool = faultPool();
    const failure = expect(perform(pool, 'loop')).rejects.toMatchObject(code('E_POOL_CLOSED'));
    const draining = pool.shutdown({ drain: true });
    await pool.shutdown();
    await Promise.all([draining, failure]);
  });

  it('works while workers are starting', async () => {
    const pool = faultPool({ maximum: 3, workerUrl: startUrl('hang') });
    const tasks = Promise.allSettled([perform(pool, 'echo'), perform(pool, 'echo')]);
    await pool.shutdown();
    expect(await tasks).toMatchObject([{ reason: code('E_POOL_CLOSED') }, { reason: code('E_POOL_CLOSED') }]);
    expect(pool.getStatus().instances).toEqual([]);
  });

  it('works while the pool waits to try another start', async () => {
    const pool = faultPool({ workerUrl: startUrl('fail') });
    const task = expect(perform(pool, 'echo')).rejects.toMatchObject(code('E_POOL_CLOSED'));
    await nextEvent(pool, 'instance-failed');
    await pool.shutdown();
    await task;
  });

  it('ends a pool that never ran anything, and may be called again', async () => {
    const pool = faultPool();
    await Promise.all([pool.shutdown(), pool.shutdown()]);
    await pool.shutdown();
    await expect(perform(pool, 'echo')).rejects.toMatchObject(code('E_POOL_CLOSED'));
    await expect(pool.initialize()).rejects.toMatchObject(code('E_POOL_CLOSED'));
    await expect(pool.acquireInstance()).rejects.toMatchObject(code('E_POOL_CLOSED'));
  });

  it('happens at the end of `await using`', async () => {
    const pool = faultPool();
    await perform(pool, 'echo');
    await pool[Symbol.asyncDispose]();
    expect(pool.getStatus()).toMatchObject({ state: 'closed', instances: [] });
  });
});

describe('an acquired instance', () => {
  it('gets no other tasks until it is released', async () => {
    const pool = faultPool();
    const instance = await pool.acquireInstance();
    const waiting = perform(pool, 'count');
    await expect(instance.executeTask(deed('count'))).resolves.toBe(1);
    await expect(instance.executeTask(deed('count'))).resolves.toBe(2);
    pool.releaseInstance(instance);
    await expect(waiting).resolves.toBe(3);
  });

  it('is given back when the callback fails', async () => {
    const pool = faultPool();
    const failing = pool.withInstance(() => Promise.reject(new Error('of the callback')));
    await expect(failing).rejects.toThrow('of the callback');
    await expect(perform(pool, 'count')).resolves.toBe(1);
  });

  it('runs one task at a time', async () => {
    const pool = faultPool();
    const gate = sharedCell();
    await pool.withInstance(async (instance) => {
      const running = instance.executeTask(deed('block', { gate, value: 1 }));
      await expect(instance.executeTask(deed('echo'))).rejects.toMatchObject(code('E_POOL_SATURATED'));
      open(gate);
      await expect(running).resolves.toBe(1);
    });
  });

  it('that died fails its tasks, and its place goes to others', async () => {
    const pool = faultPool();
    await pool.withInstance(async (instance) => {
      await expect(instance.executeTask(deed('exit'))).rejects.toMatchObject(code('E_POOL_WORKER_DIED'));
      await expect(instance.executeTask(deed('echo'))).rejects.toMatchObject(code('E_POOL_WORKER_DIED'));
      await expect(perform(pool, 'echo', { value: 1 })).resolves.toBe(1);
    });
  });

  it('runs nothing after its release', async () => {
    const pool = faultPool();
    const instance = await pool.acquireInstance();
    pool.releaseInstance(instance);
    pool.releaseInstance(instance);
    await expect(instance.executeTask(deed('echo'))).rejects.toMatchObject(code('E_POOL_WORKER_DIED'));
  });

  it('is waited for until the deadline', async () => {
    const pool = faultPool();
    await pool.withInstance(async () => {
      await expect(pool.acquireInstance({ timeoutMs: 30 })).rejects.toMatchObject(code('E_TASK_TIMEOUT'));
      const abort = new AbortController();
      const waiting = expect(pool.acquireInstance({ signal: abort.signal })).rejects.toMatchObject(
        code('E_TASK_ABORTED'),
      );
      abort.abort();
      await waiting;
    });
  });
});
