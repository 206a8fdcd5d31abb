import type { ErrorCode } from '../shared/errors.ts';
import type { Pending } from './pending.ts';
import type { PoolTask, TaskResult } from './protocol.ts';
import type { Priority, Queued } from './task-queue.ts';

/** What is known of a task when it comes in. */
export interface TaskOrder {
  /** Unique within its pool; answers carry it, so that a late answer never settles another task. */
  readonly id: number;
  readonly task: PoolTask;
  /** May run on the main thread when workers are not to be had. */
  readonly mayFallBack?: boolean | undefined;
  /** Told when it does, with the code of what kept it from the workers. */
  readonly onFallback?: ((code: ErrorCode) => void) | undefined;
  readonly pending: Pending<TaskResult>;
  /** Runs on an instance that its caller holds, and on no other. */
  readonly isBound?: boolean | undefined;
  readonly priority?: Priority;
  readonly caller?: string;
}

/** A task on its way through the pool. */
export interface TaskTicket extends TaskOrder, Queued {
  readonly type: 'task';
  readonly mayFallBack: boolean;
  readonly onFallback: (code: ErrorCode) => void;
  readonly isBound: boolean;
  readonly priority: Priority;
  readonly caller: string;
  /** An instance failed under it once; the second and last try is on an instance that has run nothing else. */
  needsFresh: boolean;
  /** How often its instance died before it had begun with this task: not the task's fault. */
  strays: number;
  /** When an instance first took it, by `performance.now()` as all times here. */
  takenAt: number | undefined;
  /** When an instance last took it, and which. */
  run: { readonly startedAt: number; readonly instanceId: string } | undefined;
}

const ignored = (): void => undefined;

/** Names each property: spreading objects would take longer than all else that a tiny task needs. */
export function createTicket({
  id,
  task,
  pending,
  mayFallBack = false,
  onFallback = ignored,
  isBound = false,
  priority = 'normal',
  caller = '',
}: TaskOrder): TaskTicket {
  return {
    id,
    task,
    pending,
    mayFallBack,
    onFallback,
    isBound,
    priority,
    caller,
    type: 'task',
    queuedAt: performance.now(),
    needsFresh: false,
    strays: 0,
    takenAt: undefined,
    run: undefined,
  };
}

/** Notes that an instance takes the task now. */
export function markTaken(ticket: TaskTicket, instanceId: string): void {
  const now = performance.now();
  ticket.takenAt ??= now;
  ticket.run = { startedAt: now, instanceId };
}

/** Milliseconds since an instance last took the task; 0 when none did. */
export function runMs({ run }: TaskTicket): number {
  return run === undefined ? 0 : performance.now() - run.startedAt;
}
