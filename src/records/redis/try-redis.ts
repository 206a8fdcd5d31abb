import { newRunId } from '../run-id.ts';
import { openRedis } from './open-redis.ts';
import type { RedisSettings } from './redis-target.ts';

/**
 * Writes an entry of its own, reads it and deletes it.
 * @param timeoutMs for connecting, and for each question
 * @returns milliseconds of one question and its answer
 * @throws BoosterError E_REDIS_UNAVAILABLE
 */
export async function tryRedis(settings: RedisSettings, timeoutMs: number): Promise<number> {
  const { client, keys, within, roundTripMs, close } = await openRedis(settings, () => timeoutMs);
  try {
    const key = keys.run(`doctor-${newRunId(Date.now())}`);
    await within(client.set(key, '', 'EX', 10));
    await within(client.get(key));
    await within(client.del(key));
    return roundTripMs;
  } finally {
    close();
  }
}
