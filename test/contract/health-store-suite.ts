import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HealthStore } from '../../src/records/record-store.ts';
import type { BoosterError } from '../../src/shared/errors.ts';
import { sampleBooster, sampleInstance } from './sample-health.ts';

/** A store that stands empty, what it complains about, and how it is taken away again. */
interface OpenedHealthStore {
  readonly store: HealthStore;
  readonly troubles: readonly BoosterError[];
  readonly remove: () => Promise<void>;
}

/** What every store of health must do. */
export function describeHealthStore(name: string, open: () => Promise<OpenedHealthStore>): void {
  describe(`health in the ${name} store`, () => {
    let opened: OpenedHealthStore;
    let store: HealthStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });

    afterEach(async () => {
      expect(opened.troubles).toEqual([]);
      await opened.remove();
    });

    it('gives back what was saved', async () => {
      await store.saveBooster(sampleBooster());
      await store.saveInstances([sampleInstance()]);
      expect(await store.boosters()).toEqual([sampleBooster()]);
      expect(await store.instances()).toEqual([sampleInstance()]);
    });

    it('has nothing at first', async () => {
      await store.saveInstances([]);
      await store.removeInstances([]);
      expect(await store.boosters()).toEqual([]);
      expect(await store.instances()).toEqual([]);
    });

    it('knows what was never measured from what is zero', async () => {
      const { latencyMs, lastError, ...booster } = sampleBooster({ tasks: 0 });
      const { latencyMs: ms, memoryBytes, lastUsed, ...instance } = sampleInstance();
      expect([latencyMs, lastError, ms, memoryBytes, lastUsed]).not.toContain(undefined);
      await store.saveBooster(booster);
      await store.saveInstances([instance]);
      expect(await store.boosters()).toEqual([booster]);
      expect(await store.instances()).toEqual([instance]);
    });

    it('takes the newer state of the same, and forgets what does not hold any more', async () => {
      await store.saveBooster(sampleBooster());
      const { lastError, ...later } = sampleBooster({ tasks: 13, heartbeatAt: sampleBooster().heartbeatAt + 5000 });
      expect(lastError).toBeDefined();
      await store.saveBooster(later);
      expect(await store.boosters()).toEqual([later]);
    });

    it('keeps many apart, whatever their ids', async () => {
      const ids = ['a', 'b:1', 'with {braces}', 'ümläut/../x', 'a b'];
      await store.saveInstances(ids.map((id) => sampleInstance({ id })));
      const found = await store.instances();
      expect(found.map(({ id }) => id).sort()).toEqual([...ids].sort());
    });

    it('removes instances, and not those that are not there', async () => {
      await store.saveInstances([sampleInstance({ id: 'a' }), sampleInstance({ id: 'b' })]);
      await store.removeInstances(['a', 'never']);
      expect((await store.instances()).map(({ id }) => id)).toEqual(['b']);
    });
  });
}
