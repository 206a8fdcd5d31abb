import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pending } from '../../../src/pool/pending.ts';
import type { PoolEvents } from '../../../src/pool/pool-events.ts';
import { resolvePoolOptions } from '../../../src/pool/pool-options.ts';
import type { PoolTask, TaskResult } from '../../../src/pool/protocol.ts';
import { createTicket } from '../../../src/pool/ticket.ts';
import { priorities } from '../../../src/pool/task-queue.ts';
import type { Priority } from '../../../src/pool/task-queue.ts';
import type { TaskTicket } from '../../../src/pool/ticket.ts';
import { WorkerPool } from '../../../src/pool/worker-pool.ts';
import { EventBus } from '../../../src/shared/events.ts';
import { FakeThreads } from './fake-threads.ts';
import type { FakeThread } from './fake-threads.ts';

const most = 3;
const queueLimit = 5;
const memoryLimitBytes = 10 * 2 ** 20;

/** What the test knows of a task without looking into the pool. */
interface Known {
  readonly id: number;
  readonly ticket: TaskTicket;
  /** `undefined` while the caller waits, else what it was told. */
  end: string | undefined;
  ends: number;
}

interface Model {
  readonly tasks: Known[];
}

class Harness {
  readonly threads = new FakeThreads();
  readonly tasks: Known[] = [];
  /** Each fails when a task got the answer to another one. */
  readonly answers: Promise<void>[] = [];
  readonly pool: WorkerPool;
  readonly #maximum: number;

  constructor(maximum: number) {
    this.#maximum = maximum;
    this.pool = new WorkerPool({
      limits: resolvePoolOptions({
        maximum,
        queueLimit,
        memoryLimitBytes,
        taskTimeoutMs: 1000,
        idleTimeoutMs: 500,
        startTimeoutMs: 700,
        availableMemoryBytes: () => Infinity,
      }),
      connect: this.threads.connect,
      events: new EventBus<PoolEvents>(),
      offerBelowMs: Infinity,
      onHopeless: (error) => {
        for (const { pending } of this.pool.takeWaiting()) pending.reject(error);
      },
      onHealthy: () => undefined,
      onLost: () => undefined,
      onChange: () => undefined,
    });
  }

  submit(timeoutMs: number, priority: Priority, caller: string): void {
    const id = this.tasks.length + 1;
    const pending: Pending<TaskResult> = new Pending({
      timeoutMs,
      signal: undefined,
      onCut: (error) => {
        this.pool.cut(ticket, error);
      },
      onSettled: (error) => {
        known.end = error?.code ?? 'done';
        known.ends += 1;
      },
    });
    this.answers.push(
      pending.promise.then(
        (value) => {
          expect(value).toBe(id);
        },
        () => undefined,
      ),
    );
    const task = { kind: 'optimize', request: { id } } as unknown as PoolTask;
    const ticket: TaskTicket = createTicket({ id, task, pending, priority, caller });
    const known: Known = { id, ticket, end: undefined, ends: 0 };
    this.tasks.push(known);
    this.pool.submit(ticket);
  }

  /** The invariants, after every step. */
  check(): void {
    const { alive } = this.threads;
    const open = this.tasks.filter((task) => task.end === undefined);
    expect(alive.length).toBeLessThanOrEqual(this.#maximum);
    expect(this.pool.slots).toHaveLength(alive.length);
    expect(this.tasks.every((task) => task.ends <= 1)).toBe(true);
    // no task is lost and none is in two places
    expect(this.pool.queued + this.pool.running).toBe(open.length);
    // no two threads that may go on have begun with the same task
    for (const { id } of this.tasks) {
      expect(alive.filter(({ isTerminating, begun }) => !isTerminating && begun.has(id)).length).toBeLessThanOrEqual(1);
    }
    // two threads at most began with a task, and it went to few more
    for (const task of this.tasks) {
      expect(this.threads.all.filter(({ begun }) => begun.has(task.id)).length).toBeLessThanOrEqual(2);
      const posts = this.threads.all.filter((thread) => thread.inbox.some(({ taskId }) => taskId === task.id));
      expect(posts.length).toBeLessThanOrEqual(7);
    }
    // nothing waits while an instance is free, but what needs a fresh one
    const placed = new Set(
      this.pool.slots.flatMap(({ ticket, next }) => [ticket, next.hasBegun ? next.ticket : ticket]),
    );
    const waiting = open.filter(({ ticket }) => !placed.has(ticket));
    if (this.pool.slots.some((slot) => slot.isFree))
      expect(waiting.every(({ ticket }) => ticket.needsFresh)).toBe(true);
    // an idle pool does not hold the process
    if (open.length === 0) {
      expect(alive.every((thread) => thread.isTerminating || !thread.isHolding || thread.hasSent)).toBe(true);
    }
    offersSeen += this.pool.slots.filter(({ next }) => next.ticket !== undefined).length;
  }

  isWorking(thread: FakeThread): boolean {
    return this.pool.slots.some(
      ({ state, ticket }) => state === 'busy' && thread.inbox.some(({ taskId }) => taskId === ticket?.id),
    );
  }

  pick(index: number, which: (thread: FakeThread) => boolean): FakeThread | undefined {
    const fitting = this.threads.alive.filter(which);
    return fitting[index % Math.max(1, fitting.length)];
  }
}

type Step = fc.Command<Model, Harness>;

function step(title: string, run: (harness: Harness) => void): Step {
  return {
    check: () => true,
    run: (_model, harness) => {
      stepsTaken += 1;
      run(harness);
      harness.check();
    },
    toString: () => title,
  };
}

const index = fc.nat(most - 1);
const started = new WeakSet<FakeThread>();

const submission = fc
  .tuple(fc.integer({ min: 1, max: 2000 }), fc.constantFrom(...priorities), fc.constantFrom('', 'a', 'b'))
  .map(([ms, priority, caller]) =>
    step(`submit(${ms}, ${priority}, '${caller}')`, (harness) => {
      harness.submit(ms, priority, caller);
    }),
  );

const readiness = index.map((at) =>
  step(`ready(${at})`, (harness) => {
    const thread = harness.pick(at, (one) => !started.has(one));
    if (thread === undefined) return;
    started.add(thread);
    thread.ready();
  }),
);

let stepsTaken = 0;
let offersSeen = 0;

const steps: fc.Arbitrary<Step>[] = [
  submission,
  submission,
  submission,
  submission,
  readiness,
  readiness,
  index.map((at) => step(`begin(${at})`, (harness) => harness.pick(at, (one) => one.inbox.length > 0)?.begin())),
  fc.integer({ min: 1, max: 300 }).map((ms) =>
    step(`check(${ms})`, (harness) => {
      harness.pool.check(ms);
    }),
  ),
  fc
    .tuple(index, fc.boolean())
    .map(([at, isHealthy]) =>
      step(`pong(${at}, ${isHealthy})`, (harness) => harness.pick(at, (one) => one.pings.length > 0)?.pong(isHealthy)),
    ),
  index.map((at) => step(`answer(${at})`, (harness) => harness.pick(at, (one) => one.inbox.length > 0)?.answer())),
  index.map((at) => step(`answer(${at})`, (harness) => harness.pick(at, (one) => one.inbox.length > 0)?.answer())),
  index.map((at) => step(`finish(${at})`, (harness) => harness.pick(at, (one) => one.inbox.length > 0)?.finish())),
  index.map((at) => step(`deliver(${at})`, (harness) => harness.pick(at, (one) => one.hasSent)?.deliver())),
  index.map((at) =>
    step(`stale(${at})`, (harness) => {
      const thread = harness.pick(at, (one) => one.inbox.length > 0);
      thread?.answer({ taskId: thread.inbox[0]?.taskId });
    }),
  ),
  index.map((at) =>
    step(`trap(${at})`, (harness) => harness.pick(at, (one) => one.inbox.length > 0)?.answer({ poisoned: true })),
  ),
  index.map((at) =>
    step(`fill(${at})`, (harness) =>
      harness.pick(at, (one) => one.inbox.length > 0)?.answer({ usedBytes: memoryLimitBytes }),
    ),
  ),
  index.map((at) =>
    step(`junk(${at})`, (harness) => {
      harness.pick(at, () => true)?.events.message({ type: 'answer', taskId: 'x' });
    }),
  ),
  index.map((at) =>
    step(`crash(${at})`, (harness) => {
      harness.pick(at, () => true)?.events.error(new Error('crash'));
    }),
  ),
  index.map((at) => step(`exit(${at})`, (harness) => harness.pick(at, () => true)?.end())),
  index.map((at) => step(`ended(${at})`, (harness) => harness.pick(at, (one) => one.isTerminating)?.end())),
  index.map((at) => step(`ended(${at})`, (harness) => harness.pick(at, (one) => one.isTerminating)?.end())),
  fc.integer({ min: 1, max: 800 }).map((ms) => step(`wait(${ms})`, () => vi.advanceTimersByTime(ms))),
  fc.boolean().map((refused) =>
    step(`refuse(${refused})`, (harness) => {
      harness.threads.refusal = refused ? new Error('no threads') : undefined;
    }),
  ),
];

/** Lets every thread do its duty until nothing is left to do. */
function settle(harness: Harness): void {
  harness.threads.refusal = undefined;
  for (let round = 0; round < 100 && harness.tasks.some((task) => task.end === undefined); round += 1) {
    for (const thread of harness.threads.alive) {
      if (thread.isTerminating) thread.end();
      else if (!started.has(thread)) {
        started.add(thread);
        thread.ready();
      } else if (harness.isWorking(thread)) thread.answer();
    }
    vi.advanceTimersByTime(100);
    harness.check();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

it('loses no task, doubles none and never has too many threads, in whatever order things happen', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(steps, { size: 'max', maxCommands: 100 }),
      fc.constantFrom(1, 1, 2, most),
      async (commands, maximum) => {
        const harness = new Harness(maximum);
        fc.modelRun(() => ({ model: { tasks: [] }, real: harness }), commands);
        settle(harness);
        expect(harness.tasks.map((task) => task.ends)).toEqual(harness.tasks.map(() => 1));
        void harness.pool.close(0);
        for (const thread of harness.threads.alive) thread.end();
        expect(harness.pool.slots).toEqual([]);
        vi.clearAllTimers();
        await Promise.all(harness.answers);
      },
    ),
    { numRuns: 400 },
  );
  expect(stepsTaken).toBeGreaterThanOrEqual(10_000);
  // or the steps would not show anything about offers
  expect(offersSeen).toBeGreaterThan(500);
});
