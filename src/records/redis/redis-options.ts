import { readFileSync } from 'node:fs';
import type { RedisOptions } from 'ioredis';
import { BoosterError } from '../../shared/errors.ts';
import { parseRedisUrl, redactUrls } from '../../shared/redis-url.ts';
import type { RedisSettings } from './redis-target.ts';

/** A server's address and how to speak to it. */
export interface RedisEndpoint {
  readonly host: string;
  readonly port: number;
  /** The address without secrets. */
  readonly place: string;
  readonly options: RedisOptions;
}

/**
 * Options of ioredis under which nothing is tried again, nothing waits in a queue and nothing outlives the connection: a command
 * that ends soon has no use for that. Measured: with the defaults, an absent server is tried for ever, and a failed
 * connection keeps the process for 2 s.
 * @throws BoosterError E_REDIS_UNAVAILABLE for files that cannot be read
 */
export function redisEndpoint(settings: RedisSettings, connectTimeoutMs: number): RedisEndpoint {
  const address = parseRedisUrl(settings.url);
  if (address === undefined) throw unusable(settings, 'the address is not one of Redis');
  const { host, port, tls, database, user } = address;
  const password = passwordOf(settings, address.password);
  const options: RedisOptions = {
    host,
    port,
    db: database,
    // without a user, Redis 6 and later mean this one; told so, they accept a password even where none is needed
    ...(password !== undefined && { username: user ?? 'default', password }),
    ...(password === undefined && user !== undefined && { username: user }),
    ...(tls && { tls: tlsOptions(settings, host) }),
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    disconnectTimeout: 10,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    reconnectOnError: () => false,
    autoResendUnfulfilledCommands: false,
    disableClientInfo: true,
    // what is asked in one turn goes out with one write: 3,000 commands of a large run took 3,000
    enableAutoPipelining: true,
  };
  return { host, port, place: redactUrls(settings.url), options };
}

function passwordOf(settings: RedisSettings, inUrl: string | undefined): string | undefined {
  if (settings.password !== '') return settings.password;
  if (settings.passwordFile === '') return inUrl;
  const [line = ''] = readText(settings, settings.passwordFile, 'redis.passwordFile').split(/\r?\n/, 1);
  if (line === '') throw unusable(settings, `redis.passwordFile: ${settings.passwordFile} begins with an empty line`);
  return line;
}

function tlsOptions(settings: RedisSettings, host: string): NonNullable<RedisOptions['tls']> {
  const { ca, cert, key } = settings;
  const isName = !/^[\d.]+$|:/.test(host);
  return {
    ...(isName && { servername: host }),
    ...(ca !== '' && { ca: readText(settings, ca, 'redis.ca') }),
    ...(cert !== '' && { cert: readText(settings, cert, 'redis.cert') }),
    ...(key !== '' && { key: readText(settings, key, 'redis.key') }),
  };
}

function readText(settings: RedisSettings, path: string, setting: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as { readonly code?: string };
    throw unusable(settings, `${setting}: ${path} cannot be read (${code})`);
  }
}

function unusable({ url }: RedisSettings, what: string): BoosterError {
  const place = redactUrls(url);
  return new BoosterError('E_REDIS_UNAVAILABLE', `Redis ${place}: ${what}`, { place });
}
