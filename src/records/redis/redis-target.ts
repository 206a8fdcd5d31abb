import { createHash } from 'node:crypto';
import { parseRedisUrl } from '../../shared/redis-url.ts';

/** What it takes to reach Redis. Paths are absolute; an empty text is an absent value. */
export interface RedisSettings {
  readonly url: string;
  readonly password: string;
  readonly passwordFile: string;
  readonly prefix: string;
  readonly ttlSeconds: number;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/**
 * Name of the place that records are brought to, for a folder: records made for one server must never reach another one. A new
 * password leads to the same place.
 */
export function redisTarget({ url, prefix }: Pick<RedisSettings, 'url' | 'prefix'>): string {
  const { host, port, database } = parseRedisUrl(url) ?? { host: url, port: 0, database: 0 };
  return createHash('sha256')
    .update(JSON.stringify([host, port, database, prefix]))
    .digest('hex')
    .slice(0, 12);
}
