import { BoosterError } from '../shared/errors.ts';
import { EventBus } from '../shared/events.ts';
import type { EventSource, Listener } from '../shared/events.ts';
import { InProcessSlot } from './in-process-slot.ts';
import type { LeaseTicket } from './lease-ticket.ts';
import { Pending, abortError, closedError } from './pending.ts';
import type { PoolEvents } from './pool-events.ts';
import type { PoolInstance, RunOptions } from './pool-instance.ts';
import { checkTimeout, resolvePoolOptions } from './pool-options.ts';
import type { PoolOptions, ResolvedPoolOptions } from './pool-options.ts';
import { countEvents, inProcessStatus, workerStatus } from './pool-status.ts';
import type { PoolStatus, PoolTotals } from './pool-status.ts';
import type { PoolTask, TaskResult } from './protocol.ts';
import type { TaskTicket, Where } from './ticket.ts';
import { WorkerPool } from './worker-pool.ts';
import { compileOnce, connectWorkers } from './worker-program.ts';
import type { WorkerSlot } from './worker-slot.ts';

export interface ExecuteOptions extends RunOptions {
  /**
   * `in-process` runs on this thread and blocks it meanwhile, `worker` in a worker thread. Default `auto`: on this thread
   * when nothing else waits or runs, or when no worker can be started; else in a worker.
   */
  readonly where?: Where;
}

export interface ShutdownOptions {
  /** Milliseconds that running tasks may still take. Default 0. */
  readonly graceMs?: number;
}

/**
 * Runs tasks on WASM engines that may hang, trap, eat memory or die, so that none of it reaches the caller: every task
 * settles once, at its deadline at the latest, with its result or a code; a broken engine is thrown away and replaced.
 * Workers start when there is work for them, never more than the options and memory allow. An idle pool does not keep
 * the process alive.
 */
export class WASMInstanceManager implements EventSource<PoolEvents>, AsyncDisposable {
  readonly #options: ResolvedPoolOptions;
  readonly #events = new EventBus<PoolEvents>();
  readonly #workers: WorkerPool;
  readonly #inProcess: InProcessSlot;
  readonly #totals: () => PoolTotals;
  readonly #held = new Map<PoolInstance, WorkerSlot>();
  #issued = 0;
  #initialized: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  /** Starts nothing. Throws `E_POOL_OPTIONS` naming an option that is out of range. */
  constructor(options: PoolOptions) {
    this.#options = resolvePoolOptions(options);
    const events = this.#events;
    const oxcModule = compileOnce();
    const { memoryLimitBytes, interruptOnSigint } = this.#options;
    this.#totals = countEvents(events);
    this.#inProcess = new InProcessSlot({
      events,
      memoryLimitBytes,
      interruptOnSigint,
      // the engine and all rules: not wanted on this thread when the work goes to workers
      createRunner: async () => (await import('./run-task.ts')).createTaskRunner({ memoryLimitBytes, oxcModule }),
    });
    this.#workers = new WorkerPool({
      events,
      limits: this.#options,
      connect: connectWorkers(this.#options, oxcModule),
      onHopeless: (ticket, error) => {
        this.#fallBack(ticket, error);
      },
    });
  }

  /** Calls `listener` at each such event, synchronously; returns how to unsubscribe. */
  on<Name extends keyof PoolEvents>(name: Name, listener: Listener<PoolEvents[Name]>): () => void {
    return this.#events.on(name, listener);
  }

  /** Starts the `minimum` of workers and keeps it up. Needed only for that. Rejects with `E_POOL_START`, `E_POOL_CLOSED`. */
  async initialize(): Promise<void> {
    if (this.#closed !== undefined) throw closedError();
    this.#initialized ??= this.#workers.keepMinimum().catch((error: unknown) => {
      this.#initialized = undefined;
      throw error;
    });
    await this.#initialized;
  }

  /**
   * Runs one task.
   * @throws BoosterError what the task fails with; `E_TASK_TIMEOUT`, `E_TASK_ABORTED`; `E_WASM_TRAP`, `E_WASM_MEMORY`,
   * `E_POOL_MEMORY`, `E_POOL_WORKER_DIED` when an instance failed under it, after a second try on a fresh one where that
   * can help; `E_POOL_SATURATED`, `E_POOL_START`, `E_POOL_CLOSED` when it did not get to run.
   */
  async executeTask<Task extends PoolTask>(
    task: Task,
    options: ExecuteOptions = {},
  ): Promise<TaskResult<Task['kind']>> {
    const { where = 'auto', ...rest } = options;
    const isLone =
      this.#workers.queued + this.#workers.running + this.#inProcess.queued === 0 && !this.#inProcess.isBusy;
    const ticket = this.#issue(task, where, rest, undefined);
    if (where === 'in-process' || (where === 'auto' && isLone)) this.#inProcess.submit(ticket);
    else this.#workers.submit(ticket);
    return ticket.pending.promise;
  }

  /** Waits for a worker of one's own. Give it back with `releaseInstance`; better, use `withInstance`. */
  async acquireInstance(options: RunOptions = {}): Promise<PoolInstance> {
    this.#refuse(options.signal);
    const pending: Pending<WorkerSlot> = new Pending({
      timeoutMs: this.#timeout(options),
      signal: options.signal,
      onCut: (error) => {
        this.#workers.cut(ticket, error);
      },
    });
    const ticket: LeaseTicket = { type: 'lease', pending, needsFresh: false };
    this.#workers.submit(ticket);
    const slot = await pending.promise;
    const instance: PoolInstance = {
      id: slot.id,
      executeTask: async (task, runOptions: RunOptions = {}) => {
        const held = this.#held.get(instance);
        if (held === undefined) throw new BoosterError('E_POOL_WORKER_DIED', `instance ${slot.id} has been released`);
        const bound = this.#issue(task, 'worker', runOptions, held);
        this.#workers.runOn(held, bound);
        return bound.pending.promise;
      },
    };
    this.#held.set(instance, slot);
    return instance;
  }

  /** Gives an acquired worker back; a second time changes nothing. */
  releaseInstance(instance: PoolInstance): void {
    const slot = this.#held.get(instance);
    this.#held.delete(instance);
    if (slot !== undefined) this.#workers.release(slot);
  }

  /** Acquires a worker for the time of a callback and gives it back however that ends. */
  async withInstance<Value>(use: (instance: PoolInstance) => Promise<Value>, options: RunOptions = {}): Promise<Value> {
    const instance = await this.acquireInstance(options);
    try {
      return await use(instance);
    } finally {
      this.releaseInstance(instance);
    }
  }

  getStatus(): PoolStatus {
    const inProcess = inProcessStatus(this.#inProcess);
    const workers = this.#workers.slots.map(workerStatus);
    return {
      state: this.#closed === undefined ? 'open' : 'closed',
      instances: inProcess === undefined ? workers : [inProcess, ...workers],
      queued: this.#workers.queued + this.#inProcess.queued,
      running: this.#workers.running + (this.#inProcess.isBusy ? 1 : 0),
      totals: this.#totals(),
    };
  }

  /**
   * Takes no more work, refuses what waits with `E_POOL_CLOSED`, stops what still runs after the grace time, and resolves
   * when every thread has ended. A further call without grace ends an earlier grace time.
   */
  async shutdown({ graceMs = 0 }: ShutdownOptions = {}): Promise<void> {
    if (this.#closed !== undefined && graceMs <= 0) this.#workers.stopNow();
    this.#closed ??= Promise.all([this.#workers.close(graceMs), this.#inProcess.close(closedError())]).then(
      () => undefined,
    );
    await this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  #issue(task: PoolTask, where: Where, options: RunOptions, boundTo: WorkerSlot | undefined): TaskTicket {
    this.#refuse(options.signal);
    this.#issued += 1;
    const id = this.#issued;
    const pending: Pending<TaskResult> = new Pending({
      timeoutMs: this.#timeout(options),
      signal: options.signal,
      onCut: (error) => {
        this.#inProcess.cut(ticket);
        this.#workers.cut(ticket, error);
      },
      onSettled: (error) => {
        if (error === undefined) this.#events.emit('task-done', { taskId: id });
        else this.#events.emit('task-failed', { taskId: id, code: error.code });
      },
    });
    const ticket: TaskTicket = {
      type: 'task',
      id,
      task,
      where,
      pending,
      isBound: boundTo !== undefined,
      needsFresh: false,
    };
    return ticket;
  }

  #refuse(signal: AbortSignal | undefined): void {
    if (this.#closed !== undefined) throw closedError();
    if (signal?.aborted === true) throw abortError();
  }

  #timeout({ timeoutMs }: RunOptions): number {
    return timeoutMs === undefined ? this.#options.taskTimeoutMs : checkTimeout('timeoutMs', timeoutMs);
  }

  #fallBack(ticket: TaskTicket, error: BoosterError): void {
    if (ticket.where !== 'auto') {
      ticket.pending.reject(error);
      return;
    }
    this.#events.emit('task-fell-back', { taskId: ticket.id, code: error.code });
    this.#inProcess.submit(ticket);
  }
}
