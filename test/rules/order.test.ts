import { expect, test } from 'vitest';
import { orderProblem } from './harness/check-order.ts';
import { discoverRules, loadedRules } from './harness/discover-rules.ts';
import { readFixtures } from './harness/read-fixtures.ts';

const seed = 20_261_122;
const folders = await discoverRules();
const rules = loadedRules(folders);

for (const { id, path } of folders) {
  const { changes, keeps } = readFixtures(path);
  for (const fixture of changes) {
    test(`${id}: all rules together give one text for fixture ${fixture.name} in every order`, () => {
      expect(orderProblem(rules, fixture, seed)).toBe(undefined);
    });
  }
  for (const fixture of keeps) {
    test(`${id}: all rules together give one text for keep ${fixture.name} in every order`, () => {
      expect(orderProblem(rules, { ...fixture, level: 'aggressive' }, seed)).toBe(undefined);
    });
  }
}
