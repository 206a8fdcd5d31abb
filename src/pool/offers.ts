import { BoosterError } from '../shared/errors.ts';
import type { LeaseTicket } from './lease-ticket.ts';
import type { Scaler } from './scaler.ts';
import type { SlotTable } from './slot-table.ts';
import type { TaskQueue } from './task-queue.ts';
import type { TaskTicket } from './ticket.ts';
import type { WorkerSlot } from './worker-slot.ts';

export interface OffersOptions {
  readonly slots: SlotTable;
  readonly queue: TaskQueue<TaskTicket | LeaseTicket>;
  readonly scaler: Pick<Scaler, 'maximum' | 'runTimes'>;
  readonly longestMeanRunMs: number;
}

/**
 * Offers working instances their next task, so that they need not wait for the host between two: only what no other instance
 * could take sooner, and never so that a task waits behind another while an instance has nothing to do.
 */
export class Offers {
  readonly #options: OffersOptions;

  constructor(options: OffersOptions) {
    this.#options = options;
  }

  /** Tasks on offer with which no instance has begun. */
  get waiting(): number {
    let waiting = 0;
    for (const { next } of this.#options.slots.all()) {
      if (next.ticket?.pending.isSettled() === false && !next.hasBegun) waiting += 1;
    }
    return waiting;
  }

  /** Gives back what is on offer elsewhere to an instance that has nothing to do; `feed` hands it out. */
  moveTo(feed: (slot: WorkerSlot) => void): void {
    const { slots, queue } = this.#options;
    const free = slots.all().filter(({ isFree }) => isFree);
    for (const slot of free) {
      if (queue.size > 0) return;
      for (const { next } of slots.all()) {
        const ticket = next.withdraw();
        if (ticket === undefined) continue;
        queue.giveBack(ticket);
        break;
      }
      feed(slot);
    }
  }

  make(): void {
    const { slots, queue, scaler, longestMeanRunMs } = this.#options;
    if (queue.size === 0 || (scaler.runTimes.meanMs ?? Infinity) > longestMeanRunMs) return;
    if (slots.size < scaler.maximum || slots.count('starting') > 0) return;
    for (const slot of slots.all()) {
      if (queue.nextInTurn?.type !== 'task') return;
      if (slot.takesNext) this.#offer(slot);
    }
  }

  #offer(slot: WorkerSlot): void {
    const ticket = this.#options.queue.take(false);
    if (ticket?.type !== 'task') return;
    try {
      slot.next.offer(ticket);
    } catch (error) {
      ticket.pending.reject(unsendableError(error));
    }
  }
}

export function unsendableError(cause: unknown): BoosterError {
  return new BoosterError('E_INTERNAL', 'the task cannot be sent to another thread', {}, cause);
}
