import { BoosterError } from '../shared/errors.ts';
import type { EventBus } from '../shared/events.ts';
import { mustRecycle } from './instance-memory.ts';
import type { InstanceMemory } from './instance-memory.ts';
import type { PoolEvents } from './pool-events.ts';
import { readWorkerMessage } from './protocol.ts';
import type { TaskAnswer } from './protocol.ts';
import { poisonFault, threadFault } from './slot-fault.ts';
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

/** What a slot tells the pool, always after it has changed its own state. */
export interface SlotOwner {
  /** It came up and takes tasks. */
  ready(slot: WorkerSlot): void;
  answered(slot: WorkerSlot, ticket: TaskTicket, answer: TaskAnswer): void;
  /** The thread has ended and its place is free. `ticket` is what it was working on. */
  exited(slot: WorkerSlot, fault: BoosterError | undefined, ticket: TaskTicket | undefined): void;
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

/**
 * The place of one instance: one thread from start to exit, and the only code that changes its state. A slot told to stop
 * stays in its place until the thread has really ended, so that the pool never has more threads than it may.
 */
export class WorkerSlot {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number = Date.now();
  /** Held by a caller of `acquireInstance`: gets no tasks from the queue. */
  isLeased = false;
  readonly #options: SlotOptions;
  readonly #transport: WorkerTransport;
  #state: SlotState = 'starting';
  #ticket: TaskTicket | undefined;
  #fault: BoosterError | undefined;
  #timer: NodeJS.Timeout | undefined;
  #tasks = 0;
  #failures = 0;
  #memory: InstanceMemory | undefined;

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

  /** Tasks answered. */
  get tasks(): number {
    return this.#tasks;
  }

  /** Tasks answered with an error, or cut short by the end of the instance. */
  get failures(): number {
    return this.#failures;
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

  /** Ends the thread, with the fault when there is one. Later calls change nothing. */
  stop(fault?: BoosterError): void {
    if (this.#state === 'stopping' || this.#state === 'dead') return;
    this.#fault ??= fault;
    this.#enter('stopping');
  }

  #enter(state: SlotState): void {
    if (!transitions[this.#state].includes(state)) {
      throw new BoosterError('E_INTERNAL', `instance ${this.id} cannot go from ${this.#state} to ${state}`);
    }
    this.#state = state;
    clearTimeout(this.#timer);
    if (state === 'idle') {
      this.#transport.unref();
      this.#restartIdleTime();
      this.#options.events.emit('instance-idle', { instanceId: this.id });
    } else if (state === 'busy') {
      this.#transport.ref();
      this.#options.events.emit('instance-busy', { instanceId: this.id });
    } else if (state === 'stopping') {
      this.#transport.terminate();
      this.#setTimer(stuckAfterMs, () => {
        this.#options.events.emit('instance-stuck', { instanceId: this.id });
      });
    }
  }

  #restartIdleTime(): void {
    this.#setTimer(this.#options.idleTimeoutMs, () => {
      this.#options.owner.rested(this);
      if (this.#state === 'idle') this.#restartIdleTime();
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
    else if (this.#state === 'starting') {
      this.#options.events.emit('instance-ready', { instanceId: this.id });
      this.#enter('idle');
      this.#options.owner.ready(this);
    }
  }

  #onAnswer(taskId: number, answer: TaskAnswer): void {
    const ticket = this.#ticket;
    // a second answer, or one to a task that this instance no longer has
    if (ticket === undefined || ticket.id !== taskId) return;
    this.#ticket = undefined;
    this.#tasks += 1;
    this.#memory = answer.memory;
    if (!answer.outcome.ok) this.#failures += 1;
    if (this.#fault !== undefined) this.stop();
    else if (answer.poisoned) this.stop(poisonFault(this.id, answer));
    else if (mustRecycle(answer.memory, this.#options.memoryLimitBytes)) {
      this.stop();
      this.#options.events.emit('instance-recycled', { instanceId: this.id, memoryBytes: answer.memory.usedBytes });
    } else this.#enter('idle');
    this.#options.owner.answered(this, ticket, answer);
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
    this.#ticket = undefined;
    if (ticket !== undefined) this.#failures += 1;
    if (this.#state !== 'stopping') {
      this.#fault ??= new BoosterError(
        'E_POOL_WORKER_DIED',
        `instance ${this.id} ended by itself (exit code ${String(code)})`,
      );
    }
    this.#enter('dead');
    const fault = this.#fault;
    if (fault !== undefined) {
      this.#options.events.emit('instance-failed', { instanceId: this.id, code: fault.code, message: fault.message });
    }
    this.#options.events.emit('instance-gone', { instanceId: this.id });
    this.#options.owner.exited(this, fault, ticket);
  }
}
