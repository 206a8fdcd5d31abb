import { setImmediate as turn } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HealthOutbox } from '../../src/app/health-outbox.ts';
import { parseRecordEvent } from '../../src/records/parse-record-event.ts';
import type { RecordEvent } from '../../src/records/record-event.ts';
import { RedisServer } from './redis-server.ts';
import { sampleBooster } from './sample-health.ts';

const prefix = 'swarm:phase-5';
const defaults = { password: '', passwordFile: '', prefix, ttlSeconds: 3600, ca: '', cert: '', key: '' };

let server: RedisServer;
let admin: Redis;
let log: string[];
let outbox: HealthOutbox;
let subscribers: Redis[];

beforeEach(async () => {
  server = await RedisServer.start();
  log = [];
  subscribers = [];
  outbox = new HealthOutbox({ settings: { ...defaults, url: server.url }, sealer: undefined }, (line) =>
    log.push(line),
  );
  admin = new Redis(server.port, '127.0.0.1');
});

afterEach(async () => {
  await outbox.close(0);
  for (const client of [admin, ...subscribers]) client.disconnect();
  await server.stop();
});

const heartbeat = { booster: sampleBooster(), instances: [], gone: [] };

/** One that tells its number. */
function event(at: number): RecordEvent {
  return { type: 'booster.requested', at, boosterId: 'b', command: 'task' };
}

interface Heard {
  /** Resolves with the numbers of the first `count` events, and listens on. */
  readonly first: (count: number) => Promise<number[]>;
  /** Resolves with the numbers of all events before that of this number. */
  readonly all: (last: number) => Promise<number[]>;
}

async function listen(port: number): Promise<Heard> {
  const subscriber = new Redis(port, '127.0.0.1');
  const numbers: number[] = [];
  let onEvent = (): void => undefined;
  subscriber.on('message', (_channel, message: string) => {
    numbers.push(parseRecordEvent(message)?.at ?? -1);
    onEvent();
  });
  await subscriber.subscribe(`${prefix}:booster`);
  subscribers.push(subscriber);
  const until = (isEnough: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      onEvent = () => {
        if (isEnough()) resolve();
      };
      onEvent();
    });
  const first = async (count: number): Promise<number[]> => {
    await until(() => numbers.length >= count);
    return numbers.slice(0, count);
  };
  const all = async (last: number): Promise<number[]> => {
    await until(() => numbers.includes(last));
    return numbers.slice(0, numbers.indexOf(last));
  };
  return { first, all };
}

async function readsOfServer(): Promise<number> {
  return Number(/total_reads_processed:(\d+)/.exec(await admin.info('stats'))?.[1]);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('events come each once and in their order, many in one turn as few in several', async () => {
  const heard = await listen(server.port);
  for (const at of upTo(400)) outbox.publish(event(at));
  for (const at of upTo(60)) {
    await turn();
    outbox.publish(event(400 + at));
  }
  expect(await heard.first(460)).toEqual(upTo(460));
});

test('events that come one after the other do not each cost a round trip', async () => {
  const heard = await listen(server.port);
  outbox.beat(heartbeat);
  outbox.publish(event(0));
  await expect.poll(() => admin.exists(`${prefix}:booster:${heartbeat.booster.id}`)).toBe(1);
  const before = await readsOfServer();
  for (const at of upTo(80).slice(1)) {
    outbox.publish(event(at));
    await turn();
  }
  expect(await heard.first(80)).toEqual(upTo(80));
  expect((await readsOfServer()) - before).toBeLessThan(40);
});

test('what could not be published while the server was gone is published when it is there again', async () => {
  const heard = await listen(server.port);
  outbox.publish(event(0));
  expect(await heard.first(1)).toEqual([0]);
  for (const client of [admin, ...subscribers]) client.disconnect();
  await server.stop();
  outbox.publish(event(1));
  await expect.poll(() => log.length).toBe(1);
  expect(log[0]).toContain('health is kept in the local store');
  server = await RedisServer.start({ port: server.port });
  const later = await listen(server.port);
  outbox.publish(event(2));
  const beats = setInterval(() => {
    outbox.beat(heartbeat);
  }, 20);
  expect(await later.first(2)).toEqual([1, 2]);
  clearInterval(beats);
  await expect.poll(() => log[1]).toBe('Redis can be used again');
});

test('what was gathered is brought before the connection is closed', async () => {
  const heard = await listen(server.port);
  outbox.publish(event(0));
  await heard.first(1);
  for (const at of upTo(30)) outbox.publish(event(1 + at));
  expect(await outbox.close(5000)).toBe(true);
  expect(await admin.publish(`${prefix}:booster`, JSON.stringify(event(31)))).toBe(1);
  expect(await heard.all(31)).toEqual(upTo(31));
});
