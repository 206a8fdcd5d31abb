import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { findAttack } from '../../../../src/pool/regex/find-attack.ts';
import { stepGrowth } from '../../../../src/pool/regex/step-growth.ts';

it.each([
  ['^(a+)+$', '', 'exponential'],
  ['^(?:a|a)*$', '', 'exponential'],
  ['^(\\w+\\s?)*$', '', 'exponential'],
  ['a+$', '', 2],
  ['\\((.*)\\)', 'g', 2],
  ['^\\d*\\.?\\d+$', '', 2],
  ['^\\s*a*b?a*a*$', '', 3],
  ['at .*effect.*\\((.*)\\)', '', 4],
  ['^\\s*x', 'm', 2],
  ['[/][*](\\s|.)+?[*][/]', 'g', 'exponential'],
])('/%s/%s is attacked, and grows as %s', (source, flags, growth) => {
  const found = findAttack(source, flags);
  expect(found?.growth).toBe(growth);
  expect(stepGrowth(source, flags, found!)?.growth).toBe(growth);
});

it.each([
  ['^[a-z]+@[a-z]+$', ''],
  ['(a+)\\1', ''],
  ['"([^"]+)":', 'g'],
])('/%s/%s is not', (source, flags) => {
  expect(findAttack(source, flags)).toBeUndefined();
});

it('says the attack as an expression that gives such a text', () => {
  const found = findAttack("^'(?:a+)+$", '');
  expect(found?.pattern).toMatch(/^'\\'/);
  const text = String(runInNewContext(found?.pattern.replace('(40)', '(3)') ?? ''));
  expect(/^'(?:a+)+$/.test(text)).toBe(false);
});
