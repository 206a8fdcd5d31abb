import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RedisStore } from '../../src/records/redis/RedisStore.ts';
import type { RedisSettings } from '../../src/records/redis/redis-target.ts';
import type { RecordEvent } from '../../src/records/record-event.ts';
import { createSealer } from '../../src/records/sealing.ts';
import type { RunRecord } from '../../src/records/run-record.ts';
import type { BoosterError } from '../../src/shared/errors.ts';
import { RedisCluster } from './redis-cluster.ts';
import { RedisServer, tlsFile } from './redis-server.ts';
import { describeHealthStore } from './health-store-suite.ts';
import { runRecord } from './run-record.ts';
import { describeRunStore } from './run-store-suite.ts';
import { sampleBooster, sampleInstance } from './sample-health.ts';

const prefix = 'swarm:phase-5';

/** As docs/redis.md has it, word by word. */
const documented = readFileSync(new URL('../../docs/redis.md', import.meta.url), 'utf8');
const [, minimalAcl = ''] = /^user booster (on >secret .*)$/m.exec(documented) ?? [];

let plain: RedisServer;
let secured: RedisServer;
let cluster: RedisCluster;
let admin: Redis;

beforeAll(async () => {
  [plain, secured, cluster] = await Promise.all([
    RedisServer.start(),
    RedisServer.start({
      tls: 'mutual',
      args: ['--user', 'default', 'off', '--user', 'booster', ...minimalAcl.split(' ')],
    }),
    RedisCluster.start(),
  ]);
  admin = new Redis(plain.port, '127.0.0.1');
});

afterAll(async () => {
  admin.disconnect();
  await Promise.all([plain.stop(), secured.stop(), cluster.stop()]);
});

function settings(url: string, changes: Partial<RedisSettings> = {}): RedisSettings {
  return { url, password: '', passwordFile: '', prefix, ttlSeconds: 3600, ca: '', cert: '', key: '', ...changes };
}

let prefixes = 0;
let runs = 0;

/** One of its own for each call; the last second has room for a few thousand. */
function sampleRun(changes: Partial<RunRecord> = {}): RunRecord {
  runs += 1;
  return runRecord(2_000_000 + runs, { status: 'changed', ...changes, at: changes.at ?? Date.now() });
}

interface Opened {
  readonly store: RedisStore;
  readonly troubles: readonly BoosterError[];
  readonly close: () => Promise<void>;
}

async function open(of: RedisSettings, keys?: string): Promise<Opened> {
  const troubles: BoosterError[] = [];
  const store = await RedisStore.open({
    settings: of,
    sealer: createSealer(keys),
    timeLeftMs: () => 5000,
    onTrouble: (trouble) => troubles.push(trouble),
  });
  return { store, troubles, close: () => store.close() };
}

/** For the suites: two clients. */
async function openTwo(of: RedisSettings, keys?: string) {
  const { store, troubles, close } = await open(of, keys);
  const other = await open(of, keys);
  const remove = async (): Promise<void> => {
    await close();
    await other.close();
  };
  return { store, other: other.store, troubles, remove };
}

const own = (url: string, changes: Partial<RedisSettings> = {}): RedisSettings => {
  prefixes += 1;
  return settings(url, { prefix: `${prefix}:test${prefixes}`, ...changes });
};

const mutual = (): Partial<RedisSettings> => ({
  password: 'secret',
  ca: tlsFile('ca.pem'),
  cert: tlsFile('client.pem'),
  key: tlsFile('client.key'),
});

// the user may use one channel only, so the prefix stays and the keys are removed
async function openSecured() {
  const opened = await openTwo(settings(secured.url.replace('redis://', 'rediss://booster@'), mutual()));
  await opened.store.clearRuns();
  await opened.store.removeInstances((await opened.store.instances()).map(({ id }) => id));
  return opened;
}

const key = Buffer.alloc(32, 7).toString('base64');

describeRunStore('Redis', () => openTwo(own(plain.url)));
describeHealthStore('Redis', () => openTwo(own(plain.url)));
describeRunStore('encrypted Redis', () => openTwo(own(plain.url), key));
describeRunStore('Redis (TLS, client certificate, minimal access rights)', openSecured);
describeRunStore('Redis cluster', () => openTwo(own(cluster.url)));
describeHealthStore('Redis cluster', () => openTwo(own(cluster.url)));

describe('the minimal access rights', () => {
  it('are enough for health', async () => {
    const { store, troubles, remove } = await openSecured();
    await store.saveBooster(sampleBooster());
    await store.saveInstances([sampleInstance()]);
    expect(await store.boosters()).toEqual([sampleBooster()]);
    expect(await store.instances()).toEqual([sampleInstance()]);
    await store.publish({ type: 'booster.requested', at: 1, boosterId: 'b', command: 'apply' });
    expect(troubles).toEqual([]);
    await remove();
  });

  it('are not more: other keys and channels, and commands over all keys, are refused', async () => {
    const files = mutual();
    const client = new Redis({
      ...{ port: secured.port, host: '127.0.0.1', username: 'booster', password: 'secret', disableClientInfo: true },
      enableReadyCheck: false,
      tls: { ca: await read(files.ca), cert: await read(files.cert), key: await read(files.key) },
    });
    for (const [command, ...args] of [
      ['set', 'other', '1'],
      ['publish', 'other', '1'],
      ['keys', '*'],
      ['flushall'],
      ['config', 'get', '*'],
      ['eval', 'return 1', '0'],
    ] as [string, ...string[]][]) {
      await expect(client.call(command, ...args), command).rejects.toThrow(/NOPERM/);
    }
    client.disconnect();
  });
});

async function read(path = ''): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path, 'utf8');
}

describe('what stands in Redis', () => {
  beforeEach(() => admin.flushall());

  it('are these keys, and all of them expire', async () => {
    const { store, close } = await open(settings(plain.url, { ttlSeconds: 100 }));
    const run = sampleRun();
    await store.saveRuns([run]);
    await store.saveBooster(sampleBooster({ id: 'b-1' }));
    await store.saveInstances([sampleInstance({ id: 'i-1' })]);
    const keys = await admin.keys('*');
    const types = await Promise.all(keys.sort().map(async (each) => [each, await admin.type(each)]));
    expect(types).toEqual([
      ['swarm:phase-5:booster:b-1', 'hash'],
      ['swarm:phase-5:boosters', 'zset'],
      ['swarm:phase-5:pool', 'set'],
      ['swarm:phase-5:pool:i-1', 'hash'],
      [`swarm:phase-5:run:${run.id}`, 'string'],
      ['swarm:phase-5:runs', 'zset'],
    ]);
    for (const each of keys) expect(await admin.ttl(each), each).toBeGreaterThan(90);
    expect(await admin.smembers('swarm:phase-5:pool')).toEqual(['i-1']);
    expect(await admin.zscore('swarm:phase-5:runs', run.id)).toBe(String(run.at));
    await close();
  });

  it('is one field for each fact of a booster and of an instance', async () => {
    const { store, close } = await open(settings(plain.url));
    await store.saveBooster(sampleBooster({ id: 'b-1' }));
    await store.saveInstances([sampleInstance({ id: 'i-1' })]);
    expect(await admin.hgetall('swarm:phase-5:booster:b-1')).toMatchObject({
      status: 'active',
      host: 'host-1',
      pid: '4711',
      tasks: '12',
      cacheHits: '3',
      p95Ms: '7',
      lastError: 'E_TASK_TIMEOUT task timed out: after 30 s',
    });
    expect(await admin.hgetall('swarm:phase-5:pool:i-1')).toMatchObject({
      state: 'idle',
      boosterId: 'host-1:4711:abc',
    });
    await close();
  });

  it('is under the prefix that was configured', async () => {
    const { store, close } = await open(settings(plain.url, { prefix: 'acme:b' }));
    await store.saveRuns([sampleRun()]);
    expect((await admin.keys('*')).every((each) => each.startsWith('acme:b:'))).toBe(true);
    await close();
  });

  it('spreads over the servers of a cluster', async () => {
    const { store, close } = await open(own(cluster.url));
    await store.saveRuns(Array.from({ length: 50 }, () => sampleRun()));
    for (const keys of await cluster.keys()) {
      expect(keys.filter((each) => each.includes(':run:')).length).toBeGreaterThan(10);
    }
    await close();
  });

  it('sends what is asked in one turn with one write', async () => {
    const { store, close } = await open(settings(plain.url));
    const readsBefore = await readEvents();
    await store.saveRuns(Array.from({ length: 100 }, () => sampleRun()));
    // fewer than one for ten records, whatever the server's reads cut apart
    expect((await readEvents()) - readsBefore).toBeLessThan(10);
    await close();

    async function readEvents(): Promise<number> {
      const stats = await admin.info('stats');
      return Number(/total_reads_processed:(\d+)/.exec(stats)?.[1]);
    }
  });

  it('forgets the index of runs that have expired', async () => {
    const { store, troubles, close } = await open(settings(plain.url));
    const lifetimeMs = 3_600_000;
    const gone = sampleRun({ at: Date.now() - lifetimeMs - 60_000 });
    const late = sampleRun({ at: Date.now() - lifetimeMs - 30_000 });
    await store.saveRuns([gone, late]);
    await admin.del(`swarm:phase-5:run:${gone.id}`);
    expect((await store.queryRuns({}, 10)).map(({ id }) => id)).toEqual([late.id]);
    await store.saveRuns([sampleRun()]);
    expect(await admin.zcard('swarm:phase-5:runs')).toBe(2);
    expect(troubles).toEqual([]);
    await close();
  });

  it('forgets instances that have expired', async () => {
    const { store, close } = await open(settings(plain.url));
    await store.saveInstances([sampleInstance({ id: 'i-1' })]);
    await admin.del('swarm:phase-5:pool:i-1');
    expect(await store.instances()).toEqual([]);
    expect(await admin.exists('swarm:phase-5:pool')).toBe(0);
    await close();
  });

  it('passes over what booster did not write, and says so', async () => {
    const { store, troubles, close } = await open(settings(plain.url));
    await admin.zadd('swarm:phase-5:runs', Date.now(), 'strange');
    await admin.set('swarm:phase-5:run:strange', '{"v":1}');
    await admin.hset('swarm:phase-5:pool:odd', { id: 'odd' });
    await admin.sadd('swarm:phase-5:pool', 'odd');
    expect(await store.queryRuns({}, 10)).toEqual([]);
    expect(await store.instances()).toEqual([]);
    expect(troubles.map(({ code, message }) => `${code} ${message.replace(/^.*kept for /, '')}`)).toEqual([
      'E_REDIS_ENTRY strange cannot be read',
      'E_REDIS_ENTRY odd cannot be read',
    ]);
    await close();
  });
});

describe('encryption at rest', () => {
  const other = Buffer.alloc(32, 9).toString('hex');

  beforeEach(() => admin.flushall());

  it('shows nothing of a record', async () => {
    const { store, close } = await open(settings(plain.url), key);
    const run = sampleRun({ file: 'src/secret-name.ts' });
    await store.saveRuns([run]);
    const body = await admin.get(`swarm:phase-5:run:${run.id}`);
    expect(body).toMatch(/^sealed:1:[0-9a-f]{8}:[A-Za-z0-9+/=]+\.$/);
    expect(Buffer.from(body?.split(':')[3] ?? '', 'base64').toString('latin1')).not.toContain('secret-name');
    await close();
  });

  it('reads with an old key what was written before the key was changed', async () => {
    const before = await open(settings(plain.url), key);
    await before.store.saveRuns([sampleRun({ file: 'old.ts', at: 1000 })]);
    await before.close();
    const after = await open(settings(plain.url), `${other},${key}`);
    await after.store.saveRuns([sampleRun({ file: 'new.ts', at: 2000 })]);
    expect((await after.store.queryRuns({}, 10)).map(({ file }) => file)).toEqual(['new.ts', 'old.ts']);
    await after.close();
    const later = await open(settings(plain.url), other);
    expect((await later.store.queryRuns({}, 10)).map(({ file }) => file)).toEqual(['new.ts']);
    expect(later.troubles).toMatchObject([{ code: 'E_REDIS_ENTRY' }]);
    await later.close();
  });

  it('drops a damaged entry with a warning', async () => {
    const { store, troubles, close } = await open(settings(plain.url), key);
    const run = sampleRun();
    await store.saveRuns([run]);
    const name = `swarm:phase-5:run:${run.id}`;
    const body = (await admin.get(name)) ?? '';
    const at = body.length - 10;
    await admin.set(name, `${body.slice(0, at)}${body[at] === 'A' ? 'B' : 'A'}${body.slice(at + 1)}`);
    expect(await store.queryRuns({}, 10)).toEqual([]);
    expect(troubles).toMatchObject([{ code: 'E_REDIS_ENTRY' }]);
    await close();
  });
});

describe('the channel', () => {
  beforeEach(() => admin.flushall());

  async function collect(store: RedisStore, wanted: number, signal: AbortController): Promise<RecordEvent[]> {
    const events: RecordEvent[] = [];
    for await (const event of store.watch(signal.signal)) {
      events.push(event);
      if (events.length === wanted) signal.abort();
    }
    return events;
  }

  async function untilWatched(): Promise<void> {
    while ((await admin.pubsub('NUMSUB', `${prefix}:booster`))[1] !== 1) await admin.ping();
  }

  it('carries every type of event', async () => {
    const { store, troubles, close } = await open(settings(plain.url));
    const events: RecordEvent[] = [
      { type: 'booster.requested', at: 1, boosterId: 'b', command: 'apply' },
      { type: 'booster.allocated', at: 2, boosterId: 'b', instanceId: 'i' },
      { type: 'booster.task.completed', at: 3, boosterId: 'b', runId: 'r', command: 'apply', status: 'written' },
      { type: 'booster.task.failed', at: 4, boosterId: 'b', runId: 'r', command: 'apply', code: 'E_SYNTAX' },
      { type: 'booster.error', at: 5, boosterId: 'b', code: 'E_POOL_MEMORY', message: 'm' },
      { type: 'booster.recovered', at: 6, boosterId: 'b', message: 'm' },
      { type: 'booster.pool.updated', at: 7, boosterId: 'b', instanceId: 'i', state: 'busy' },
    ];
    const watched = collect(store, events.length, new AbortController());
    await untilWatched();
    for (const event of events) await store.publish(event);
    expect(await watched).toEqual(events);
    expect(troubles).toEqual([]);
    await close();
  });

  it('announces a run once, however often it is delivered', async () => {
    const { store, close } = await open(settings(plain.url));
    const run = sampleRun();
    const watched = collect(store, 2, new AbortController());
    await untilWatched();
    await store.saveRuns([run]);
    await store.saveRuns([run]);
    const last = sampleRun({ status: 'failed', code: 'E_SYNTAX' });
    await store.saveRuns([last]);
    expect((await watched).map((event) => 'runId' in event && event.runId)).toEqual([run.id, last.id]);
    await close();
  });

  it('skips broken messages with a warning', async () => {
    const { store, troubles, close } = await open(settings(plain.url));
    const watched = collect(store, 1, new AbortController());
    await untilWatched();
    const broken = [
      '',
      '{',
      '[]',
      'null',
      '{"type":"booster.requested"}',
      '{"type":"toString","at":1,"boosterId":"b"}',
    ];
    for (const message of broken) await admin.publish(`${prefix}:booster`, message);
    await store.publish({ type: 'booster.recovered', at: 6, boosterId: 'b', message: 'm' });
    expect(await watched).toHaveLength(1);
    expect(troubles.map(({ code }) => code)).toEqual(broken.map(() => 'E_REDIS_MESSAGE'));
    await close();
  });

  it('is opened again when the connection is lost', async () => {
    const { store, troubles, close } = await open(settings(plain.url));
    const watched = collect(store, 2, new AbortController());
    await untilWatched();
    const event: RecordEvent = { type: 'booster.recovered', at: 6, boosterId: 'b', message: 'm' };
    await store.publish(event);
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await untilWatched();
    await store.publish(event);
    expect(await watched).toEqual([event, event]);
    expect(troubles).toMatchObject([{ code: 'E_REDIS_UNAVAILABLE' }]);
    await close();
  });
});
