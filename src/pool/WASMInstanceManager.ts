import { BoosterError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { EventBus } from '../shared/events.ts';
import type { EventSource, Listener } from '../shared/events.ts';
import { InProcessSlot } from './in-process-slot.ts';
import { Availability } from './availability.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { BreakerState } from './circuit-breaker.ts';
import { startHealthChecks } from './health-checks.ts';
import { abortError, closedError, unstableError } from './pending.ts';
import type { PoolEvents } from './pool-events.ts';
import type { PoolInstance, RunOptions } from './pool-instance.ts';
import { resolvePoolOptions } from './pool-options.ts';
import type { PoolOptions, ResolvedPoolOptions } from './pool-options.ts';
import { countEvents, inProcessStatus, workerStatus } from './pool-status.ts';
import type { PoolStatus, PoolTotals } from './pool-status.ts';
import type { PoolTask, TaskResult } from './protocol.ts';
import { Quarantine } from './quarantine.ts';
import { trackRecovery } from './recovery.ts';
import { TicketDesk } from './ticket-desk.ts';
import { runMs } from './ticket.ts';
import type { TaskTicket } from './ticket.ts';
import { WorkerPool } from './worker-pool.ts';
import { compileOnce, connectWorkers } from './worker-program.ts';
import { withoutParser } from './without-parser.ts';
import type { WorkerSlot } from './worker-slot.ts';

export interface ExecuteOptions extends RunOptions {
  /**
   * `in-process` runs on this thread and blocks it meanwhile, `worker` in a worker thread. Default `auto`: on this thread
   * when nothing else waits or runs, or when no worker can be started; else in a worker.
   */
  readonly where?: 'auto' | 'in-process' | 'worker';
  /** Runs on this thread after all when workers cannot be started or keep dying. Default: only with `auto`. */
  readonly fallback?: boolean;
  /** Told when the task runs on this thread for want of workers, with the code of what kept it from them. */
  readonly onFallback?: (code: ErrorCode) => void;
}

export interface ShutdownOptions {
  /** Lets waiting tasks run as well, rather than refusing them. Default false. */
  readonly drain?: boolean;
  /** Milliseconds that tasks may still take. Default 0; with `drain`, as long as their own deadlines allow. */
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
  readonly #desk: TicketDesk;
  readonly #quarantine: Quarantine;
  readonly #breaker: CircuitBreaker;
  readonly #availability = new Availability();
  readonly #stopHealthChecks: () => void;
  #probe: TaskTicket | undefined;
  #initialized: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  #stopDraining: (() => void) | undefined;

  /** Starts nothing. Throws `E_POOL_OPTIONS` naming an option that is out of range. */
  constructor(options: PoolOptions = {}) {
    this.#options = resolvePoolOptions(options);
    const events = this.#events;
    const oxcModule = compileOnce();
    const { memoryLimitBytes, interruptOnSigint, taskTimeoutMs, crashLimit, quarantineMs } = this.#options;
    this.#totals = countEvents(events);
    trackRecovery(events);
    this.#quarantine = new Quarantine(quarantineMs);
    this.#breaker = new CircuitBreaker({ crashLimit, onChange: this.#onBreaker.bind(this) });
    const onLost = ({ task }: TaskTicket, hungMs?: number): void => {
      this.#quarantine.strike(task, hungMs);
    };
    this.#desk = new TicketDesk({
      taskTimeoutMs,
      onCut: (ticket, error) => {
        if (ticket.type === 'task') this.#inProcess.cut(ticket);
        this.#workers.cut(ticket, error);
      },
      onSettled: this.#onSettled.bind(this),
    });
    this.#inProcess = new InProcessSlot({
      events,
      memoryLimitBytes,
      interruptOnSigint,
      onLost,
      // the engine and all rules: not wanted on this thread when the work goes to workers
      createRunner: async () => (await import('./run-task.ts')).createTaskRunner({ memoryLimitBytes, oxcModule }),
    });
    this.#workers = new WorkerPool({
      events,
      limits: this.#options,
      connect: connectWorkers(this.#options, oxcModule),
      onLost,
      onHealthy: ({ task }) => {
        this.#breaker.recordAnswer();
        this.#quarantine.absolve(task);
      },
      onHopeless: (error) => {
        this.#turnAway(error);
        this.#breaker.trip();
      },
      onChange: this.#noteAvailability.bind(this),
    });
    events.on('instance-failed', ({ code }) => {
      if (code !== 'E_TASK_TIMEOUT' && code !== 'E_TASK_ABORTED') this.#breaker.recordCrash();
    });
    this.#stopHealthChecks = startHealthChecks(events, this.#workers, this.#options.healthCheckIntervalMs);
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
   * can help; `E_TASK_QUARANTINED` when the same task cost two instances before (an edit is merged by lines then, on this
   * thread: that takes no engine); `E_POOL_SATURATED`, `E_POOL_START`, `E_POOL_UNSTABLE`, `E_POOL_CLOSED`, `E_POOL_OPTIONS`
   * when it did not get to run.
   */
  async executeTask<Task extends PoolTask>(
    task: Task,
    options: ExecuteOptions = {},
  ): Promise<TaskResult<Task['kind']>> {
    const { where = 'auto', fallback = where === 'auto', onFallback } = options;
    const isLone =
      this.#workers.queued + this.#workers.running + this.#inProcess.queued === 0 && !this.#inProcess.isBusy;
    this.#refuse(options.signal);
    const ticket = this.#desk.issueTask({ task, mayFallBack: fallback, onFallback }, options);
    const refusal = this.#quarantine.refusal(task, ticket.pending.timeoutMs);
    if (refusal !== undefined) this.#fallBack(withoutParser(ticket, refusal), refusal);
    else if (where === 'in-process' || (where === 'auto' && isLone)) this.#inProcess.submit(ticket);
    else this.#toWorkers(ticket);
    return ticket.pending.promise;
  }

  /** Waits for a worker of one's own. Give it back with `releaseInstance`; better, use `withInstance`. */
  async acquireInstance(options: RunOptions = {}): Promise<PoolInstance> {
    this.#refuse(options.signal);
    const ticket = this.#desk.issueLease(options);
    const { remainingMs } = this.#breaker;
    if (remainingMs > 0) ticket.pending.reject(unstableError(remainingMs));
    else this.#workers.submit(ticket);
    const slot = await ticket.pending.promise;
    const instance: PoolInstance = {
      id: slot.id,
      executeTask: async (task, runOptions: RunOptions = {}) => {
        const held = this.#held.get(instance);
        if (held === undefined) throw new BoosterError('E_POOL_WORKER_DIED', `instance ${slot.id} has been released`);
        this.#refuse(runOptions.signal);
        const bound = this.#desk.issueTask({ task, isBound: true }, runOptions);
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
    const availability = this.#availability.share;
    return {
      state: this.#closed === undefined ? 'open' : 'closed',
      instances: inProcess === undefined ? workers : [inProcess, ...workers],
      queued: this.#workers.queued + this.#inProcess.queued,
      running: this.#workers.running + (this.#inProcess.isBusy ? 1 : 0),
      totals: this.#totals(),
      breaker: this.#breaker.state,
      quarantined: this.#quarantine.size,
      ...(availability !== undefined && { availability }),
    };
  }

  /**
   * Takes no more work, refuses what waits with `E_POOL_CLOSED` (or, with `drain`, lets it run), stops what still runs after
   * the grace time, and resolves when every thread has ended. A further call without grace and drain ends the waiting of
   * an earlier one.
   */
  async shutdown({ drain = false, graceMs }: ShutdownOptions = {}): Promise<void> {
    if (this.#closed === undefined) this.#closed = this.#close(drain, graceMs);
    else if (!drain && (graceMs ?? 0) <= 0) {
      this.#stopDraining?.();
      this.#workers.stopNow();
    }
    await this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #close(drain: boolean, graceMs: number | undefined): Promise<void> {
    this.#availability.end();
    if (drain) await this.#drain(graceMs);
    this.#stopHealthChecks();
    await Promise.all([this.#workers.close(drain ? 0 : (graceMs ?? 0)), this.#inProcess.close(closedError())]);
  }

  async #drain(graceMs: number | undefined): Promise<void> {
    const stopped = new Promise<void>((resolve) => (this.#stopDraining = resolve));
    const grace = graceMs === undefined ? undefined : setTimeout(() => this.#stopDraining?.(), graceMs);
    await Promise.race([this.#desk.whenNoneLeft(), stopped]);
    clearTimeout(grace);
  }

  #refuse(signal: AbortSignal | undefined): void {
    if (this.#closed !== undefined) throw closedError();
    if (signal?.aborted === true) throw abortError();
  }

  #toWorkers(ticket: TaskTicket): void {
    const admission = this.#breaker.admit();
    if (admission === 'not') {
      this.#fallBack(ticket, unstableError(this.#breaker.remainingMs));
      return;
    }
    if (admission === 'as-probe') this.#probe = ticket;
    this.#workers.submit(ticket);
  }

  #fallBack(ticket: TaskTicket, error: BoosterError): void {
    if (!ticket.mayFallBack) {
      ticket.pending.reject(error);
      return;
    }
    this.#events.emit('task-fell-back', { taskId: ticket.id, code: error.code });
    ticket.onFallback(error.code);
    this.#inProcess.submit(ticket);
  }

  /** What waits for workers will not get one. */
  #turnAway(error: BoosterError): void {
    for (const ticket of this.#workers.takeWaiting()) {
      if (ticket.type === 'task') this.#fallBack(ticket, error);
      else ticket.pending.reject(error);
    }
  }

  #onBreaker(state: BreakerState, waitMs: number): void {
    this.#events.emit('pool-breaker', { state, waitMs });
    if (state === 'open') this.#turnAway(unstableError(waitMs));
    this.#noteAvailability();
  }

  #onSettled(ticket: TaskTicket, error: BoosterError | undefined): void {
    if (ticket === this.#probe) {
      this.#probe = undefined;
      this.#breaker.endProbe();
    }
    const { id: taskId, queuedAt, takenAt, run } = ticket;
    const times =
      run === undefined || takenAt === undefined
        ? {}
        : { instanceId: run.instanceId, waitMs: takenAt - queuedAt, runMs: runMs(ticket) };
    if (error === undefined) this.#events.emit('task-done', { taskId, ...times });
    else this.#events.emit('task-failed', { taskId, code: error.code, ...times });
  }

  #noteAvailability(): void {
    const canStart = this.#breaker.state !== 'open' && this.#workers.canStart(this.#options.taskTimeoutMs);
    this.#availability.note(canStart);
  }
}
