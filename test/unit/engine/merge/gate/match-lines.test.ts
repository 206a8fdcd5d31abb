import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchLines } from '../../../../../src/engine/merge/gate/match-lines.ts';

function matched(a: string, b: string): number[] {
  return [...matchLines(a.split(''), b.split(''))];
}

describe('matching lines', () => {
  it('keeps the longest common order of short texts', () => {
    expect(matched('abcabba', 'cbabac').filter((index) => index >= 0)).toHaveLength(4);
  });

  it('finds a line that came in', () => {
    expect(matched('abc', 'abxc')).toEqual([0, 1, -1, 2]);
  });

  it('finds a line that went', () => {
    expect(matched('abxc', 'abc')).toEqual([0, 1, 3]);
  });

  it('takes lines that differ in their indentation for the same', () => {
    expect([...matchLines(['  a', 'b'], ['a', '\tb'])]).toEqual([0, 1]);
  });

  it('matches nothing between texts without a common line', () => {
    expect(matched('abc', 'xyz')).toEqual([-1, -1, -1]);
  });

  it('uses lines that are unique on both sides where the texts are far apart', () => {
    const noise = (name: string): string[] => Array.from({ length: 900 }, (_, index) => `${name} ${String(index)}`);
    const a = [...noise('old'), 'anchor', ...noise('gone')];
    const b = [...noise('new'), 'anchor', ...noise('fresh')];
    expect(matchLines(a, b)[900]).toBe(900);
  });

  it('gives equal lines in increasing order for any two texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '}', ''), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        let last = -1;
        matchLines(a, b).forEach((origin, index) => {
          if (origin < 0) return;
          expect(a[origin]).toBe(b[index]);
          expect(origin).toBeGreaterThan(last);
          last = origin;
        });
      }),
    );
  });
});
