import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/engine/rule.ts';
import { rewriteProblems, rewriteWith } from './harness/check-rewrite.ts';
import { discoverRules, type RuleFolder } from './harness/discover-rules.ts';
import { type ChangeFixture, type KeepFixture, readFixtures } from './harness/read-fixtures.ts';
import { sourceVariants } from './harness/source-variants.ts';

for (const folder of await discoverRules()) {
  describe(folder.id, () => {
    const { rule } = folder;
    if (rule === undefined) {
      test('rule.ts can be loaded', () => {
        throw folder.loadError;
      });
    } else describeFixtures(rule, folder);
  });
}

function describeFixtures(rule: Rule, folder: RuleFolder): void {
  const { changes, keeps, problems } = readFixtures(folder.path);
  test('every fixture can be used', () => {
    expect(problems).toEqual([]);
  });
  for (const fixture of changes)
    describe(`fixture ${fixture.name}`, () => {
      testChange(rule, fixture);
    });
  for (const fixture of keeps)
    describe(`keep ${fixture.name}`, () => {
      testKeep(rule, fixture);
    });
}

function testChange(rule: Rule, fixture: ChangeFixture): void {
  test('becomes the expected text', () => {
    expect(rewriteWith([rule], fixture).text).toBe(fixture.expected);
    expect(fixture.expected).not.toBe(fixture.input);
  });

  test('is rewritten by the laws', () => {
    expect(rewriteProblems(rule, fixture)).toEqual([]);
  });

  for (const variant of sourceVariants) {
    if (!variant.appliesTo(fixture.input) || !variant.appliesTo(fixture.expected)) continue;
    test(`becomes the same with ${variant.name}`, () => {
      const sample = { ...fixture, input: variant.write(fixture.input) };
      expect(rewriteWith([rule], sample).text).toBe(variant.write(fixture.expected));
      expect(rewriteProblems(rule, sample)).toEqual([]);
    });
  }

  test('holds a trigger text', () => {
    expect(rule.triggers.filter((trigger) => fixture.input.includes(trigger))).not.toEqual([]);
  });
}

function testKeep(rule: Rule, fixture: KeepFixture): void {
  const sample = { ...fixture, level: 'aggressive' } as const;

  test('stays as it is, however it is written', () => {
    for (const variant of sourceVariants.filter((one) => one.appliesTo(fixture.input))) {
      const input = variant.write(fixture.input);
      expect(rewriteWith([rule], { ...sample, input }).text, variant.name).toBe(input);
    }
    expect(rewriteWith([rule], sample).text).toBe(fixture.input);
  });

  test('is looked at, without a problem', () => {
    expect(rewriteProblems(rule, sample)).toEqual([]);
    expect(rewriteWith([rule], sample).result.reader, 'no trigger text occurs, so it proves nothing').toBe('oxc');
  });
}
