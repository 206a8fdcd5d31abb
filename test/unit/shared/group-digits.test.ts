import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupDigits } from '../../../src/shared/group-digits.ts';

it.each([0, 7, 999, 1000, -1, -999, -1000, 12_345, 1_234_567, Number.MAX_SAFE_INTEGER])(
  'groups the digits of %d as toLocaleString does',
  (value) => {
    expect(groupDigits(value)).toBe(value.toLocaleString('en-US'));
  },
);

it('groups the digits of any whole number as toLocaleString does', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(groupDigits(value)).toBe(value.toLocaleString('en-US'));
    }),
  );
});
