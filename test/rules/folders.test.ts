import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tiers } from '../../src/engine/finding.ts';
import type { Rule } from '../../src/engine/rule.ts';
import type { EquivalenceSubject, MeasuredRatio, RuleBench } from '../../src/rules/proof.ts';
import { metaProblems, rewriteExample, shownTiers } from './harness/check-meta.ts';
import { rewriteWith } from './harness/check-rewrite.ts';
import { discoverRules, importDefault, type RuleFolder } from './harness/discover-rules.ts';
import { readFixtures } from './harness/read-fixtures.ts';

for (const folder of await discoverRules()) {
  const { rule } = folder;
  if (rule === undefined) continue; // reported by the fixtures
  describe(folder.id, () => {
    testMeta(rule, folder);
    testProofs(rule, folder);
  });
}

function testMeta(rule: Rule, folder: RuleFolder): void {
  test('its meta is complete', () => {
    expect(metaProblems(rule, folder.id)).toEqual([]);
  });

  test('its example becomes what it says', () => {
    expect(rewriteExample(rule)).toBe(rule.meta.example.after);
  });

  test('its fixtures show the tiers that it claims, and what stays', () => {
    const { changes, keeps } = readFixtures(folder.path);
    const shown = [...shownTiers(rule, changes)].sort((a, b) => tiers.indexOf(a) - tiers.indexOf(b));
    expect([shown[0], shown.at(-1)]).toEqual([rule.meta.lowestTier ?? rule.meta.tier, rule.meta.tier]);
    expect(keeps).not.toEqual([]);
  });
}

function testProofs(rule: Rule, folder: RuleFolder): void {
  test('its equivalence has subjects with names of their own', async () => {
    const names = (await importDefault<readonly EquivalenceSubject[]>(folder.path, 'equivalence.ts')).map(
      ({ name }) => name,
    );
    expect(names).not.toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('its benches are rewritten', async () => {
    const benches = await importDefault<readonly RuleBench[]>(folder.path, 'bench.ts');
    expect(benches).not.toEqual([]);
    for (const { name, source, level = rule.meta.tier } of benches) {
      const { text } = rewriteWith([rule], { input: source, language: 'typescript', level });
      expect(text, name).not.toBe(source);
    }
  });

  test('its measured ratios belong to its benches, and the largest size shows a gain', async () => {
    const benches = await importDefault<readonly RuleBench[]>(folder.path, 'bench.ts');
    const measured = readMeasured(folder.path);
    const expected = benches.flatMap(({ name, sizes }) => sizes.map((size) => ({ name, size })));
    expect(measured.map(({ name, size }) => ({ name, size }))).toEqual(expected);
    for (const { name, sizes } of benches) {
      const largest = measured.find((one) => one.name === name && one.size === Math.max(...sizes));
      expect(largest?.ratio, name).toBeGreaterThan(1);
    }
  });
}

function readMeasured(folder: string): readonly MeasuredRatio[] {
  const path = join(folder, 'measured.json');
  if (!existsSync(path)) throw new Error('measured.json is missing: npm run bench -- rules <id> --write');
  return JSON.parse(readFileSync(path, 'utf8')) as readonly MeasuredRatio[];
}
