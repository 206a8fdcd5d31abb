import { asBoosterError } from '../shared/errors.ts';
import type { BoosterError, ErrorCode } from '../shared/errors.ts';
import type { EventBus } from '../shared/events.ts';
import { runGuarded } from './guard.ts';
import { mustRecycle } from './instance-memory.ts';
import { timeoutError } from './pending.ts';
import type { PoolEvents } from './pool-events.ts';
import type { TaskResult } from './protocol.ts';
import type { TaskRunner, TaskStep } from './task-step.ts';
import { TaskFigures } from './task-figures.ts';
import { markTaken, runMs } from './ticket.ts';
import type { TaskTicket } from './ticket.ts';

export interface InProcessSlotOptions {
  /** Loads the engines when the first task wants them. */
  readonly createRunner: () => Promise<TaskRunner>;
  readonly memoryLimitBytes: number;
  readonly interruptOnSigint: boolean;
  readonly events: EventBus<PoolEvents>;
  /** Engines were lost by a task; `hungMs` when it was ended because it ran so long. */
  readonly onLost: (ticket: TaskTicket, hungMs?: number) => void;
}

/** How an attempt ended; without either when the caller has been answered by deadline or abort meanwhile. */
interface Attempt {
  readonly result?: TaskResult;
  readonly error?: BoosterError;
}

/** After these the engines may be in any state. */
const interruptions: readonly ErrorCode[] = ['E_TASK_TIMEOUT', 'E_TASK_ABORTED'];

/** Runs tasks one after the other on this thread, each under a time limit. Saves a lone task the start of a thread. */
export class InProcessSlot {
  readonly id = 'in-process';
  readonly #options: InProcessSlotOptions;
  readonly #waiting = new Set<TaskTicket>();
  #running: TaskTicket | undefined;
  #tail: Promise<void> = Promise.resolve();
  #runner: TaskRunner | undefined;
  /** Tasks that the present engines have run. */
  #runs = 0;
  #startedAt: number | undefined;
  /** How its tasks ended. */
  readonly figures = new TaskFigures();

  constructor(options: InProcessSlotOptions) {
    this.#options = options;
  }

  get queued(): number {
    return this.#waiting.size;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Bytes of WASM memory; unknown while no engine is loaded. */
  get memoryBytes(): number | undefined {
    return this.#runner?.memory.usedBytes;
  }

  /** Milliseconds since the epoch; `undefined` while no engine is loaded. */
  get startedAt(): number | undefined {
    return this.#runner === undefined ? undefined : this.#startedAt;
  }

  submit(ticket: TaskTicket): void {
    this.#waiting.add(ticket);
    this.#options.events.emit('task-queued', { taskId: ticket.id });
    this.#tail = this.#tail.then(() => this.#take(ticket));
  }

  /** Forgets a task whose caller has been told otherwise. What runs cannot be told: it blocks this very thread. */
  cut(ticket: TaskTicket): void {
    this.#waiting.delete(ticket);
  }

  /** Refuses what waits, lets what runs end, and drops the engines. */
  async close(error: BoosterError): Promise<void> {
    for (const ticket of this.#waiting) ticket.pending.reject(error);
    this.#waiting.clear();
    await this.#tail;
    this.#discard();
  }

  async #take(ticket: TaskTicket): Promise<void> {
    if (!this.#waiting.delete(ticket)) return;
    this.#running = ticket;
    markTaken(ticket, this.id);
    this.#options.events.emit('task-started', { taskId: ticket.id, where: 'in-process', instanceId: this.id });
    const wasUsed = this.#runs > 0;
    let { result, error } = await this.#attempt(ticket);
    const isTrap = error !== undefined && this.#runner === undefined && !interruptions.includes(error.code);
    if (error !== undefined && isTrap && wasUsed) {
      // what trapped after other tasks may pass on engines with a clean memory
      this.#options.events.emit('task-retried', { taskId: ticket.id, code: error.code, hadBegun: true });
      ({ result, error } = await this.#attempt(ticket));
    }
    // free before the caller hears of it: its next task looks at whether something runs here
    this.#running = undefined;
    this.figures.recordAnswer(runMs(ticket));
    if (result !== undefined) ticket.pending.resolve(result);
    if (error !== undefined) ticket.pending.reject(error);
    if (result === undefined) this.figures.recordFailure(error?.code);
  }

  async #attempt(ticket: TaskTicket): Promise<Attempt> {
    try {
      const result = await this.#run(ticket);
      const memory = this.#runner?.memory;
      const isFull = memory !== undefined && mustRecycle(memory, this.#options.memoryLimitBytes);
      // cut while it was being prepared: an engine may be half loaded
      if (isFull || result === undefined) this.#discard();
      return result === undefined ? {} : { result };
    } catch (cause) {
      const error = asBoosterError(cause);
      if (interruptions.includes(error.code)) this.#discard();
      if (this.#runner?.isPoisoned === true) this.#options.onLost(ticket);
      else if (error.code === 'E_TASK_TIMEOUT') this.#options.onLost(ticket, runMs(ticket));
      // the guard only knows what was left of the time
      return { error: error.code === 'E_TASK_TIMEOUT' ? timeoutError(ticket.pending.timeoutMs) : error };
    } finally {
      if (this.#runner?.isPoisoned === true) this.#discard();
    }
  }

  /** `undefined` when the caller has been answered by deadline or abort while an engine was being loaded. */
  async #run(ticket: TaskTicket): Promise<TaskResult | undefined> {
    const { pending, task } = ticket;
    const runner = await firstOf(this.#open(), pending.promise);
    if (runner === undefined || pending.isSettled()) return undefined;
    this.#runs += 1;
    const begin = (): TaskStep => runner.begin(task);
    let step = runner.isLoaded(task) ? this.#guard(ticket, begin) : begin();
    while (!step.isDone) {
      const { prepare, resume } = step;
      await firstOf(prepare(), pending.promise);
      if (pending.isSettled()) return undefined;
      step = this.#guard(ticket, resume);
    }
    return step.result;
  }

  #guard(ticket: TaskTicket, run: () => TaskStep): TaskStep {
    const { interruptOnSigint } = this.#options;
    return runGuarded(run, { timeoutMs: ticket.pending.remainingMs, interruptOnSigint });
  }

  async #open(): Promise<TaskRunner> {
    if (this.#runner !== undefined) return this.#runner;
    const runner = await this.#options.createRunner();
    this.#startedAt = Date.now();
    this.#runs = 0;
    return (this.#runner = runner);
  }

  #discard(): void {
    this.#runner = undefined;
    this.#runs = 0;
  }
}

/** `undefined` when the caller's promise settled before the work. */
function firstOf<Value>(work: Promise<Value>, settled: Promise<unknown>): Promise<Value | undefined> {
  const nothing = (): undefined => undefined;
  return Promise.race([work, settled.then(nothing, nothing)]);
}
