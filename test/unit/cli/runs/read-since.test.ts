import { describe, expect, it } from 'vitest';
import { readSince } from '../../../../src/cli/runs/read-since.ts';

const now = Date.parse('2026-01-31T12:00:00Z');

describe('readSince', () => {
  it.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['1w', 604_800_000],
  ])('reads %s as so long ago', (text, agoMs) => {
    expect(readSince(text, now)).toBe(now - agoMs);
  });

  it('reads a date as its first moment here, and a time with its zone', () => {
    expect(readSince('2026-01-30', now)).toBe(new Date(2026, 0, 30).getTime());
    expect(readSince('2026-01-30T10:00:00Z', now)).toBe(Date.UTC(2026, 0, 30, 10));
  });

  it.each(['', 'yesterday', '5', '5y', '-3h', '2026-13-01', '1.5h'])('refuses %j', (text) => {
    expect(() => readSince(text, now)).toThrow('--since');
  });
});
