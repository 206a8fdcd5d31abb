import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JointRunStore } from '../../src/records/JointRunStore.ts';
import type { LocalStore } from '../../src/records/local/LocalStore.ts';
import { RedisStore } from '../../src/records/redis/RedisStore.ts';
import type { BoosterError } from '../../src/shared/errors.ts';
import { openLocal, removePlace, temporaryPlace } from './local-place.ts';
import { RedisServer } from './redis-server.ts';
import { runRecord } from './run-record.ts';
import type { OpenedStore } from './run-store-suite.ts';
import { describeRunStore } from './run-store-suite.ts';

let server: RedisServer;
let prefixes = 0;

beforeAll(async () => {
  server = await RedisServer.start();
});

afterAll(() => server.stop());

interface OpenedJoint extends OpenedStore {
  readonly local: LocalStore;
  readonly shared: RedisStore;
}

async function open(): Promise<OpenedJoint> {
  prefixes += 1;
  const settings = { password: '', passwordFile: '', ttlSeconds: 3600, ca: '', cert: '', key: '' };
  const troubles: BoosterError[] = [];
  const place = temporaryPlace();
  const onTrouble = (trouble: BoosterError): void => void troubles.push(trouble);
  const openOne = async () => {
    const local = openLocal(place).store;
    const shared = await RedisStore.open({
      settings: { ...settings, url: server.url, prefix: `test${String(prefixes)}` },
      ...{ sealer: undefined, timeLeftMs: () => 5000, onTrouble },
    });
    return { local, shared, store: new JointRunStore(shared, local, onTrouble) };
  };
  const [one, other] = await Promise.all([openOne(), openOne()]);
  const remove = async (): Promise<void> => {
    await Promise.all([one.store.close(), other.store.close()]);
    removePlace(place);
  };
  return { ...one, other: other.store, troubles, remove };
}

describeRunStore('joint', open);

describe('a joint store', () => {
  it('gives what is in one of the two only, and what is in both once', async () => {
    const { store, local, shared, remove } = await open();
    await local.saveRuns([runRecord(1), runRecord(2)]);
    await shared.saveRuns([runRecord(2), runRecord(3)]);
    expect(await store.queryRuns({}, 10)).toEqual([runRecord(3), runRecord(2), runRecord(1)]);
    expect(await store.queryRuns({}, 2)).toEqual([runRecord(3), runRecord(2)]);
    expect(await store.clearRuns()).toBe(3);
    expect([await local.queryRuns({}, 9), await shared.queryRuns({}, 9)]).toEqual([[], []]);
    await remove();
  });

  it('gives what is here when the shared one fails, and says so', async () => {
    const { store, local, shared, troubles, remove } = await open();
    await local.saveRuns([runRecord(1)]);
    await shared.close();
    expect(await store.queryRuns({}, 10)).toEqual([runRecord(1)]);
    expect(troubles.map(({ code }) => code)).toEqual(['E_REDIS_UNAVAILABLE']);
    await expect(store.clearRuns()).rejects.toMatchObject({ code: 'E_REDIS_UNAVAILABLE' });
    await remove();
  });
});
