import type { Pending } from './pending.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** A caller that wants an instance of its own. */
export interface LeaseTicket {
  readonly type: 'lease';
  readonly pending: Pending<WorkerSlot>;
  readonly needsFresh: false;
}
