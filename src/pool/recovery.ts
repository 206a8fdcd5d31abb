import type { EventBus } from '../shared/events.ts';
import type { PoolEvents } from './pool-events.ts';

/** Tells which new instance takes the place of which failed one, and how long that took. */
export function trackRecovery(events: EventBus<PoolEvents>): void {
  const lost: { readonly instanceId: string; readonly at: number }[] = [];
  events.on('instance-failed', ({ instanceId }) => {
    lost.push({ instanceId, at: performance.now() });
  });
  events.on('instance-ready', ({ instanceId }) => {
    const replaced = lost.shift();
    if (replaced === undefined) return;
    const afterMs = performance.now() - replaced.at;
    events.emit('instance-recovered', { instanceId, replaces: replaced.instanceId, afterMs });
  });
}
