import type { Pending } from './pending.ts';
import type { Queued } from './task-queue.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** A caller that wants an instance of its own. */
export interface LeaseTicket extends Queued {
  readonly type: 'lease';
  readonly pending: Pending<WorkerSlot>;
  readonly needsFresh: false;
}
