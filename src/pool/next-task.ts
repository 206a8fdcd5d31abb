import type { BoosterError } from '../shared/errors.ts';
import type { TaskTicket } from './ticket.ts';
import type { WorkerTransport } from './worker-transport.ts';

/** What a thread has been offered for after its present task: a task that it has begun with, or that can be taken back. */
export class NextTask {
  readonly #transport: WorkerTransport;
  #ticket: TaskTicket | undefined;
  #cut: BoosterError | undefined;

  constructor(transport: WorkerTransport) {
    this.#transport = transport;
  }

  get ticket(): TaskTicket | undefined {
    return this.#ticket;
  }

  get hasBegun(): boolean {
    return this.#ticket !== undefined && this.#transport.hasBegun(this.#ticket.id);
  }

  get canOffer(): boolean {
    return this.#ticket === undefined && this.#transport.canOffer;
  }

  /** Throws when the task cannot be cloned; nothing is on offer then. */
  offer(ticket: TaskTicket): void {
    this.#transport.offer(ticket.id, ticket.task);
    this.#ticket = ticket;
  }

  /** Takes it back; `undefined` when there is none, or when the thread has begun with it. */
  withdraw(): TaskTicket | undefined {
    const ticket = this.#ticket;
    if (ticket === undefined || !this.#transport.withdraw(ticket.id)) return undefined;
    this.#ticket = undefined;
    return ticket;
  }

  /**
   * Nobody waits for it any more. When the thread has begun with it, the answer to the task before is on its way, which must
   * not be lost: then `take` says what to end the thread with.
   */
  cut(error: BoosterError): void {
    if (this.withdraw() === undefined) this.#cut = error;
  }

  /** It is the present task now. */
  take(): { readonly ticket: TaskTicket | undefined; readonly cut: BoosterError | undefined } {
    const taken = { ticket: this.#ticket, cut: this.#cut };
    this.#ticket = undefined;
    this.#cut = undefined;
    return taken;
  }
}
