import { RegExpParser } from '@eslint-community/regexpp';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileSteps } from '../../../../src/pool/regex/compile-steps.ts';
import { countSteps } from '../../../../src/pool/regex/count-steps.ts';
import { stepGrowth } from '../../../../src/pool/regex/step-growth.ts';

function isFound(source: string, flags: string, text: string): boolean {
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
  return countSteps(compileSteps(pattern, flags), text, 1_000_000).isFound;
}

const atoms = [
  'a',
  'b',
  '.',
  '\\w',
  '[^a]',
  '[ab]',
  '\\n',
  '^',
  '$',
  '\\b',
  '\\B',
  '(?=a)',
  '(?!b)',
  '(?<=a)',
  '(?<!ba)',
  '\u2603',
];
const patterns = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc
    .array(fc.array(tie('piece'), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 })
    .map((alternatives) => alternatives.map((pieces) => pieces.join('')).join('|')),
  piece: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...atoms),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '*?', '+?', '{2}', '{1,3}', '{2,}?', ''))
      .map(([inner, repeat]) => `(?:${inner})${repeat}`),
    tie('pattern').map((inner) => `(${inner})\\1`),
  ),
})).pattern;

it('finds what the engine finds', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '\n', '\u2603'), maxLength: 12 });
  fc.assert(
    fc.property(patterns, texts, fc.constantFrom('', 'i', 'm', 's', 'y'), (pattern, text, flags) => {
      // each \\1 is that of the first group
      const regex = new RegExp(pattern, flags);
      expect(isFound(pattern, flags, text)).toBe(regex.test(text));
    }),
    { numRuns: 1500, seed: 20261130 },
  );
});

it.each([
  ['=+$', '', '=', '\0', 2],
  ['<svg[^>]*>\\s*[\\S]+[\\S\\s]*<\\/svg>', '', undefined, '', 3],
  ['^(a|a)*$', '', 'a', '!', 'exponential'],
  ['^(\\w+\\s?)*$', '', 'a', '!', 'exponential'],
] as const)('the steps of %s grow as they must', (source, flags, pump, suffix, growth) => {
  const pumps =
    pump === undefined
      ? [
          { prefix: '', pump: '<svga', bias: 0 },
          { prefix: '> ', pump: '\u2603\u2603', bias: 0 },
          { prefix: '', pump: 'a', bias: 0 },
        ]
      : [{ prefix: '', pump, bias: 0 }];
  expect(stepGrowth(source, flags, { pattern: '', base: 2, suffix, pumps })?.growth).toBe(growth);
});

it('says nothing of a pattern that is larger than it reads', () => {
  const attack = { pattern: '', base: 2, suffix: '!', pumps: [{ prefix: '', pump: 'a', bias: 0 }] };
  expect(stepGrowth('(?:a{0,90}){90}$', '', attack)).toBeUndefined();
});
