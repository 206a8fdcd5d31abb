import type { EventSource } from '../shared/events.ts';
import type { PoolEvents } from './pool-events.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A healthy idle instance answers within milliseconds, the first time within what loading the parser takes. */
const longestAnswerMs = 5000;

/**
 * Asks all idle instances for a sign of life on each interval, from the first instance on. The timer does not keep the
 * process alive. Returns how to stop it.
 */
export function startHealthChecks(
  events: EventSource<PoolEvents>,
  workers: Pick<WorkerPool, 'check'>,
  intervalMs: number,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const off = events.on('instance-started', () => {
    off();
    timer = setInterval(() => {
      workers.check(Math.min(intervalMs, longestAnswerMs));
    }, intervalMs);
    timer.unref();
  });
  return () => {
    off();
    clearInterval(timer);
  };
}
