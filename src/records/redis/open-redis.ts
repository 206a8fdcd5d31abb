import { performance } from 'node:perf_hooks';
import type { Cluster, Redis } from 'ioredis';
import { RedisKeys } from './redis-keys.ts';
import { redisProblem } from './redis-fault.ts';
import { redisEndpoint } from './redis-options.ts';
import type { RedisEndpoint } from './redis-options.ts';
import type { RedisSettings } from './redis-target.ts';

/** A connection to one server or to a cluster. */
export interface RedisLink {
  readonly client: Redis | Cluster;
  readonly keys: RedisKeys;
  readonly ttlSeconds: number;
  /** Address without secrets. */
  readonly place: string;
  /** Milliseconds of one question and its answer, measured when it was opened. */
  readonly roundTripMs: number;
  /**
   * Rejects with an E_REDIS_UNAVAILABLE when the work fails or takes longer than the link's deadline; the connection is then given up.
   */
  readonly within: <Result>(work: Promise<Result>) => Promise<Result>;
  /** Ends the connection at once; what was not answered is lost. */
  readonly close: () => void;
  /** Closes, and resolves when nothing of the connection is left, after some 10 ms at the most. */
  readonly closed: () => Promise<void>;
}

/**
 * Connects, and finds out by itself whether this is a node of a cluster. Loads the client (20 ms) when it is called, not before.
 * @param timeLeftMs asked before connecting and before each piece of work: how long that may take
 * @throws BoosterError E_REDIS_UNAVAILABLE
 */
export async function openRedis(settings: RedisSettings, timeLeftMs: () => number): Promise<RedisLink> {
  const endpoint = redisEndpoint(settings, Math.max(1, timeLeftMs()));
  const { Redis: Client } = await import('ioredis');
  const single = new Client(endpoint.options);
  const faults = collectFaults(single);
  let client: Redis | Cluster = single;
  const close = (): void => {
    client.disconnect();
  };
  const within = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await orTimeOut(work, timeLeftMs());
    } catch (error) {
      close();
      throw redisProblem(endpoint.place, faults.last ?? error);
    }
  };
  const { isCluster, roundTripMs } = await within(greet(single));
  if (isCluster) client = await within(joinCluster(endpoint, single, Math.max(1, timeLeftMs()), faults));
  const closed = (): Promise<void> => whenEnded(client, close);
  const { prefix, ttlSeconds } = settings;
  const { place } = endpoint;
  return { client, keys: new RedisKeys(prefix), ttlSeconds, place, roundTripMs, within, close, closed };
}

/** The client tells its end when the socket is closed, which it closes by itself when the server does not (`disconnectTimeout`). */
async function whenEnded(client: Redis | Cluster, close: () => void): Promise<void> {
  if (client.status === 'end') return;
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  close();
  await ended;
}

/** The client tells with an event what went wrong, and fails the commands with "Connection is closed". */
interface Faults {
  last: unknown;
}

function collectFaults(client: Redis | Cluster, faults: Faults = { last: undefined }): Faults {
  client.on('error', (error: unknown) => {
    faults.last ??= error;
  });
  return faults;
}

async function greet(client: Redis): Promise<{ readonly isCluster: boolean; readonly roundTripMs: number }> {
  await client.connect();
  const begun = performance.now();
  let answer: unknown;
  try {
    answer = await client.call('HELLO');
  } catch (error) {
    // older than Redis 6, or not allowed: then it is asked something that is always allowed, and taken for a single server
    if (!/^(ERR unknown command|NOPERM)/.test(String((error as { message?: unknown }).message))) throw error;
    await client.ping();
  }
  const roundTripMs = performance.now() - begun;
  const words: readonly unknown[] = Array.isArray(answer) ? answer : [];
  return { isCluster: words[words.indexOf('mode') + 1] === 'cluster', roundTripMs };
}

async function joinCluster(endpoint: RedisEndpoint, single: Redis, leftMs: number, faults: Faults): Promise<Cluster> {
  single.disconnect();
  const { Cluster: Client } = await import('ioredis');
  const { host, port, options } = endpoint;
  const { username, password, tls, ...others } = options;
  const cluster = new Client([{ host, port }], {
    lazyConnect: true,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    clusterRetryStrategy: () => null,
    slotsRefreshTimeout: leftMs,
    redisOptions: { ...others, db: 0, username, password, tls },
  });
  collectFaults(cluster, faults);
  await cluster.connect();
  return cluster;
}

async function orTimeOut<Result>(work: Promise<Result>, timeoutMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new TypeError('timed out'), { code: 'ETIMEDOUT' }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
