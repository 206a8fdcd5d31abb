import { describe } from 'vitest';
import { describeRunStore } from './run-store-suite.ts';
import type { OpenedStore } from './run-store-suite.ts';
import { openLocal, removePlace, temporaryPlace } from './local-place.ts';

describe.each([
  ['local', undefined],
  ['encrypted local', '07'.repeat(32)],
])('', (name, keys) => {
  describeRunStore(name, () => Promise.resolve(openTwo(keys)));
});

function openTwo(keys: string | undefined): OpenedStore {
  const place = temporaryPlace();
  const { store, troubles } = openLocal(place, {}, keys);
  const { store: other } = openLocal(place, {}, keys);
  const remove = (): Promise<void> => {
    removePlace(place);
    return Promise.resolve();
  };
  return { store, other, troubles, remove };
}
