import { rmSync } from 'node:fs';
import { describeRunStore } from './run-store-suite.ts';
import { openLocal, temporaryPlace } from './local-place.ts';

describeRunStore('local', () => {
  const place = temporaryPlace();
  const { store, troubles } = openLocal(place);
  const { store: other } = openLocal(place);
  return Promise.resolve({
    store,
    other,
    troubles,
    remove: () => Promise.resolve(rmSync(place.folder, { recursive: true, force: true })),
  });
});
