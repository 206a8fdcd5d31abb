import { BoosterError, deserializeError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { LeaseTicket } from './lease-ticket.ts';
import { Offers, unsendableError } from './offers.ts';
import { closedError, saturatedError } from './pending.ts';
import type { TaskAnswer } from './protocol.ts';
import { Scaler } from './scaler.ts';
import { mayTryAgain } from './second-try.ts';
import { SlotStarter } from './slot-starter.ts';
import { SlotTable } from './slot-table.ts';
import { TaskQueue } from './task-queue.ts';
import { markTaken, runMs } from './ticket.ts';
import type { TaskTicket } from './ticket.ts';
import { Wakefulness } from './wakefulness.ts';
import type { SlotEnd, SlotOwner, WorkerSlot } from './worker-slot.ts';
import type { WorkerPoolOptions } from './worker-pool-options.ts';

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
  readonly #offers: Offers;
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
      onLate: this.#pump.bind(this),
    });
    this.#offers = new Offers({
      slots: this.#slots,
      queue: this.#queue,
      scaler: this.#scaler,
      longestMeanRunMs: options.offerBelowMs ?? 50,
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
      onRetry: this.#pump.bind(this),
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
    return this.#queue.size + this.#offers.waiting;
  }

  /** Tasks on an instance whose caller still waits; the instance may be on its way out. */
  get running(): number {
    return this.#slots.running;
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
        if (slot.next.ticket === ticket) slot.next.cut(error);
        // with the next one begun, this one is over: its answer is on the way
        if (slot.ticket !== ticket || slot.next.hasBegun) continue;
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
    for (const slot of this.#slots.all()) {
      if (slot.state !== 'busy') slot.stop();
      slot.next.withdraw()?.pending.reject(closedError());
    }
    const grace = graceMs > 0 ? setTimeout(this.stopNow.bind(this), graceMs) : undefined;
    if (grace === undefined) this.stopNow();
    if (this.#slots.size > 0) await empty;
    clearTimeout(grace);
  }

  /** Stops running tasks too; ends the grace time of an earlier `close`. */
  stopNow(): void {
    for (const slot of this.#slots.all()) {
      slot.ticket?.pending.reject(closedError());
      slot.next.ticket?.pending.reject(closedError());
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
    if (slot.state === 'busy' && slot.ticket !== undefined) this.#noteStart(slot, slot.ticket);
    else if (this.#onEmpty !== undefined) slot.stop();
    this.#pump();
  }

  returned(ticket: TaskTicket): void {
    if (this.#onEmpty !== undefined) ticket.pending.reject(closedError());
    else if (!ticket.pending.isSettled()) this.#queue.giveBack(ticket);
    this.#pump();
  }

  exited(slot: WorkerSlot, { fault, ticket, hasBegun, next, hasBegunNext }: SlotEnd): void {
    this.#slots.delete(slot);
    const isEarly = slot.figures.answered === 0 && !hasBegun && !hasBegunNext;
    this.#rescue(ticket, fault, hasBegun, hasBegun && !hasBegunNext);
    this.#rescue(next, fault, hasBegunNext, hasBegunNext);
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
    this.#offers.moveTo(this.#feed.bind(this));
    this.#offers.make();
    while (this.#scaler.wantsAnother() && this.#starter.start());
    this.#scaler.watchWaiting();
    // a second try waits for a fresh instance, but all places are taken by used ones without work: one of them goes
    if (this.#queue.size > 0 && this.#slots.size >= this.#scaler.maximum) this.#slots.spare?.stop();
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
      ticket.pending.reject(unsendableError(error));
      return;
    }
    if (slot.isQuick && this.running === 1) this.#wakefulness.begin();
    this.#noteStart(slot, ticket);
  }

  #noteStart(slot: WorkerSlot, ticket: TaskTicket): void {
    markTaken(ticket, slot.id);
    this.#options.events.emit('task-started', { taskId: ticket.id, where: 'worker', instanceId: slot.id });
  }

  /** What an instance that ended left behind; `isSuspect` when it may be what the instance died of. */
  #rescue(
    ticket: TaskTicket | undefined,
    fault: BoosterError | undefined,
    hasBegun: boolean,
    isSuspect: boolean,
  ): void {
    if (ticket?.pending.isSettled() !== false) return;
    if (isSuspect && fault !== undefined) this.#options.onLost(ticket);
    this.#tryAgain(ticket, fault ?? closedError(), hasBegun);
  }

  #tryAgain(ticket: TaskTicket, error: BoosterError, hadBegun: boolean): void {
    if (ticket.pending.isSettled()) return;
    if (this.#onEmpty !== undefined || !mayTryAgain(ticket, hadBegun)) {
      ticket.pending.reject(error);
      return;
    }
    this.#queue.giveBack(ticket);
    this.#options.events.emit('task-retried', { taskId: ticket.id, code: error.code, hadBegun });
  }

  #report(): void {
    const hasWork = this.queued + this.running > 0;
    if (this.#hadWork && !hasWork) this.#options.events.emit('pool-drained', {});
    this.#hadWork = hasWork;
    this.#options.onChange();
    if (this.#onMinimum === undefined || this.#slots.live - this.#slots.count('starting') < this.#scaler.minimum)
      return;
    this.#onMinimum.resolve();
    this.#onMinimum = undefined;
  }
}
