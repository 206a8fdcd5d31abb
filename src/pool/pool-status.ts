import type { ErrorCode } from '../shared/errors.ts';
import type { EventSource } from '../shared/events.ts';
import type { BreakerState } from './circuit-breaker.ts';
import type { InProcessSlot } from './in-process-slot.ts';
import { Latencies } from './latencies.ts';
import type { LatencyFigures } from './latencies.ts';
import type { PoolEvents } from './pool-events.ts';
import type { FailuresByCode, TaskFigures } from './task-figures.ts';
import type { SlotState, WorkerSlot } from './worker-slot.ts';

/** One instance as it is now. What has not been measured is absent. */
export interface InstanceStatus {
  readonly id: string;
  readonly where: 'in-process' | 'worker';
  readonly state: SlotState;
  /** Held by a caller of `acquireInstance`. */
  readonly isHeld: boolean;
  /** Tasks that ended here, and those of them that failed. */
  readonly tasks: number;
  readonly failures: number;
  readonly failuresByCode: FailuresByCode;
  /** Of the tasks that it answered. */
  readonly runMs?: LatencyFigures;
  /** Bytes of WASM memory after the last task. */
  readonly memoryBytes?: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Counted since the pool was made. */
export interface PoolTotals {
  readonly tasksDone: number;
  readonly tasksFailed: number;
  readonly tasksFailedByCode: FailuresByCode;
  readonly tasksRetried: number;
  readonly tasksFellBack: number;
  readonly instancesStarted: number;
  readonly instancesFailed: number;
  readonly instancesRecycled: number;
  /** From coming in until an instance took it, of all tasks that one took. */
  readonly waitMs?: LatencyFigures;
  /** Of the tasks done. */
  readonly runMs?: LatencyFigures;
}

export interface PoolStatus {
  readonly state: 'open' | 'closed';
  readonly instances: readonly InstanceStatus[];
  /** Tasks and acquisitions that wait for an instance. */
  readonly queued: number;
  /** Tasks on an instance. */
  readonly running: number;
  readonly totals: PoolTotals;
  /** Whether workers take tasks; `open` while they keep dying. */
  readonly breaker: BreakerState;
  /** Tasks remembered and refused because they cost two instances. */
  readonly quarantined: number;
  /**
   * Share of wall time, from the first work until now or the shutdown, in which a worker task that came in would have been
   * accepted and, by the measured run times, started within the pool's time limit: the queue not full, workers not dying or
   * failing to start over and over, and not all places held by threads that do not end.
   */
  readonly availability?: number;
}

const counters = {
  'task-done': 'tasksDone',
  'task-failed': 'tasksFailed',
  'task-retried': 'tasksRetried',
  'task-fell-back': 'tasksFellBack',
  'instance-started': 'instancesStarted',
  'instance-failed': 'instancesFailed',
  'instance-recycled': 'instancesRecycled',
} as const satisfies Partial<Record<keyof PoolEvents, keyof PoolTotals>>;

/** Counts what a pool tells; returns how to read the counters. */
export function countEvents(events: EventSource<PoolEvents>): () => PoolTotals {
  const counts: Record<(typeof counters)[keyof typeof counters], number> = {
    tasksDone: 0,
    tasksFailed: 0,
    tasksRetried: 0,
    tasksFellBack: 0,
    instancesStarted: 0,
    instancesFailed: 0,
    instancesRecycled: 0,
  };
  const waits = new Latencies();
  const runs = new Latencies();
  const byCode = new Map<ErrorCode, number>();
  for (const name of Object.keys(counters) as (keyof typeof counters)[]) {
    events.on(name, () => {
      counts[counters[name]] += 1;
    });
  }
  events.on('task-done', ({ waitMs, runMs }) => {
    if (waitMs !== undefined) waits.record(waitMs);
    if (runMs !== undefined) runs.record(runMs);
  });
  events.on('task-failed', ({ code, waitMs }) => {
    byCode.set(code, (byCode.get(code) ?? 0) + 1);
    if (waitMs !== undefined) waits.record(waitMs);
  });
  return () => ({
    ...counts,
    tasksFailedByCode: Object.fromEntries(byCode),
    ...withFigures('waitMs', waits),
    ...withFigures('runMs', runs),
  });
}

export function workerStatus(slot: WorkerSlot): InstanceStatus {
  const { id, state, figures, memoryBytes, startedAt } = slot;
  const measured = memoryBytes === undefined ? {} : { memoryBytes };
  return { id, where: 'worker', state, isHeld: slot.isLeased, ...taskStatus(figures), startedAt, ...measured };
}

/** `undefined` while the main thread has no engine loaded. */
export function inProcessStatus(slot: InProcessSlot): InstanceStatus | undefined {
  const { id, figures, memoryBytes, startedAt } = slot;
  if (startedAt === undefined) return undefined;
  const measured = memoryBytes === undefined ? {} : { memoryBytes };
  const state = slot.isBusy ? 'busy' : 'idle';
  return { id, where: 'in-process', state, isHeld: false, ...taskStatus(figures), startedAt, ...measured };
}

function taskStatus(figures: TaskFigures): Pick<InstanceStatus, 'tasks' | 'failures' | 'failuresByCode' | 'runMs'> {
  const { answered: tasks, failures, failuresByCode, runTimes } = figures;
  return { tasks, failures, failuresByCode, ...withFigures('runMs', runTimes) };
}

function withFigures<Name extends string>(name: Name, latencies: Latencies): Partial<Record<Name, LatencyFigures>> {
  const figures = latencies.figures();
  return figures === undefined ? {} : ({ [name]: figures } as Record<Name, LatencyFigures>);
}
