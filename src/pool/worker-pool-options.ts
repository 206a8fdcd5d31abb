import type { BoosterError } from '../shared/errors.ts';
import type { EventBus } from '../shared/events.ts';
import type { PoolEvents } from './pool-events.ts';
import type { ResolvedPoolOptions } from './pool-options.ts';
import type { TaskTicket } from './ticket.ts';
import type { ConnectWorker } from './worker-transport.ts';

export interface WorkerPoolOptions {
  readonly limits: ResolvedPoolOptions;
  readonly connect: ConnectWorker;
  readonly events: EventBus<PoolEvents>;
  /**
   * Mean run time in milliseconds up to which instances get their next task while they work. Longer tasks gain nothing by it, and
   * would keep a more urgent one waiting that comes later. Default 50.
   */
  readonly offerBelowMs?: number;
  /** Instances keep failing to start and none lives: what waits waits in vain. */
  readonly onHopeless: (error: BoosterError) => void;
  /** An instance answered and is fine. */
  readonly onHealthy: (ticket: TaskTicket) => void;
  /** An instance was lost by a task that it had begun; `hungMs` when it was ended because that ran so long. */
  readonly onLost: (ticket: TaskTicket, hungMs?: number) => void;
  /** Called after each change. */
  readonly onChange: () => void;
}
