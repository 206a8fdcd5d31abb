import { describe, expect, it } from 'vitest';
import { runGuarded } from '../../../src/pool/guard.ts';
import { InProcessSlot } from '../../../src/pool/in-process-slot.ts';
import { Pending, closedError } from '../../../src/pool/pending.ts';
import type { PoolEvents } from '../../../src/pool/pool-events.ts';
import type { PoolTask, TaskResult } from '../../../src/pool/protocol.ts';
import type { TaskRunner, TaskStep } from '../../../src/pool/task-step.ts';
import { createTicket } from '../../../src/pool/ticket.ts';
import type { TaskTicket } from '../../../src/pool/ticket.ts';
import { BoosterError } from '../../../src/shared/errors.ts';
import { EventBus } from '../../../src/shared/events.ts';

const limit = 1000;

/** An engine whose tasks are functions. */
class FunctionRunner implements TaskRunner {
  isPoisoned = false;
  memory = { usedBytes: 1, baseBytes: 1 };
  runs = 0;

  check(): void {
    throw new Error('only workers are asked for a sign of life');
  }

  isLoaded(): boolean {
    return true;
  }

  begin(task: PoolTask): TaskStep {
    this.runs += 1;
    return (task.request as unknown as (runner: FunctionRunner) => TaskStep)(this);
  }
}

function done(value: unknown): TaskStep {
  return { isDone: true, result: value as TaskResult };
}

function createSlot(): { slot: InProcessSlot; runners: FunctionRunner[]; retried: number[] } {
  const runners: FunctionRunner[] = [];
  const retried: number[] = [];
  const events = new EventBus<PoolEvents>();
  events.on('task-retried', ({ taskId }) => retried.push(taskId));
  const createRunner = (): Promise<TaskRunner> => {
    const runner = new FunctionRunner();
    runners.push(runner);
    return Promise.resolve(runner);
  };
  return {
    slot: new InProcessSlot({
      createRunner,
      memoryLimitBytes: limit,
      interruptOnSigint: false,
      events,
      onLost: () => undefined,
    }),
    runners,
    retried,
  };
}

let issued = 0;

function run(
  slot: InProcessSlot,
  work: (runner: FunctionRunner) => TaskStep,
  timeoutMs = 10_000,
  signal?: AbortSignal,
): Promise<unknown> {
  const pending: Pending<TaskResult> = new Pending({
    timeoutMs,
    signal,
    onCut: () => {
      slot.cut(ticket);
    },
  });
  const task = { kind: 'optimize', request: work } as unknown as PoolTask;
  const ticket: TaskTicket = createTicket({
    id: ++issued,
    task,
    pending,
  });
  slot.submit(ticket);
  return pending.promise;
}

function trapsWhenUsed(runner: FunctionRunner): TaskStep {
  if (runner.runs === 1) return done('fresh');
  runner.isPoisoned = true;
  throw new BoosterError('E_WASM_TRAP', 'trapped');
}

function alwaysTraps(runner: FunctionRunner): TaskStep {
  runner.isPoisoned = true;
  throw new BoosterError('E_WASM_TRAP', 'trapped');
}

function spin(): never {
  for (;;);
}

describe('the guard', () => {
  const options = { timeoutMs: 30, interruptOnSigint: false };

  it('gives what the function gives', () => {
    const value = {};
    expect(runGuarded(() => value, options)).toBe(value);
  });

  it('passes on what the function throws', () => {
    const error = new BoosterError('E_SYNTAX', 'of the function');
    expect(() =>
      runGuarded(() => {
        throw error;
      }, options),
    ).toThrow(error);
  });

  it.each([
    ['a loop', spin],
    [
      'a loop that catches all',
      () => {
        for (;;) {
          try {
            spin();
          } catch {
            continue;
          }
        }
      },
    ],
    ['a regular expression', () => /^(a+)+$/.test(`${'a'.repeat(64)}b`)],
    [
      'a WASM loop',
      () => {
        const bytes = [
          0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 115, 112, 105, 110, 0, 0, 10, 9, 1, 7,
          0, 3, 64, 12, 0, 11, 11,
        ];
        const { WebAssembly } = globalThis as unknown as {
          WebAssembly: {
            Module: new (bytes: Uint8Array) => object;
            Instance: new (module: object) => { exports: { spin: () => void } };
          };
        };
        new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes))).exports.spin();
      },
    ],
  ])('ends %s', (_title, work) => {
    expect(() => runGuarded<unknown>(work, options)).toThrow(expect.objectContaining({ code: 'E_TASK_TIMEOUT' }));
    expect(runGuarded(() => 'still usable', options)).toBe('still usable');
  });

  it('can be nested, and leaves nothing on the global object', () => {
    const before = Object.keys(globalThis);
    expect(runGuarded(() => [runGuarded(() => 1, options), runGuarded(() => 2, options)], options)).toEqual([1, 2]);
    expect(Object.keys(globalThis)).toEqual(before);
  });
});

describe('the in-process slot', () => {
  it('loads its engine at the first task, and once', async () => {
    const { slot, runners } = createSlot();
    expect(slot.startedAt).toBeUndefined();
    expect(runners).toEqual([]);
    await expect(Promise.all([run(slot, () => done(1)), run(slot, () => done(2))])).resolves.toEqual([1, 2]);
    expect(runners).toHaveLength(1);
  });

  it('ends a hanging task at its deadline and throws the engine away', async () => {
    const { slot, runners } = createSlot();
    const hung = run(slot, spin, 40);
    const behind = run(slot, (runner) => done(runner.runs));
    await expect(hung).rejects.toMatchObject({ code: 'E_TASK_TIMEOUT', data: { timeoutMs: 40 } });
    await expect(behind).resolves.toBe(1);
    expect(runners).toHaveLength(2);
  });

  it('keeps its engine after a task that merely fails', async () => {
    const { slot, runners } = createSlot();
    const failing = run(slot, () => {
      throw new BoosterError('E_SYNTAX', 'of the text');
    });
    await expect(failing).rejects.toMatchObject({ code: 'E_SYNTAX' });
    await run(slot, () => done(1));
    expect(runners).toHaveLength(1);
  });

  it('tries a task again on a fresh engine when a used one trapped under it', async () => {
    const { slot, retried } = createSlot();
    await run(slot, () => done(0));
    await expect(run(slot, trapsWhenUsed)).resolves.toBe('fresh');
    expect(retried).toHaveLength(1);
  });

  it('fails a task that trapped on a fresh engine', async () => {
    const { slot, retried, runners } = createSlot();
    await expect(run(slot, alwaysTraps)).rejects.toMatchObject({ code: 'E_WASM_TRAP' });
    await run(slot, () => done(0));
    expect(retried).toEqual([]);
    expect(runners).toHaveLength(2);
  });

  it('tries again only once', async () => {
    const { slot, retried } = createSlot();
    await run(slot, () => done(0));
    await expect(run(slot, alwaysTraps)).rejects.toMatchObject({ code: 'E_WASM_TRAP' });
    expect(retried).toHaveLength(1);
  });

  it('replaces an engine whose memory passed the mark', async () => {
    const { slot, runners } = createSlot();
    await run(slot, (runner) => {
      runner.memory = { usedBytes: limit, baseBytes: 1 };
      return done(0);
    });
    await run(slot, () => done(0));
    expect(runners).toHaveLength(2);
  });

  it('holds the deadline while a further engine is being loaded', async () => {
    const { slot } = createSlot();
    const never = (): Promise<void> => new Promise(() => undefined);
    const stuck = run(slot, () => ({ isDone: false, prepare: never, resume: () => done(0) }), 40);
    const behind = run(slot, () => done('next'));
    await expect(stuck).rejects.toMatchObject({ code: 'E_TASK_TIMEOUT' });
    await expect(behind).resolves.toBe('next');
  });

  it('goes on with a task when the further engine is there', async () => {
    const { slot } = createSlot();
    const steps = run(slot, () => ({ isDone: false, prepare: () => Promise.resolve(), resume: () => done('resumed') }));
    await expect(steps).resolves.toBe('resumed');
  });

  it('does not start a waiting task that was aborted', async () => {
    const { slot, runners } = createSlot();
    const abort = new AbortController();
    const first = run(slot, () => {
      abort.abort();
      return done(1);
    });
    const second = expect(run(slot, () => done(2), 1000, abort.signal)).rejects.toMatchObject({
      code: 'E_TASK_ABORTED',
    });
    await expect(first).resolves.toBe(1);
    await second;
    await slot.close(closedError());
    expect(runners[0]?.runs).toBe(1);
  });

  it('refuses what waits when it is closed', async () => {
    const { slot } = createSlot();
    const waiting = expect(run(slot, () => done(1))).rejects.toMatchObject({ code: 'E_POOL_CLOSED' });
    await slot.close(closedError());
    await waiting;
    expect(slot.queued).toBe(0);
  });
});
