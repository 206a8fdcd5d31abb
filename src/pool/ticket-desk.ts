import type { BoosterError } from '../shared/errors.ts';
import type { LeaseTicket } from './lease-ticket.ts';
import { Pending } from './pending.ts';
import type { RunOptions } from './pool-instance.ts';
import { checkPriority, checkTimeout } from './pool-options.ts';
import type { TaskResult } from './protocol.ts';
import { createTicket } from './ticket.ts';
import type { TaskOrder, TaskTicket } from './ticket.ts';
import type { WorkerSlot } from './worker-slot.ts';

export interface TicketDeskOptions {
  /** For work that does not say otherwise. */
  readonly taskTimeoutMs: number;
  /** The caller was told something else by deadline or abort. */
  readonly onCut: (ticket: TaskTicket | LeaseTicket, error: BoosterError) => void;
  /** Called once for each task. */
  readonly onSettled: (ticket: TaskTicket, error: BoosterError | undefined) => void;
}

/** Makes the tickets of all work that comes in, and knows when none of it is left. */
export class TicketDesk {
  readonly #options: TicketDeskOptions;
  #issued = 0;
  #unsettled = 0;
  readonly #onNoneLeft: (() => void)[] = [];

  constructor(options: TicketDeskOptions) {
    this.#options = options;
  }

  issueTask(order: Omit<TaskOrder, 'id' | 'pending' | 'priority' | 'caller'>, options: RunOptions): TaskTicket {
    const { priority = 'normal', caller = '' } = options;
    checkPriority(priority);
    const pending: Pending<TaskResult> = this.#open<TaskResult>(options, {
      onCut: (error) => {
        this.#options.onCut(ticket, error);
      },
      onSettled: (error) => {
        this.#options.onSettled(ticket, error);
      },
    });
    this.#issued += 1;
    const { task, mayFallBack, onFallback, isBound } = order;
    const ticket = createTicket({
      id: this.#issued,
      task,
      pending,
      mayFallBack,
      onFallback,
      isBound,
      priority,
      caller,
    });
    return ticket;
  }

  issueLease(options: RunOptions): LeaseTicket {
    const { priority = 'normal', caller = '' } = options;
    checkPriority(priority);
    const pending: Pending<WorkerSlot> = this.#open<WorkerSlot>(options, {
      onCut: (error) => {
        this.#options.onCut(ticket, error);
      },
    });
    const ticket: LeaseTicket = {
      type: 'lease',
      pending,
      needsFresh: false,
      queuedAt: performance.now(),
      priority,
      caller,
    };
    return ticket;
  }

  /** Resolves when each caller has been told how its work ended. */
  async whenNoneLeft(): Promise<void> {
    if (this.#unsettled === 0) return;
    await new Promise<void>((resolve) => this.#onNoneLeft.push(resolve));
  }

  #open<Value>(
    { timeoutMs, signal }: RunOptions,
    told: {
      readonly onCut: (error: BoosterError) => void;
      readonly onSettled?: (error: BoosterError | undefined) => void;
    },
  ): Pending<Value> {
    const limitMs = timeoutMs === undefined ? this.#options.taskTimeoutMs : checkTimeout('timeoutMs', timeoutMs);
    const pending = new Pending<Value>({
      timeoutMs: limitMs,
      signal,
      onCut: told.onCut,
      onSettled: (error) => {
        told.onSettled?.(error);
        this.#unsettled -= 1;
        if (this.#unsettled > 0) return;
        for (const resolve of this.#onNoneLeft.splice(0)) resolve();
      },
    });
    this.#unsettled += 1;
    return pending;
  }
}
