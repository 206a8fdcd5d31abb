import { BoosterError } from '../shared/errors.ts';
import type { EventBus } from '../shared/events.ts';
import { mustRecycle } from './instance-memory.ts';
import type { InstanceMemory } from './instance-memory.ts';
import { NextTask } from './next-task.ts';
import type { PoolEvents } from './pool-events.ts';
import { readWorkerMessage } from './protocol.ts';
import type { TaskAnswer } from './protocol.ts';
import { SlotCheck } from './slot-check.ts';
import { poisonFault, threadFault, unhealthyFault } from './slot-fault.ts';
import { TaskFigures } from './task-figures.ts';
import { runMs } from './ticket.ts';
import type { TaskTicket } from './ticket.ts';
import type { ConnectWorker, WorkerTransport } from './worker-transport.ts';

export type SlotState = 'starting' | 'idle' | 'busy' | 'stopping' | 'dead';

/** The life of an instance. Only the thread's own end leads to `dead`. */
const transitions: Readonly<Record<SlotState, readonly SlotState[]>> = {
  starting: ['idle', 'stopping', 'dead'],
  idle: ['busy', 'stopping', 'dead'],
  busy: ['idle', 'stopping', 'dead'],
  stopping: ['dead'],
  dead: [],
};

/** How a thread ended. */
export interface SlotEnd {
  /** `undefined` when it was told to stop without a reason to complain. */
  readonly fault: BoosterError | undefined;
  /** What it had been given and has not answered. */
  readonly ticket: TaskTicket | undefined;
  /** Whether it had begun with that: if not, it did not die of it. */
  readonly hasBegun: boolean;
  /** What it had been offered for after that. When it had begun with it, its answer to `ticket` was lost on the way. */
  readonly next: TaskTicket | undefined;
  readonly hasBegunNext: boolean;
}

/** What a slot tells the pool, always after it has changed its own state. */
export interface SlotOwner {
  /** It came up, in so many milliseconds, and takes tasks. */
  ready(startMs: number): void;
  answered(slot: WorkerSlot, ticket: TaskTicket, answer: TaskAnswer): void;
  /** It is on its way out, and does not do what it had been offered. */
  returned(ticket: TaskTicket): void;
  /** The thread has ended and its place is free. */
  exited(slot: WorkerSlot, end: SlotEnd): void;
  /** Idle for the whole idle time. */
  rested(slot: WorkerSlot): void;
}

export interface SlotOptions {
  readonly id: string;
  readonly connect: ConnectWorker;
  readonly owner: SlotOwner;
  readonly events: EventBus<PoolEvents>;
  readonly startTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly memoryLimitBytes: number;
}

/** A healthy thread ends within milliseconds of `terminate()`; what takes longer is blocked in native code. */
const stuckAfterMs = 2000;

/** A tiny task takes a tenth of this; waking up both threads, and what they then find cold, may take the rest. */
const quickMs = 0.5;

/**
 * The place of one instance: one thread from start to exit, and the only code that changes its state. A slot told to stop
 * stays in its place until the thread has really ended, so that the pool never has more threads than it may.
 */
export class WorkerSlot {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number = Date.now();
  /** How its tasks ended. */
  readonly figures = new TaskFigures();
  /** Held by a caller of `acquireInstance`: gets no tasks from the queue. */
  isLeased = false;
  /** What it has been offered for after its present task. */
  readonly next: NextTask;
  readonly #options: SlotOptions;
  readonly #bornAt = performance.now();
  readonly #transport: WorkerTransport;
  #state: SlotState = 'starting';
  #ticket: TaskTicket | undefined;
  #fault: BoosterError | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStuck = false;
  #idleSince: number | undefined;
  readonly #check = new SlotCheck();
  #memory: InstanceMemory | undefined;
  #lastRunMs = Infinity;

  /** Throws when the system refuses a thread. */
  constructor(options: SlotOptions) {
    this.id = options.id;
    this.#options = options;
    this.#transport = options.connect({
      message: (value) => {
        this.#onMessage(value);
      },
      unreadable: (error) => {
        this.stop(threadFault(this.id, error));
      },
      error: (error) => {
        this.#onError(error);
      },
      exit: (code) => {
        this.#onExit(code);
      },
    });
    this.next = new NextTask(this.#transport);
    this.#setTimer(options.startTimeoutMs, () => {
      const timeoutMs = options.startTimeoutMs;
      this.stop(
        new BoosterError('E_POOL_START', `instance ${this.id} was not ready within ${String(timeoutMs)} ms`, {
          timeoutMs,
        }),
      );
    });
  }

  get state(): SlotState {
    return this.#state;
  }

  /** Idle, and nobody's: it may be given a task. */
  get isFree(): boolean {
    return this.#state === 'idle' && !this.isLeased;
  }

  /** What it is working on. */
  get ticket(): TaskTicket | undefined {
    return this.#ticket;
  }

  /** Whether it may be offered a task for after its present one. */
  get takesNext(): boolean {
    return this.#state === 'busy' && this.#fault === undefined && !this.isLeased && this.next.canOffer;
  }

  /** Whether it has begun with what it is working on. */
  get hasBegun(): boolean {
    return this.#ticket !== undefined && this.#transport.hasBegun(this.#ticket.id);
  }

  /** Its last answer came sooner than a sleeping thread can be woken up and go to sleep again. */
  get isQuick(): boolean {
    return this.#lastRunMs < quickMs;
  }

  /** It was told to end and does not: blocked in native code. */
  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** Milliseconds since its last task, 0 while it works. */
  get idleMs(): number {
    return this.#idleSince === undefined ? 0 : performance.now() - this.#idleSince;
  }

  /** Bytes of WASM memory after the last task; unknown before the first. */
  get memoryBytes(): number | undefined {
    return this.#memory?.usedBytes;
  }

  /** A starting instance holds the process only while somebody waits for it. */
  holdProcess(hold: boolean): void {
    if (this.#state !== 'starting') return;
    if (hold) this.#transport.ref();
    else this.#transport.unref();
  }

  /** Gives an idle instance a task. Throws when the task cannot be cloned; the instance is then still idle. */
  run(ticket: TaskTicket): void {
    if (this.#state !== 'idle') throw new BoosterError('E_INTERNAL', `instance ${this.id} is ${this.#state}, not idle`);
    this.#transport.post({ type: 'run', taskId: ticket.id, task: ticket.task });
    this.#ticket = ticket;
    this.#enter('busy');
  }

  /**
   * Asks an idle instance for a sign of life; without one in time it is stopped with `E_POOL_UNHEALTHY`. Meanwhile it may be
   * given a task, which is not lost: what has not been begun is given to another instance.
   */
  check(timeoutMs: number): void {
    if (this.#state !== 'idle' || this.#check.isRunning) return;
    const pingId = this.#check.begin(timeoutMs, () => {
      // what has begun with the task behind the question is alive
      if (!this.hasBegun) this.stop(unhealthyFault(this.id, `did not answer within ${String(timeoutMs)} ms`));
    });
    this.#transport.post({ type: 'ping', pingId });
  }

  /** Ends the thread, with the fault when there is one. Later calls change nothing. */
  stop(fault?: BoosterError): void {
    if (this.#state === 'stopping' || this.#state === 'dead') return;
    this.#fault ??= fault;
    this.#enter('stopping');
    const next = this.next.withdraw();
    if (next !== undefined) this.#options.owner.returned(next);
  }

  #enter(state: SlotState): void {
    if (!transitions[this.#state].includes(state)) {
      throw new BoosterError('E_INTERNAL', `instance ${this.id} cannot go from ${this.#state} to ${state}`);
    }
    this.#state = state;
    clearTimeout(this.#timer);
    this.#idleSince = state === 'idle' ? performance.now() : undefined;
    if (state === 'idle') {
      this.#transport.unref();
      this.#restartIdleTime(this.#options.idleTimeoutMs);
      this.#options.events.emit('instance-idle', { instanceId: this.id });
    } else if (state === 'busy') {
      this.#transport.ref();
      this.#options.events.emit('instance-busy', { instanceId: this.id });
    } else if (state === 'stopping') {
      this.#check.end();
      this.#transport.terminate();
      this.#setTimer(stuckAfterMs, () => {
        this.#isStuck = true;
        this.#options.events.emit('instance-stuck', { instanceId: this.id });
      });
    }
  }

  #restartIdleTime(ms: number): void {
    this.#setTimer(ms, () => {
      this.#options.owner.rested(this);
      if (this.#state === 'idle') this.#restartIdleTime(Math.ceil(this.#options.idleTimeoutMs / 10));
    });
  }

  /** No timer of a slot keeps the process alive; callers have their own deadlines. */
  #setTimer(ms: number, then: () => void): void {
    this.#timer = setTimeout(then, ms);
    this.#timer.unref();
  }

  #onMessage(value: unknown): void {
    if (this.#state === 'stopping' || this.#state === 'dead') return;
    const message = readWorkerMessage(value);
    if (message === undefined) {
      this.stop(
        new BoosterError('E_POOL_PROTOCOL', `instance ${this.id} sent something that is not a message of this version`),
      );
    } else if (message.type === 'answer') this.#onAnswer(message.taskId, message.answer);
    else if (message.type === 'pong') this.#onPong(message.pingId, message.isHealthy);
    else if (this.#state === 'starting') {
      const startMs = performance.now() - this.#bornAt;
      this.#options.events.emit('instance-ready', { instanceId: this.id, startMs });
      this.#enter('idle');
      this.#options.owner.ready(startMs);
    }
  }

  #onPong(pingId: number, isHealthy: boolean): void {
    if (!this.#check.isAnsweredBy(pingId)) return;
    this.#check.end();
    if (isHealthy) this.#options.events.emit('instance-checked', { instanceId: this.id });
    else this.stop(unhealthyFault(this.id, 'cannot parse any more'));
  }

  #onAnswer(taskId: number, answer: TaskAnswer): void {
    const ticket = this.#ticket;
    // a second answer, or one to a task that this instance no longer has
    if (ticket === undefined || ticket.id !== taskId) return;
    this.#ticket = undefined;
    this.#memory = answer.memory;
    this.#lastRunMs = runMs(ticket);
    this.figures.recordAnswer(this.#lastRunMs);
    if (!answer.outcome.ok) this.figures.recordFailure(answer.outcome.error.code);
    this.#check.end();
    if (this.#fault !== undefined) this.stop();
    else if (answer.poisoned) this.stop(poisonFault(this.id, answer));
    else if (mustRecycle(answer.memory, this.#options.memoryLimitBytes)) {
      this.stop();
      this.#options.events.emit('instance-recycled', { instanceId: this.id, memoryBytes: answer.memory.usedBytes });
    } else if (this.next.ticket === undefined) this.#enter('idle');
    else this.#promote();
    this.#options.owner.answered(this, ticket, answer);
  }

  /** It has gone on with its next task. */
  #promote(): void {
    const { ticket, cut } = this.next.take();
    this.#ticket = ticket;
    if (cut !== undefined) this.stop(cut);
  }

  /**
   * The thread ends by itself after an error, and `exit` follows. Errors travel another way than messages and may overtake
   * an answer, so a busy slot listens on until then.
   */
  #onError(error: unknown): void {
    if (this.#state === 'busy') this.#fault ??= threadFault(this.id, error);
    else this.stop(threadFault(this.id, error));
  }

  #onExit(code: number): void {
    if (this.#state === 'dead') return;
    const ticket = this.#ticket;
    const { hasBegun } = this;
    const hasBegunNext = this.next.hasBegun;
    const next = this.next.take().ticket;
    this.#ticket = undefined;
    if (this.#state !== 'stopping') {
      this.#fault ??= new BoosterError(
        'E_POOL_WORKER_DIED',
        `instance ${this.id} ended by itself (exit code ${String(code)})`,
      );
    }
    this.#enter('dead');
    const fault = this.#fault;
    if (ticket !== undefined) this.figures.recordFailure(fault?.code ?? 'E_POOL_CLOSED');
    if (fault !== undefined) {
      this.#options.events.emit('instance-failed', { instanceId: this.id, code: fault.code, message: fault.message });
    }
    this.#options.events.emit('instance-gone', { instanceId: this.id });
    this.#options.owner.exited(this, { fault, ticket, hasBegun, next, hasBegunNext });
  }
}
