import { expect, it } from 'vitest';
import { growthOfSecondHalf } from '../../scripts/trend.mjs';

it('is flat when only the first half grew', () => {
  expect(growthOfSecondHalf([1, 2, 3, 4, 5, 5, 5, 5])).toBe(0);
});

it('is the rise of the line through the second half, as a share of its mean', () => {
  expect(growthOfSecondHalf([0, 0, 0, 0, 0, 9, 10, 11, 10, 9])).toBeCloseTo(0);
  expect(growthOfSecondHalf([7, 7, 7, 90, 100, 110])).toBeCloseTo(0.2);
});

it('is flat without enough values', () => {
  expect(growthOfSecondHalf([3])).toBe(0);
});
