import type { PoolTask, TaskResult } from './protocol.ts';

/** Options of one task. */
export interface RunOptions {
  /** Milliseconds for waiting and running together; default: the pool's `taskTimeoutMs`. */
  readonly timeoutMs?: number;
  /** Ends the task with `E_TASK_ABORTED`; what runs for it is stopped. */
  readonly signal?: AbortSignal;
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
