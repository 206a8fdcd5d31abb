import type { EventSource } from '../shared/events.ts';
import type { InProcessSlot } from './in-process-slot.ts';
import type { PoolEvents } from './pool-events.ts';
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
  /** Bytes of WASM memory after the last task. */
  readonly memoryBytes?: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Counted since the pool was made. */
export interface PoolTotals {
  readonly tasksDone: number;
  readonly tasksFailed: number;
  readonly tasksRetried: number;
  readonly tasksFellBack: number;
  readonly instancesStarted: number;
  readonly instancesFailed: number;
  readonly instancesRecycled: number;
}

export interface PoolStatus {
  readonly state: 'open' | 'closed';
  readonly instances: readonly InstanceStatus[];
  /** Tasks and acquisitions that wait for an instance. */
  readonly queued: number;
  /** Tasks on an instance. */
  readonly running: number;
  readonly totals: PoolTotals;
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
  const totals: Record<keyof PoolTotals, number> = {
    tasksDone: 0,
    tasksFailed: 0,
    tasksRetried: 0,
    tasksFellBack: 0,
    instancesStarted: 0,
    instancesFailed: 0,
    instancesRecycled: 0,
  };
  for (const name of Object.keys(counters) as (keyof typeof counters)[]) {
    events.on(name, () => {
      totals[counters[name]] += 1;
    });
  }
  return () => ({ ...totals });
}

export function workerStatus(slot: WorkerSlot): InstanceStatus {
  const { id, state, tasks, failures, memoryBytes, startedAt } = slot;
  const measured = memoryBytes === undefined ? {} : { memoryBytes };
  return { id, where: 'worker', state, isHeld: slot.isLeased, tasks, failures, startedAt, ...measured };
}

/** `undefined` while the main thread has no engine loaded. */
export function inProcessStatus(slot: InProcessSlot): InstanceStatus | undefined {
  const { id, tasks, failures, memoryBytes, startedAt } = slot;
  if (startedAt === undefined) return undefined;
  const measured = memoryBytes === undefined ? {} : { memoryBytes };
  const state = slot.isBusy ? 'busy' : 'idle';
  return { id, where: 'in-process', state, isHeld: false, tasks, failures, startedAt, ...measured };
}
