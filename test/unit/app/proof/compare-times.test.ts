import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTimes, fewestRuns } from '../../../../src/app/proof/compare-times.ts';

const pairs = (befores: readonly number[], afters: readonly number[]): [number, number][] =>
  befores.map((before, index) => [before, afters[index] ?? NaN]);

describe('compareTimes', () => {
  it('calls a clear gain faster, with its ratio and interval', () => {
    const { verdict, ratio, low, high, runs } = compareTimes(
      pairs([200, 210, 190, 205, 195, 200, 201, 199, 220, 180], [100, 105, 95, 100, 100, 100, 100, 100, 100, 100]),
    );
    expect(verdict).toBe('faster');
    expect(ratio).toBeCloseTo(2, 1);
    expect(low).toBeGreaterThan(1.8);
    expect(high).toBeLessThan(2.2);
    expect(runs).toBe(10);
  });

  it('finds no difference where there is none, whatever the noise', () => {
    const noisy = [100, 130, 90, 101, 99, 300, 100, 95, 104, 98];
    expect(compareTimes(pairs(noisy, noisy.toReversed())).verdict).toBe('same');
  });

  it('is not moved by a single disturbed run', () => {
    const before = [100, 101, 99, 100, 5000, 100, 101, 99, 100, 100];
    const after = [100, 100, 100, 101, 100, 99, 100, 101, 100, 101];
    expect(compareTimes(pairs(before, after)).verdict).toBe('same');
  });

  it('knows the ranks of the sign test: from 6 pairs on all of them, of 10 the second from both ends', () => {
    const of = (count: number) =>
      compareTimes(Array.from({ length: count }, (_, index): [number, number] => [index + 1, 1]));
    expect([of(fewestRuns).low, of(fewestRuns).high]).toEqual([1, 6]);
    expect(of(fewestRuns).confidence).toBeCloseTo(0.969, 3);
    expect([of(10).low, of(10).high]).toEqual([2, 9]);
    expect(of(10).confidence).toBeCloseTo(0.979, 3);
    expect([of(20).low, of(20).high]).toEqual([6, 15]);
    expect(of(20).confidence).toBeCloseTo(0.959, 3);
  });

  it('mirrors when before and after change places', () => {
    const times = fc.array(
      fc.tuple(fc.double({ min: 1, max: 1e4, noNaN: true }), fc.double({ min: 1, max: 1e4, noNaN: true })),
      {
        minLength: fewestRuns,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(times, (given) => {
        const forth = compareTimes(given);
        const back = compareTimes(given.map(([before, after]): [number, number] => [after, before]));
        const opposite = { faster: 'slower', slower: 'faster', same: 'same' } as const;
        expect(back.verdict).toBe(opposite[forth.verdict]);
        expect(back.low).toBeCloseTo(1 / forth.high, 6);
      }),
    );
  });
});
