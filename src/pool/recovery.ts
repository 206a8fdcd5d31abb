import type { EventBus } from '../shared/events.ts';
import type { PoolEvents } from './pool-events.ts';

interface Loss {
  readonly instanceId: string;
  readonly at: number;
}

/**
 * Tells which new instance takes the place of which failed one, and how long that took. Only one that was started after the
 * loss counts; if that does not come up either, the next one takes its place.
 */
export function trackRecovery(events: EventBus<PoolEvents>): void {
  const losses: Loss[] = [];
  const replacements = new Map<string, Loss>();
  events.on('instance-started', ({ instanceId }) => {
    const loss = losses.shift();
    if (loss !== undefined) replacements.set(instanceId, loss);
  });
  events.on('instance-failed', ({ instanceId }) => {
    losses.push(replacements.get(instanceId) ?? { instanceId, at: performance.now() });
  });
  events.on('instance-gone', ({ instanceId }) => {
    replacements.delete(instanceId);
  });
  events.on('instance-ready', ({ instanceId }) => {
    const loss = replacements.get(instanceId);
    if (loss === undefined) return;
    replacements.delete(instanceId);
    events.emit('instance-recovered', { instanceId, replaces: loss.instanceId, afterMs: performance.now() - loss.at });
  });
}
