import { BoosterError, deserializeError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { EventBus } from '../shared/events.ts';
import type { LeaseTicket } from './lease-ticket.ts';
import { closedError, saturatedError } from './pending.ts';
import type { ResolvedPoolOptions } from './pool-options.ts';
import type { PoolEvents } from './pool-events.ts';
import type { TaskAnswer } from './protocol.ts';
import { Scaler } from './scaler.ts';
import { SlotStarter } from './slot-starter.ts';
import { SlotTable } from './slot-table.ts';
import { TaskQueue } from './task-queue.ts';
import { markTaken, runMs } from './ticket.ts';
import type { TaskTicket } from './ticket.ts';
import { Wakefulness } from './wakefulness.ts';
import type { SlotEnd, SlotOwner, WorkerSlot } from './worker-slot.ts';
import type { ConnectWorker } from './worker-transport.ts';

export interface WorkerPoolOptions {
  readonly limits: ResolvedPoolOptions;
  readonly connect: ConnectWorker;
  readonly events: EventBus<PoolEvents>;
  /** Instances keep failing to start and none lives: what waits waits in vain. */
  readonly onHopeless: (error: BoosterError) => void;
  /** An instance answered and is fine. */
  readonly onHealthy: (ticket: TaskTicket) => void;
  /** An instance was lost by a task that it had begun; `hungMs` when it was ended because that ran so long. */
  readonly onLost: (ticket: TaskTicket, hungMs?: number) => void;
  /** Called after each change. */
  readonly onChange: () => void;
}

/** A task whose instances keep dying before they begin with it may just be unlucky, but not for ever. */
const strayLimit = 5;

/** An instance that was ended on purpose says nothing about the next one. */
const cuts: readonly ErrorCode[] = ['E_TASK_TIMEOUT', 'E_TASK_ABORTED'];

/**
 * Brings waiting work and instances together. Every change (work comes, an instance is ready, answers, ends) ends in
 * {@link WorkerPool.#pump}, which hands out what it can and starts an instance for what is left over: the only place
 * that decides either.
 */
export class WorkerPool implements SlotOwner {
  readonly #options: WorkerPoolOptions;
  readonly #slots = new SlotTable();
  readonly #queue: TaskQueue<TaskTicket | LeaseTicket>;
  readonly #starter: SlotStarter;
  readonly #scaler: Scaler;
  readonly #wakefulness = new Wakefulness();
  #hadWork = false;
  #onMinimum: { readonly resolve: () => void; readonly reject: (error: BoosterError) => void } | undefined;
  #onEmpty: (() => void) | undefined;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    const { limits, connect, events } = options;
    this.#queue = new TaskQueue(limits.queueLimit);
    this.#scaler = new Scaler({
      limits,
      events,
      slots: this.#slots,
      queue: this.#queue,
      onLate: () => {
        this.#pump();
      },
    });
    this.#starter = new SlotStarter({
      limits,
      connect,
      owner: this,
      events,
      onStarted: (slot) => {
        this.#slots.add(slot);
        events.emit('instance-started', { instanceId: slot.id });
        this.#scaler.noteStart();
      },
      onRetry: () => {
        this.#pump();
      },
      onHopeless: (error) => {
        this.#onMinimum?.reject(error);
        this.#onMinimum = undefined;
        // with one alive the work still gets done; without, nobody shall wait for ever
        if (this.#slots.live === 0) options.onHopeless(error);
      },
    });
  }

  get slots(): readonly WorkerSlot[] {
    return this.#slots.all();
  }

  get queued(): number {
    return this.#queue.size;
  }

  /** Tasks on an instance whose caller still waits; the instance may be on its way out. */
  get running(): number {
    return this.#slots.all().filter(({ ticket }) => ticket?.pending.isSettled() === false).length;
  }

  /**
   * Whether a task that comes now would be accepted and could start within `withinMs`, as far as the measured times tell.
   * Nothing can while the queue is full, instances keep failing to start, or all places are held by threads that do not end.
   */
  canStart(withinMs: number): boolean {
    if (this.#onEmpty !== undefined || this.#queue.isFull) return false;
    if (this.#slots.live === 0 && this.#starter.isHopeless) return false;
    return this.#scaler.expectedWaitMs(this.#starter.waitMs) < withinMs;
  }

  /** Takes all waiting work out, for somebody else to decide on. */
  takeWaiting(): (TaskTicket | LeaseTicket)[] {
    return this.#queue.takeAll();
  }

  /** Asks all idle instances for a sign of life. */
  check(timeoutMs: number): void {
    for (const slot of this.#slots.all()) slot.check(timeoutMs);
  }

  submit(ticket: TaskTicket | LeaseTicket): void {
    if (this.#queue.isFull) {
      this.#options.events.emit('pool-saturated', { queued: this.#queue.size });
      ticket.pending.reject(saturatedError(this.#options.limits.queueLimit));
      return;
    }
    this.#queue.push(ticket);
    if (ticket.type === 'task') this.#options.events.emit('task-queued', { taskId: ticket.id });
    this.#pump();
  }

  /** Runs a task on an instance that its caller holds. */
  runOn(slot: WorkerSlot, ticket: TaskTicket): void {
    if (slot.state === 'idle') this.#start(slot, ticket);
    else if (slot.state === 'busy') {
      ticket.pending.reject(new BoosterError('E_POOL_SATURATED', `instance ${slot.id} is running a task`));
    } else ticket.pending.reject(new BoosterError('E_POOL_WORKER_DIED', `instance ${slot.id} is gone`));
  }

  /** Gives a held instance back. A task that it still runs goes on. */
  release(slot: WorkerSlot): void {
    slot.isLeased = false;
    this.#pump();
  }

  /** Stops whatever is done for a caller who has been told otherwise: time-out or abort. */
  cut(ticket: TaskTicket | LeaseTicket, error: BoosterError): void {
    if (!this.#queue.remove(ticket)) {
      for (const slot of this.#slots.all()) {
        if (slot.ticket !== ticket) continue;
        if (error.code === 'E_TASK_TIMEOUT' && slot.hasBegun) this.#options.onLost(slot.ticket, runMs(slot.ticket));
        slot.stop(error);
      }
    }
    this.#pump();
  }

  /** Starts the minimum and keeps it up from now on; rejects with `E_POOL_START` when instances do not start. */
  keepMinimum(): Promise<void> {
    this.#scaler.keepMinimum();
    return new Promise((resolve, reject) => {
      this.#onMinimum = { resolve, reject };
      this.#pump();
    });
  }

  /** Waiting work is refused, running work gets `graceMs`; resolves when the last thread has ended. */
  async close(graceMs: number): Promise<void> {
    const empty = new Promise<void>((resolve) => (this.#onEmpty = resolve));
    this.#starter.close();
    this.#scaler.close();
    this.#onMinimum?.reject(closedError());
    for (const ticket of this.#queue.takeAll()) ticket.pending.reject(closedError());
    for (const slot of this.#slots.all()) if (slot.state !== 'busy') slot.stop();
    const grace = graceMs > 0 ? setTimeout(this.stopNow.bind(this), graceMs) : undefined;
    if (grace === undefined) this.stopNow();
    if (this.#slots.size > 0) await empty;
    clearTimeout(grace);
  }

  /** Stops running tasks too; ends the grace time of an earlier `close`. */
  stopNow(): void {
    for (const slot of this.#slots.all()) {
      slot.ticket?.pending.reject(closedError());
      slot.stop();
    }
  }

  ready(startMs: number): void {
    this.#scaler.startTimes.record(startMs);
    this.#pump();
  }

  answered(slot: WorkerSlot, ticket: TaskTicket, answer: TaskAnswer): void {
    this.#starter.recordSuccess();
    this.#wakefulness.end();
    const { outcome, poisoned } = answer;
    if (poisoned) this.#options.onLost(ticket);
    else {
      this.#scaler.runTimes.record(runMs(ticket));
      this.#options.onHealthy(ticket);
    }
    if (outcome.ok) ticket.pending.resolve(outcome.result);
    // what trapped after other tasks may pass on an instance with a clean memory; what trapped alone will do so again
    else if (poisoned && slot.figures.answered > 1) this.#tryAgain(ticket, deserializeError(outcome.error), true);
    else ticket.pending.reject(deserializeError(outcome.error));
    if (this.#onEmpty !== undefined) slot.stop();
    this.#pump();
  }

  exited(slot: WorkerSlot, { fault, ticket, hasBegun }: SlotEnd): void {
    this.#slots.delete(slot);
    const isEarly = slot.figures.answered === 0 && !hasBegun;
    if (ticket?.pending.isSettled() === false) {
      if (hasBegun && fault !== undefined) this.#options.onLost(ticket);
      this.#tryAgain(ticket, fault ?? closedError(), hasBegun);
    }
    // died before it did anything, or never came up: the next one is likely to do the same
    if (isEarly && fault !== undefined && !cuts.includes(fault.code)) this.#starter.recordFailure(fault);
    if (this.#slots.size === 0) this.#onEmpty?.();
    this.#pump();
  }

  rested(slot: WorkerSlot): void {
    if (slot.isFree && this.#scaler.lets(slot)) slot.stop();
  }

  #pump(): void {
    if (this.#onEmpty !== undefined) return;
    for (const slot of this.#slots.all()) this.#feed(slot);
    while (this.#scaler.wantsAnother() && this.#starter.start());
    this.#scaler.watchWaiting();
    this.#makeRoom();
    const isAwaited = this.#queue.size > 0 || this.#onMinimum !== undefined;
    for (const slot of this.#slots.all()) slot.holdProcess(isAwaited);
    this.#starter.holdProcess(isAwaited);
    this.#report();
  }

  #feed(slot: WorkerSlot): void {
    while (slot.isFree) {
      const ticket = this.#queue.take(slot.figures.answered === 0);
      if (ticket === undefined) return;
      if (ticket.type === 'task') this.#start(slot, ticket);
      else {
        slot.isLeased = true;
        ticket.pending.resolve(slot);
      }
    }
  }

  #start(slot: WorkerSlot, ticket: TaskTicket): void {
    try {
      slot.run(ticket);
    } catch (error) {
      ticket.pending.reject(new BoosterError('E_INTERNAL', 'the task cannot be sent to another thread', {}, error));
      return;
    }
    markTaken(ticket, slot.id);
    if (slot.isQuick && this.running === 1) this.#wakefulness.begin();
    this.#options.events.emit('task-started', { taskId: ticket.id, where: 'worker', instanceId: slot.id });
  }

  /** A second try waits for a fresh instance, but all places are taken by used ones without work: one of them goes. */
  #makeRoom(): void {
    if (this.#queue.size === 0 || this.#slots.size < this.#scaler.maximum) return;
    if (this.#slots.count('starting') + this.#slots.count('stopping') > 0) return;
    const unused = this.#slots.all().find((slot) => slot.isFree);
    unused?.stop();
  }

  #tryAgain(ticket: TaskTicket, error: BoosterError, hadBegun: boolean): void {
    if (ticket.pending.isSettled()) return;
    if (!hadBegun) ticket.strays += 1;
    const isOwnFault = hadBegun || ticket.strays > strayLimit;
    if ((isOwnFault && ticket.needsFresh) || ticket.isBound || this.#onEmpty !== undefined) {
      ticket.pending.reject(error);
      return;
    }
    ticket.needsFresh ||= isOwnFault;
    this.#queue.giveBack(ticket);
    this.#options.events.emit('task-retried', { taskId: ticket.id, code: error.code, hadBegun });
  }

  #report(): void {
    const hasWork = this.#queue.size > 0 || this.running > 0;
    if (this.#hadWork && !hasWork) this.#options.events.emit('pool-drained', {});
    this.#hadWork = hasWork;
    this.#options.onChange();
    if (this.#onMinimum === undefined || this.#slots.live - this.#slots.count('starting') < this.#scaler.minimum)
      return;
    this.#onMinimum.resolve();
    this.#onMinimum = undefined;
  }
}
