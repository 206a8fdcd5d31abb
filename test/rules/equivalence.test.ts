import { describe, expect, test } from 'vitest';
import type { EquivalenceSubject } from '../../src/rules/proof.ts';
import { equivalenceProblem } from './harness/check-equivalence.ts';
import { discoverRules, importDefault } from './harness/discover-rules.ts';
import { randomRuns } from './harness/random-runs.ts';

const runs = randomRuns();
const folders = await discoverRules();

for (const { id, path, rule } of folders) {
  if (rule === undefined) continue; // reported by the fixtures
  const subjects = await importDefault<readonly EquivalenceSubject[]>(path, 'equivalence.ts').catch(
    (error: unknown) => error,
  );
  describe(`${id}: original and rewritten mean the same`, () => {
    if (!Array.isArray(subjects)) {
      test('equivalence.ts can be loaded', () => {
        throw subjects;
      });
      return;
    }
    for (const subject of subjects as readonly EquivalenceSubject[]) {
      test(subject.name, async () => {
        expect(await equivalenceProblem(rule, subject, runs)).toBe(undefined);
      });
    }
  });
}
