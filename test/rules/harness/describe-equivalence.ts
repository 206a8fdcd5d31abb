import { describe, expect, test } from 'vitest';
import type { EquivalenceSubject } from '../../../src/rules/proof.ts';
import { equivalenceProblem } from './check-equivalence.ts';
import { discoverRules, importDefault } from './discover-rules.ts';
import { randomRuns } from './random-runs.ts';

/** Tests of all subjects of all rules, with so many inputs for each unless the environment says otherwise. */
export async function describeEquivalence(usualRuns: number): Promise<void> {
  const runs = randomRuns(usualRuns);
  for (const { id, path, rule } of await discoverRules()) {
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
}
