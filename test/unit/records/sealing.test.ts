import { describe, expect, it } from 'vitest';
import { createSealer, sealedPrefix } from '../../../src/records/sealing.ts';
import type { Sealer } from '../../../src/records/sealing.ts';

const hex = 'ab'.repeat(32);
const base64 = Buffer.alloc(32, 7).toString('base64');

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
    expect(sealer.open(sealer.seal('text'))).toBe('text');
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
    const [a, b] = [sealer.seal(text), sealer.seal(text)];
    expect(a).toMatch(/^sealed:1:[0-9a-f]{8}:[A-Za-z0-9+/=]+$/);
    expect(a).not.toBe(b);
    expect(sealer.open(a)).toBe(text);
    expect(sealer.open(b)).toBe(text);
  });

  it('opens with all of its keys, and seals with the first', () => {
    const old = sealerOf(base64);
    const both = sealerOf(`${hex},${base64}`);
    expect(both.open(old.seal('before'))).toBe('before');
    expect(sealerOf(hex).open(both.seal('after'))).toBe('after');
    expect(old.open(both.seal('after'))).toBeUndefined();
  });

  it('lets through what was never sealed', () => {
    expect(sealerOf(hex).open('{"v":1}')).toBe('{"v":1}');
  });

  it('does not open a text of which any character was changed', () => {
    const sealer = sealerOf(hex);
    const sealed = sealer.seal('ab');
    for (let at = sealedPrefix.length; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      // the last character before the filling has bits that stand for nothing
      expect([undefined, 'ab'], `position ${at}`).toContain(sealer.open(changed));
      if (at < sealed.length - 4) expect(sealer.open(changed), `position ${at}`).toBeUndefined();
    }
    expect(sealer.open(sealedPrefix)).toBeUndefined();
    expect(sealer.open(sealed.slice(0, -8))).toBeUndefined();
  });

  it('opens bytes only at the place that they were sealed for, unchanged and whole', () => {
    const sealer = sealerOf(hex);
    const bytes = Buffer.from([0, 1, 2, 255]);
    const sealed = sealer.sealBytes(bytes, 'cache a');
    expect(sealer.openBytes(sealed, 'cache a')).toEqual(bytes);
    expect(sealer.openBytes(sealed, 'cache b')).toBeUndefined();
    expect(sealer.openBytes(bytes, 'cache a')).toBeUndefined();
    expect(sealer.openBytes(sealed.subarray(0, -1), 'cache a')).toBeUndefined();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(sealer.openBytes(changed, 'cache a'), `byte ${at}`).toBeUndefined();
    }
  });

  it('does not take bytes for a text', () => {
    const sealer = sealerOf(hex);
    const sealed = Buffer.from(sealer.sealBytes(Buffer.from('x'), 'text')).subarray(6);
    expect(
      sealer.open(`${sealedPrefix}${sealed.subarray(0, 4).toString('hex')}:${sealed.subarray(4).toString('base64')}`),
    ).toBe('x');
    const cached = Buffer.from(sealer.sealBytes(Buffer.from('x'), 'cache')).subarray(6);
    expect(
      sealer.open(`${sealedPrefix}${cached.subarray(0, 4).toString('hex')}:${cached.subarray(4).toString('base64')}`),
    ).toBeUndefined();
  });
});
