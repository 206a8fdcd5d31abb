import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { abortError, Pending } from '../../../src/pool/pending.ts';
import type { PoolEvents } from '../../../src/pool/pool-events.ts';
import { resolvePoolOptions } from '../../../src/pool/pool-options.ts';
import type { PoolTask, TaskResult } from '../../../src/pool/protocol.ts';
import { createTicket } from '../../../src/pool/ticket.ts';
import type { TaskTicket } from '../../../src/pool/ticket.ts';
import { WorkerPool } from '../../../src/pool/worker-pool.ts';
import { EventBus } from '../../../src/shared/events.ts';
import { FakeThreads } from '../../property/pool/fake-threads.ts';

function createPool(
  minimum = 1,
  maximum = 2,
): { pool: WorkerPool; threads: FakeThreads; events: EventBus<PoolEvents> } {
  const threads = new FakeThreads();
  const events = new EventBus<PoolEvents>();
  const limits = resolvePoolOptions({
    maximum,
    minimum,
    memoryLimitBytes: 2 ** 20,
    taskTimeoutMs: 1000,
    availableMemoryBytes: () => Infinity,
  });
  return {
    pool: new WorkerPool({
      limits,
      connect: threads.connect,
      events,
      onHopeless: () => undefined,
      onHealthy: () => undefined,
      onLost: () => undefined,
      onChange: () => undefined,
    }),
    threads,
    events,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('reports an instance that does not end, keeps its place, and frees it when it ends after all', async () => {
  const { pool, threads, events } = createPool();
  const stuck: string[] = [];
  events.on('instance-stuck', ({ instanceId }) => stuck.push(instanceId));
  const ready = pool.keepMinimum();
  threads.all[0]?.ready();
  await ready;
  const closed = pool.close(0);
  vi.advanceTimersByTime(1999);
  expect(stuck).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(stuck).toEqual(['worker-1']);
  expect(pool.slots.map(({ state }) => state)).toEqual(['stopping']);
  threads.all[0]?.end();
  await closed;
  expect(pool.slots).toEqual([]);
});

it('tries to start instances more and more slowly while they fail', () => {
  const { pool, threads } = createPool();
  pool.keepMinimum().catch(() => undefined);
  const waits: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const started = threads.all.length;
    threads.all.at(-1)?.end(1);
    let waited = 0;
    while (threads.all.length === started) {
      vi.advanceTimersByTime(50);
      waited += 50;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
});

it('does not start instances that die before they did anything over and over without a pause', () => {
  const { pool, threads } = createPool();
  pool.keepMinimum().catch(() => undefined);
  threads.all[0]?.ready();
  threads.all[0]?.end(1);
  expect(threads.alive).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(threads.alive).toHaveLength(1);
});

it('fails to keep its minimum when the system refuses threads', async () => {
  const { pool, threads } = createPool();
  threads.refusal = new Error('no more threads');
  const failure = expect(pool.keepMinimum()).rejects.toThrow(/no instance can be started: no more threads/);
  vi.advanceTimersByTime(1000);
  await failure;
});

function submit(pool: WorkerPool, id: number): TaskTicket {
  const pending: Pending<TaskResult> = new Pending({ timeoutMs: 1_000_000, signal: undefined, onCut: () => undefined });
  pending.promise.catch(() => undefined);
  const ticket = createTicket({ id, task: { kind: 'optimize', request: {} } as PoolTask, pending });
  pool.submit(ticket);
  return ticket;
}

it('gives a task that a silent instance has not begun with to another one', async () => {
  const { pool, threads } = createPool(0);
  submit(pool, 1);
  threads.all[0]?.ready();
  threads.all[0]?.answer();
  pool.check(100);
  expect(threads.all[0]?.pings).toHaveLength(1);
  const second = submit(pool, 2);
  vi.advanceTimersByTime(100);
  expect(threads.all[0]?.isTerminating).toBe(true);
  threads.all[0]?.end();
  threads.all[1]?.ready();
  threads.all[1]?.answer();
  await expect(second.pending.promise).resolves.toBe(2);
});

it('takes the beginning of a task for a sign of life', () => {
  const { pool, threads } = createPool(0);
  submit(pool, 1);
  threads.all[0]?.ready();
  threads.all[0]?.answer();
  pool.check(100);
  submit(pool, 2);
  threads.all[0]?.begin();
  vi.advanceTimersByTime(100);
  expect(threads.all[0]?.isTerminating).toBe(false);
});

it('gives up on a task whose instances keep dying before they begin with it', async () => {
  const { pool, threads } = createPool(0);
  const { pending } = submit(pool, 1);
  for (let round = 0; round < 20 && !pending.isSettled(); round += 1) {
    threads.all.at(-1)?.ready();
    threads.all.at(-1)?.end(1);
    vi.advanceTimersByTime(5000);
  }
  await expect(pending.promise).rejects.toMatchObject({ code: 'E_POOL_WORKER_DIED' });
  expect(threads.all).toHaveLength(7);
});

it('tells when it grows and shrinks, and not when it replaces', () => {
  const { pool, threads, events } = createPool(0);
  const sizes: string[] = [];
  events.on('pool-scaled', ({ from, to }) => sizes.push(`${from} to ${to}`));
  submit(pool, 1);
  threads.all[0]?.ready();
  threads.all[0]?.begin();
  threads.all[0]?.end(1);
  threads.all[1]?.ready();
  threads.all[1]?.answer();
  vi.advanceTimersByTime(40_000);
  expect(sizes).toEqual(['0 to 1', '1 to 0']);
  expect(threads.all[1]?.isTerminating).toBe(true);
});

it('does not end an instance for a task that it has done, but for the next when nobody wants that', () => {
  const { pool, threads } = createPool(0, 1);
  submit(pool, 1);
  const [thread] = threads.all;
  thread?.ready();
  thread?.answer();
  const [second, third] = [submit(pool, 2), submit(pool, 3)];
  thread?.finish();
  thread?.begin();
  for (const ticket of [second, third]) {
    ticket.pending.reject(abortError());
    pool.cut(ticket, abortError());
    expect(thread?.isTerminating).toBe(false);
  }
  thread?.deliver();
  expect(thread?.isTerminating).toBe(true);
});
