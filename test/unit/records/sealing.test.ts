import { describe, expect, it } from 'vitest';
import { createSealer, sealedPrefix } from '../../../src/records/sealing.ts';
import type { Sealer } from '../../../src/records/sealing.ts';

const hex = 'ab'.repeat(32);
const base64 = Buffer.alloc(32, 7).toString('base64');

const place = 'record';

function sealerOf(keys: string): Sealer {
  const sealer = createSealer(keys);
  if (sealer === undefined) throw new Error('no key');
  return sealer;
}

describe('a sealer', () => {
  it.each([undefined, '', ' ', ',', ' , '])('is not there without a key: %j', (keys) => {
    expect(createSealer(keys)).toBeUndefined();
  });

  it.each([
    hex,
    hex.toUpperCase(),
    base64,
    base64.slice(0, -1),
    Buffer.alloc(32, 251).toString('base64url'),
    ` ${hex} `,
  ])('takes 32 bytes in hex or base64: %s', (keys) => {
    const sealer = sealerOf(keys);
    expect(sealer.open(sealer.seal('text', place), place)).toBe('text');
  });

  it.each([['secret'], [hex.slice(2)], [`${hex}00`], [`${base64}${base64}`], [`${hex},short`], [`${hex},`]])(
    'refuses any other key without showing it: %s',
    (keys) => {
      expect(() => createSealer(keys)).toThrow(/^key [12] of BOOSTER_ENCRYPTION_KEY is not 32 bytes/);
      expect(() => createSealer(keys)).not.toThrow(/secret|short|abab/);
    },
  );

  it('makes one line that shows nothing and is different each time', () => {
    const sealer = sealerOf(hex);
    const text = 'line one\nline two äöü \0 '.repeat(100);
    const [a, b] = [sealer.seal(text, place), sealer.seal(text, place)];
    expect(a).toMatch(/^sealed:1:[0-9a-f]{8}:[A-Za-z0-9+/=]+\.$/);
    expect(a).not.toBe(b);
    expect(sealer.open(a, place)).toBe(text);
    expect(sealer.open(b, place)).toBe(text);
  });

  it('opens with all of its keys, and seals with the first', () => {
    const old = sealerOf(base64);
    const both = sealerOf(`${hex},${base64}`);
    expect(both.open(old.seal('before', place), place)).toBe('before');
    expect(sealerOf(hex).open(both.seal('after', place), place)).toBe('after');
    expect(old.open(both.seal('after', place), place)).toBeUndefined();
  });

  it('lets through what was never sealed', () => {
    expect(sealerOf(hex).open('{"v":1}', place)).toBe('{"v":1}');
  });

  it('does not open a text of which any character was changed', () => {
    const sealer = sealerOf(hex);
    const sealed = sealer.seal('ab', place);
    for (let at = sealedPrefix.length; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      // the last character before the filling has bits that stand for nothing
      expect([undefined, 'ab'], `position ${at}`).toContain(sealer.open(changed, place));
      if (at < sealed.length - 5) expect(sealer.open(changed, place), `position ${at}`).toBeUndefined();
    }
    expect(sealer.open(sealedPrefix, place)).toBeUndefined();
    expect(sealer.open(sealed.slice(0, -8), place)).toBeUndefined();
  });

  it('opens a text only at the place that it was sealed for, and whole', () => {
    const sealer = sealerOf(hex);
    const sealed = sealer.seal('text', 'cache a');
    expect(sealer.open(sealed, 'cache a')).toBe('text');
    expect(sealer.open(sealed, 'cache b')).toBeUndefined();
    for (let length = sealedPrefix.length; length < sealed.length; length += 1) {
      expect(sealer.open(sealed.slice(0, length), 'cache a'), `length ${length}`).toBeUndefined();
    }
  });

  it('tells what was sealed with a key that it does not have from what is damaged', () => {
    const other = sealerOf(base64);
    expect(sealerOf(hex).knows(other.seal('text', place))).toBe(false);
    expect(sealerOf(`${hex},${base64}`).knows(other.seal('text', place))).toBe(true);
  });
});
