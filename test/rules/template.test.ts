import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Rule } from '../../src/engine/rule.ts';
import type { EquivalenceSubject } from '../../src/rules/proof.ts';
import { equivalenceProblem } from './harness/check-equivalence.ts';
import { metaProblems, rewriteExample } from './harness/check-meta.ts';
import { rewriteProblems, rewriteWith } from './harness/check-rewrite.ts';
import { importDefault, rulesFolder } from './harness/discover-rules.ts';
import { readFixtures } from './harness/read-fixtures.ts';

const folder = join(rulesFolder, '_template');
const rule = await importDefault<Rule>(folder, 'rule.ts');

test('the template of new rules lacks nothing but an id', () => {
  expect(metaProblems({ ...rule, meta: { ...rule.meta, id: 'a-rule' } }, 'a-rule')).toEqual([]);
  expect(rewriteExample(rule)).toBe(rule.meta.example.after);
});

test('the template obeys the laws on its own fixtures', () => {
  const { changes, keeps, problems } = readFixtures(folder);
  expect(problems).toEqual([]);
  for (const fixture of changes) {
    expect(rewriteWith([rule], fixture).text).toBe(fixture.expected);
    expect(rewriteProblems(rule, fixture)).toEqual([]);
  }
  for (const fixture of keeps) {
    const sample = { ...fixture, level: 'aggressive' } as const;
    expect(rewriteWith([rule], sample).text).toBe(fixture.input);
    expect(rewriteProblems(rule, sample)).toEqual([]);
  }
});

test('the template means the same when rewritten', async () => {
  for (const subject of await importDefault<readonly EquivalenceSubject[]>(folder, 'equivalence.ts')) {
    expect(await equivalenceProblem(rule, subject, { seed: 1, numRuns: 200 })).toBe(undefined);
  }
});
