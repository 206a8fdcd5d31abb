import { describe, expect, it } from 'vitest';
import { deed, faultPool, nextEvent, open, perform, sharedCell } from './fault-pool.ts';

const code = (name: string): object => ({ code: name });

describe('a task that hangs', () => {
  it.each(['loop', 'stubborn', 'regex', 'spin'])('is ended at its deadline (%s)', async (how) => {
    const pool = faultPool();
    await expect(perform(pool, how, {}, { timeoutMs: 150 })).rejects.toMatchObject(code('E_TASK_TIMEOUT'));
  });

  it('does not keep the task behind it from running when only one worker is allowed', async () => {
    const pool = faultPool();
    const hung = perform(pool, 'loop', {}, { timeoutMs: 200 });
    const behind = perform(pool, 'echo', { value: 7 });
    await expect(hung).rejects.toMatchObject(code('E_TASK_TIMEOUT'));
    await expect(behind).resolves.toBe(7);
  });

  it('is not tried again', async () => {
    const pool = faultPool();
    await perform(pool, 'silent', {}, { timeoutMs: 100 }).catch(() => undefined);
    expect(pool.getStatus().totals.tasksRetried).toBe(0);
  });

  it('never makes more workers than allowed, however many hang at once', async () => {
    const pool = faultPool({ maximum: 3 });
    let most = 0;
    pool.on('instance-started', () => (most = Math.max(most, pool.getStatus().instances.length)));
    const tasks = Array.from({ length: 9 }, (_, index) => perform(pool, 'loop', {}, { timeoutMs: 150 + index }));
    const ends = await Promise.allSettled(tasks);
    expect(ends.every((end) => end.status === 'rejected')).toBe(true);
    expect(most).toBe(3);
  });

  it('spends its deadline while it waits, too', async () => {
    const pool = faultPool();
    const gate = sharedCell();
    const first = perform(pool, 'block', { gate, value: 1 });
    await expect(perform(pool, 'echo', { value: 2 }, { timeoutMs: 50 })).rejects.toMatchObject(code('E_TASK_TIMEOUT'));
    open(gate);
    await expect(first).resolves.toBe(1);
    expect(pool.getStatus().instances).toMatchObject([{ tasks: 1 }]);
  });
});

describe('a worker that dies under a task', () => {
  it.each([
    ['ends its process', 'exit', 'E_POOL_WORKER_DIED'],
    ['throws outside the task', 'throw', 'E_POOL_WORKER_DIED'],
    ['leaves a promise rejected', 'reject', 'E_POOL_WORKER_DIED'],
    ['sends what is no message', 'garbage', 'E_POOL_PROTOCOL'],
  ])('fails the task with its code when it %s on both tries', async (_title, how, expected) => {
    const pool = faultPool();
    await expect(perform(pool, how)).rejects.toMatchObject(code(expected));
    expect(pool.getStatus().totals).toMatchObject({ tasksRetried: 1, instancesStarted: 2, tasksFailed: 1 });
    await expect(perform(pool, 'echo', { value: 'next' })).resolves.toBe('next');
  });

  it('is replaced and the task tried once more', async () => {
    const pool = faultPool();
    await expect(perform(pool, 'exit-once', { memo: sharedCell() })).resolves.toBe('second try');
  });

  it('does not take the tasks behind it along', async () => {
    const pool = faultPool();
    const dying = perform(pool, 'exit');
    const behind = [1, 2, 3].map((value) => perform(pool, 'echo', { value }));
    await expect(dying).rejects.toMatchObject(code('E_POOL_WORKER_DIED'));
    await expect(Promise.all(behind)).resolves.toEqual([1, 2, 3]);
  });

  it('says so when its heap is exhausted, and the process lives on', async () => {
    const pool = faultPool({ resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 } });
    await expect(perform(pool, 'oom')).rejects.toMatchObject(code('E_POOL_MEMORY'));
    await expect(perform(pool, 'echo', { value: 1 })).resolves.toBe(1);
  });

  it('keeps an answer that it gave before', async () => {
    const pool = faultPool();
    await expect(perform(pool, 'throw-late', { value: 'answered' })).resolves.toBe('answered');
    await expect(perform(pool, 'echo', { value: 'next' })).resolves.toBe('next');
  });
});

describe('an engine that traps', () => {
  it('fails the task with its code, without a second try when it was fresh', async () => {
    const pool = faultPool();
    await expect(perform(pool, 'trap')).rejects.toMatchObject({ ...code('E_WASM_TRAP'), message: 'RuntimeError' });
    expect(pool.getStatus().totals.tasksRetried).toBe(0);
  });

  it('is never used again', async () => {
    const pool = faultPool();
    await perform(pool, 'trap').catch(() => undefined);
    await expect(perform(pool, 'count')).resolves.toBe(1);
  });

  it('gets the task a second try on a fresh instance when others ran before it', async () => {
    const pool = faultPool();
    await perform(pool, 'echo');
    await expect(perform(pool, 'trap-when-used')).resolves.toBe('fresh');
    expect(pool.getStatus().totals).toMatchObject({ tasksRetried: 1, tasksFailed: 0 });
  });
});

describe('an instance that works', () => {
  it('survives a task that merely fails', async () => {
    const pool = faultPool();
    await expect(perform(pool, 'fail')).rejects.toMatchObject({ ...code('E_INTERNAL'), message: 'as told' });
    await expect(perform(pool, 'count')).resolves.toBe(2);
  });

  it('is replaced between tasks when its memory passed the mark', async () => {
    const pool = faultPool({ memoryLimitBytes: 10 * 2 ** 20 });
    const recycled = nextEvent(pool, 'instance-recycled');
    await expect(perform(pool, 'grow', { usedBytes: 9 * 2 ** 20, baseBytes: 2 ** 20 })).resolves.toBe('grown');
    await expect(recycled).resolves.toMatchObject({ memoryBytes: 9 * 2 ** 20 });
    await expect(perform(pool, 'count')).resolves.toBe(1);
  });

  it('stays when a fresh one would need as much memory', async () => {
    const pool = faultPool({ memoryLimitBytes: 10 * 2 ** 20 });
    await perform(pool, 'grow', { usedBytes: 9 * 2 ** 20, baseBytes: 9 * 2 ** 20 });
    await expect(perform(pool, 'count')).resolves.toBe(2);
  });

  it('answers twice without disturbing the next task', async () => {
    const pool = faultPool();
    const answers = await Promise.all([perform(pool, 'twice', { value: 1 }), perform(pool, 'echo', { value: 2 })]);
    expect(answers).toEqual([1, 2]);
  });

  it('cannot answer for another task', async () => {
    const pool = faultPool();
    const answers = await Promise.all([perform(pool, 'echo', { value: 1 }), perform(pool, 'wrong-id', { value: 2 })]);
    expect(answers).toEqual([1, 2]);
  });

  it('keeps going after a task that cannot be sent', async () => {
    const pool = faultPool();
    await perform(pool, 'echo');
    await expect(perform(pool, 'echo', { value: () => 1 })).rejects.toMatchObject(code('E_INTERNAL'));
    await expect(perform(pool, 'count')).resolves.toBe(2);
  });

  it('has no environment, no options and no arguments of its host', async () => {
    const pool = faultPool({ memoryLimitBytes: 123_456_789 });
    await expect(perform(pool, 'surroundings')).resolves.toEqual({
      env: {},
      execArgv: ['--no-warnings'],
      argv: [],
      setup: {
        memoryLimitBytes: 123_456_789,
        begun: expect.any(Int32Array) as unknown,
        posted: expect.any(Int32Array) as unknown,
        offered: expect.any(Int32Array) as unknown,
      },
    });
  });
});

describe('an abort signal', () => {
  it('ends a running task and its instance', async () => {
    const pool = faultPool();
    const abort = new AbortController();
    const started = nextEvent(pool, 'task-started');
    const task = perform(pool, 'loop', {}, { signal: abort.signal });
    await started;
    abort.abort();
    await expect(task).rejects.toMatchObject(code('E_TASK_ABORTED'));
    await expect(perform(pool, 'count')).resolves.toBe(1);
  });

  it('removes a waiting task', async () => {
    const pool = faultPool();
    const gate = sharedCell();
    const first = perform(pool, 'block', { gate, value: 1 });
    const abort = new AbortController();
    const waiting = perform(pool, 'exit', {}, { signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject(code('E_TASK_ABORTED'));
    open(gate);
    await first;
    await expect(perform(pool, 'count')).resolves.toBe(2);
  });

  it('that was aborted before starts nothing', async () => {
    const pool = faultPool();
    await expect(perform(pool, 'exit', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject(
      code('E_TASK_ABORTED'),
    );
    expect(pool.getStatus()).toMatchObject({ instances: [], queued: 0 });
  });

  it('does not let tasks past the limit of the queue', async () => {
    const pool = faultPool({ queueLimit: 2 });
    const { signal } = new AbortController();
    const gate = sharedCell();
    const started = nextEvent(pool, 'task-started');
    const running = perform(pool, 'block', { gate, value: 0 }, { signal });
    await started;
    const rest = [1, 2, 3, 4].map((value) => perform(pool, 'echo', { value }, { signal }));
    await expect(rest[2]).rejects.toThrow(/send the next when one of them has ended/);
    await expect(rest[3]).rejects.toMatchObject(code('E_POOL_SATURATED'));
    open(gate);
    await expect(Promise.all([running, rest[0], rest[1]])).resolves.toEqual([0, 1, 2]);
  });
});

describe('urgency and callers', () => {
  async function order(tasks: readonly (readonly [string, object])[]): Promise<unknown[]> {
    const pool = faultPool();
    const gate = sharedCell();
    const started = nextEvent(pool, 'task-started');
    const first = perform(pool, 'block', { gate, value: 0 });
    await started;
    const ended: unknown[] = [];
    const runs = tasks.map(async ([value, options]) => ended.push(await perform(pool, 'echo', { value }, options)));
    open(gate);
    await Promise.all([first, ...runs]);
    return ended;
  }

  it('decide which of the waiting tasks is next', async () => {
    const urgent = await order([
      ['low', { priority: 'low' }],
      ['normal', {}],
      ['high', { priority: 'high' }],
    ]);
    expect(urgent).toEqual(['high', 'normal', 'low']);
    const fair = await order([
      ['a1', { caller: 'a' }],
      ['a2', { caller: 'a' }],
      ['b1', { caller: 'b' }],
    ]);
    expect(fair).toEqual(['a1', 'b1', 'a2']);
  });

  it('are refused when they are unknown', async () => {
    const options = { priority: 'urgent' } as object;
    await expect(perform(faultPool(), 'echo', {}, options)).rejects.toMatchObject(code('E_POOL_OPTIONS'));
  });
});

describe('a pool without work', () => {
  it('has started nothing', () => {
    expect(faultPool({ maximum: 8 }).getStatus()).toMatchObject({ instances: [], queued: 0, running: 0 });
  });

  it('never had more workers than tasks', async () => {
    const pool = faultPool({ maximum: 8 });
    await Promise.all([perform(pool, 'echo'), perform(pool, 'echo')]);
    expect(pool.getStatus().totals.instancesStarted).toBe(2);
  });

  it('lets its workers go after the idle time', async () => {
    const pool = faultPool({ maximum: 2, idleTimeoutMs: 20 });
    const gone = nextEvent(pool, 'instance-gone');
    await perform(pool, 'echo');
    await gone;
    expect(pool.getStatus().instances).toEqual([]);
  });

  it('keeps its minimum, and replaces it when it dies', async () => {
    const pool = faultPool({ maximum: 3, minimum: 2, idleTimeoutMs: 20 });
    await pool.initialize();
    expect(pool.getStatus().instances.map(({ state }) => state)).toEqual(['idle', 'idle']);
    await perform(pool, 'throw-late');
    await nextEvent(pool, 'instance-ready');
    expect(pool.getStatus().instances).toHaveLength(2);
  });

  it('tells when the last task is done', async () => {
    const pool = faultPool();
    const drained = nextEvent(pool, 'pool-drained');
    await pool.executeTask(deed('echo'), { where: 'worker' });
    await expect(drained).resolves.toEqual({});
  });
});
