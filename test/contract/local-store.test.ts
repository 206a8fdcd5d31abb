import { describeRunStore } from './run-store-suite.ts';
import { openLocal, removePlace, temporaryPlace } from './local-place.ts';

describeRunStore('local', () => {
  const place = temporaryPlace();
  const { store, troubles } = openLocal(place);
  const { store: other } = openLocal(place);
  return Promise.resolve({
    store,
    other,
    troubles,
    remove: () => {
      removePlace(place);
      return Promise.resolve();
    },
  });
});
