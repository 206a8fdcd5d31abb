import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { BoosterError, asBoosterError } from '../../shared/errors.ts';
import { parseRecordEvent } from '../parse-record-event.ts';
import type { RecordEvent } from '../record-event.ts';
import type { TroubleListener } from '../record-store.ts';
import { openRedis } from './open-redis.ts';
import type { RedisLink } from './open-redis.ts';
import type { RedisSettings } from './redis-target.ts';

const openMs = 2000;
const firstPauseMs = 100;
const longestPauseMs = 5000;

/** Messages that wait for a slow reader; the oldest of more are dropped, which is told. */
const mostWaiting = 10_000;

/** Who wants to know. */
export interface Watcher {
  readonly signal: AbortSignal;
  readonly onTrouble: TroubleListener;
  /** Called with each subscription: what is published from then on is seen. */
  readonly onWatching: () => void;
}

/**
 * The events of the channel from now on, until `signal` aborts. A message that booster did not write is skipped, a lost connection
 * is opened again; both are told to `onTrouble`. What is published while there is none is not seen: the channel keeps nothing.
 * @throws BoosterError E_REDIS_UNAVAILABLE when the first connection cannot be opened
 */
export async function* watchChannel(settings: RedisSettings, watcher: Watcher): AsyncGenerator<RecordEvent, void> {
  const { signal, onTrouble } = watcher;
  const isOver = (): boolean => signal.aborted;
  let pauseMs = firstPauseMs;
  for (let round = 0; !isOver(); round += 1) {
    let link: RedisLink;
    try {
      link = await openRedis(settings, () => openMs);
    } catch (error) {
      if (round === 0) throw error;
      await setTimeout(pauseMs, undefined, { signal }).catch(() => undefined);
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
      continue;
    }
    const openedAt = performance.now();
    yield* eventsOf(link, watcher);
    if (isOver()) return;
    onTrouble(troubleOf('E_REDIS_UNAVAILABLE', link, 'the connection was lost; trying again'));
    // a server that ends every connection at once must not be asked without a pause
    pauseMs = performance.now() - openedAt > longestPauseMs ? firstPauseMs : Math.min(2 * pauseMs, longestPauseMs);
    await setTimeout(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Until the connection ends. */
async function* eventsOf(
  link: RedisLink,
  { signal, onTrouble, onWatching }: Watcher,
): AsyncGenerator<RecordEvent, void> {
  const { client, keys } = link;
  const messages: string[] = [];
  const state = { hasEnded: false, wake: (): void => undefined };
  const end = (): void => {
    state.hasEnded = true;
    state.wake();
  };
  client.on('message', (_channel: string, message: string) => {
    messages.push(message);
    if (messages.length > mostWaiting) messages.shift();
    state.wake();
  });
  client.on('end', end);
  signal.addEventListener('abort', end, { once: true });
  try {
    await link.within(client.subscribe(keys.channel));
    onWatching();
    for (;;) {
      for (let message = messages.shift(); message !== undefined; message = messages.shift()) {
        const event = parseRecordEvent(message);
        if (event !== undefined) yield event;
        else onTrouble(troubleOf('E_REDIS_MESSAGE', link, 'a message was skipped that booster did not publish'));
      }
      if (state.hasEnded) return;
      await new Promise<void>((resolve) => (state.wake = resolve));
    }
  } catch (error) {
    onTrouble(asBoosterError(error));
  } finally {
    signal.removeEventListener('abort', end);
    link.close();
  }
}

function troubleOf(code: 'E_REDIS_UNAVAILABLE' | 'E_REDIS_MESSAGE', { place }: RedisLink, what: string): BoosterError {
  return new BoosterError(code, `Redis ${place}: ${what}`, { place });
}
