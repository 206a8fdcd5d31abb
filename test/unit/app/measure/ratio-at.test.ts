import { expect, it } from 'vitest';
import { ratioAt } from '../../../../src/app/measure/ratio-at.ts';

const point = (n: number, ratio: number, name = 'one') => ({ name, n, ratio, node: '20.20' });

it('is a straight line through the logarithms between two measured sizes', () => {
  expect(ratioAt('a', 100, { a: [point(10, 1), point(1_000, 100)] })).toBeCloseTo(10);
});

it('is the nearest one beyond the measured sizes', () => {
  const ratios = { a: [point(10, 2), point(1_000, 100)] };
  expect(ratioAt('a', 1, ratios)).toBe(2);
  expect(ratioAt('a', 1e9, ratios)).toBe(100);
});

it('is the least of several workloads', () => {
  expect(ratioAt('a', 10, { a: [point(10, 9), point(10, 3, 'two')] })).toBe(3);
});

it('is exact at a measured size', () => {
  expect(ratioAt('a', 1_000, { a: [point(10, 2), point(1_000, 50), point(5_000, 60)] })).toBeCloseTo(50);
});

it('is unknown for a rule without figures', () => {
  expect(ratioAt('toString', 10, {})).toBe(undefined);
});
