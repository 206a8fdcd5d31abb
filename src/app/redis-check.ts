import type { ResolvedConfig } from '../config/settings.ts';
import { asBoosterError, errorTable } from '../shared/errors.ts';
import { redactUrls } from '../shared/redis-url.ts';
import type { Check } from './doctor-check.ts';

const timeoutMs = 2000;

/** What waiting does not mend: the settings are wrong, not the server. */
const lasting =
  /wrong user|wants a password|no permission|TLS|another protocol|cannot be read|begins with an empty line/;

/** Redis, asked to keep something. Never rejects. */
export async function redisCheck(settings: ResolvedConfig['redis']): Promise<Check> {
  const name = 'redis';
  if (settings.url === 'none') return { name, status: 'ok', detail: 'not configured: nothing leaves this machine' };
  const place = redactUrls(settings.url);
  try {
    const { tryRedis } = await import('../records/redis/try-redis.ts');
    const roundTripMs = await tryRedis(settings, timeoutMs);
    const detail = `${place}: wrote, read and deleted an entry, ${roundTripMs.toFixed(1)} ms an answer`;
    if (roundTripMs <= settings.waitMs) return { name, status: 'ok', detail };
    const remedy = 'raise redis.waitMs, or leave redis.delivery at background';
    return { name, status: 'warn', detail: `${detail}, more than redis.waitMs`, remedy };
  } catch (error) {
    const { code, message } = asBoosterError(error);
    if (!lasting.test(message)) return { name, status: 'warn', detail: message, remedy: errorTable[code].remedy };
    const remedy = 'correct the settings that begin with redis, or switch it off with BOOSTER_REDIS_URL=none';
    return { name, status: 'fail', detail: message, remedy };
  }
}
