import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggest } from '../../../src/config/suggest.ts';

const words = ['level', 'rules', 'ignore', 'reporter', 'threads', 'maxBytes', 'color', 'pool'];

describe('suggest', () => {
  it.each([
    ['levle', ['level']],
    ['Level', ['level']],
    ['colour', ['color']],
    ['maxbytes', ['maxBytes']],
    ['treads', ['threads']],
    ['rule', ['rules']],
    ['xyz', []],
    ['', []],
    ['configuration', []],
    ['l'.repeat(100_000), []],
  ])('for %j gives %j', (word, expected) => {
    expect(suggest(word, words)).toEqual(expected);
  });

  it('gives at most three, the nearest first', () => {
    expect(suggest('rule-a', ['rule-b', 'rule-aa', 'rule-a', 'rule-ab', 'xule-bb'])).toEqual([
      'rule-a',
      'rule-aa',
      'rule-ab',
    ]);
  });

  it('finds every word with one slip in it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(), (word, place) => {
        const at = place % word.length;
        expect(suggest(word.slice(0, at) + word.slice(at + 1), words)).toContain(word);
      }),
    );
  });
});
