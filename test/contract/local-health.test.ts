import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LocalHealth } from '../../src/records/local/local-health.ts';
import type { StorePlace } from '../../src/records/local/store-place.ts';
import type { BoosterError } from '../../src/shared/errors.ts';
import { describeHealthStore } from './health-store-suite.ts';
import { removePlace, temporaryPlace } from './local-place.ts';
import { sampleBooster, sampleInstance } from './sample-health.ts';

function open(place: StorePlace = temporaryPlace()) {
  const troubles: BoosterError[] = [];
  const store = new LocalHealth(place, (trouble) => troubles.push(trouble));
  const remove = (): Promise<void> => {
    removePlace(place);
    return Promise.resolve();
  };
  return { store, troubles, remove, folder: join(place.folder, 'health'), place };
}

describeHealthStore('local', () => Promise.resolve(open()));

describe('the files of health', () => {
  it('are for the user alone', async () => {
    const { store, folder, remove } = open();
    await store.saveBooster(sampleBooster());
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    await remove();
  });

  it.each(['', '{', '[]', 'null', '{"id":"x"}', '\0\u0001'])(
    'are removed with a warning when damaged: %j',
    async (text) => {
      const { store, folder, troubles, remove } = open();
      await store.saveBooster(sampleBooster());
      writeFileSync(join(folder, 'booster-broken.json'), text);
      writeFileSync(join(folder, 'instance-broken.json'), text);
      expect(await store.boosters()).toEqual([sampleBooster()]);
      expect(await store.instances()).toEqual([]);
      expect(troubles.map(({ code }) => code)).toEqual(['E_STORE_DAMAGED', 'E_STORE_DAMAGED']);
      expect(readdirSync(folder)).toHaveLength(1);
      await remove();
    },
  );

  it('of boosters that were heard of long ago go, and half written ones', async () => {
    const { store, folder, place, remove } = open();
    const now = Date.now();
    await store.saveBooster(sampleBooster({ id: 'old', heartbeatAt: now - 8 * 86_400_000 }));
    await store.saveInstances([
      sampleInstance({ id: 'old', heartbeatAt: now - 7_200_000 }),
      sampleInstance({ id: 'new', heartbeatAt: now }),
    ]);
    writeFileSync(join(folder, 'booster-x.json.0000.tmp'), '{');
    const next = open(place);
    await next.store.saveBooster(sampleBooster({ id: 'new', heartbeatAt: now }));
    expect((await next.store.boosters()).map(({ id }) => id)).toEqual(['new']);
    expect((await next.store.instances()).map(({ id }) => id)).toEqual(['new']);
    expect(readdirSync(folder)).toHaveLength(2);
    await remove();
  });

  it('that cannot be written are told, and nothing is thrown', async () => {
    const { store, folder, troubles, place, remove } = open();
    writeFileSync(folder, 'a file in the place of the folder');
    await store.saveBooster(sampleBooster());
    expect(troubles).toMatchObject([{ code: 'E_STORE_WRITE' }]);
    expect(await store.boosters()).toEqual([]);
    mkdirSync(join(place.folder, 'other'));
    await remove();
  });
});
