import type { PoolTask, TaskResult } from './protocol.ts';
import type { Priority } from './task-queue.ts';

/** Options of one task. */
export interface RunOptions {
  /** Milliseconds for waiting and running together; default: the pool's `taskTimeoutMs`. */
  readonly timeoutMs?: number;
  /** Ends the task with `E_TASK_ABORTED`; what runs for it is stopped. */
  readonly signal?: AbortSignal;
  /**
   * The more urgent goes first; a less urgent task lets at most 8 more urgent ones pass and then has its turn. Default
   * `normal`.
   */
  readonly priority?: Priority;
  /** Whose work it is: among equally urgent tasks, callers take turns. Default: all tasks are one caller's. */
  readonly caller?: string;
}

/** A worker that belongs to its caller until it is released. */
export interface PoolInstance {
  readonly id: string;
  /**
   * As `WASMInstanceManager.executeTask`, on this instance and without a second try. One task at a time: a further one
   * fails with `E_POOL_SATURATED`. After a failure of the instance all fail with `E_POOL_WORKER_DIED`.
   */
  executeTask<Task extends PoolTask>(task: Task, options?: RunOptions): Promise<TaskResult<Task['kind']>>;
}
