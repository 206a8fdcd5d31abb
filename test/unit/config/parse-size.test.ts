import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSize, parseSize } from '../../../src/config/parse-size.ts';

describe('parseSize', () => {
  it.each([
    ['65536', 65_536],
    ['0', 0],
    ['64MB', 64_000_000],
    ['64 mb', 64_000_000],
    ['1GiB', 1_073_741_824],
    ['1.5 KiB', 1_536],
    ['10b', 10],
    [' 1kB ', 1_000],
    ['0.3b', 0],
  ])('reads %j as %d bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each([
    '',
    'MB',
    '-1',
    '+1',
    '1e9',
    '0x10',
    '64M',
    '1 TB',
    '1,5MB',
    '1..5MB',
    '1MB 2',
    'NaN',
    '9'.repeat(40),
    '1MB\n1',
    '١MB',
  ])('refuses %j', (text) => {
    expect(parseSize(text)).toBeUndefined();
  });

  it('reads back what formatSize writes', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(parseSize(formatSize(bytes))).toBe(bytes);
      }),
    );
    expect([512_000_000, 1_048_576, 1_000, 1_001, 0].map(formatSize)).toEqual(['512MB', '1MiB', '1kB', '1001', '0']);
  });
});
