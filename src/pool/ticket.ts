import type { Pending } from './pending.ts';
import type { PoolTask, TaskResult } from './protocol.ts';

/** Where a task may run; `auto` lets the pool choose. */
export type Where = 'auto' | 'in-process' | 'worker';

/** A task on its way through the pool. */
export interface TaskTicket {
  readonly type: 'task';
  /** Unique within its pool; answers carry it, so that a late answer never settles another task. */
  readonly id: number;
  readonly task: PoolTask;
  readonly where: Where;
  readonly pending: Pending<TaskResult>;
  /** Runs on an instance that its caller holds, and on no other. */
  readonly isBound: boolean;
  /** An instance failed under it once; the second and last try is on an instance that has run nothing else. */
  needsFresh: boolean;
}
