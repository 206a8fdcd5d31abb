import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ShardCache } from '../../../src/records/local/ShardCache.ts';
import type { StorePlace } from '../../../src/records/local/store-place.ts';
import { removePlace, temporaryPlace } from '../../contract/local-place.ts';

const keyOf = (name: string): string => createHash('sha256').update(name).digest('hex');
const MiB = 1_048_576;

let place: StorePlace;
beforeEach(() => {
  place = temporaryPlace();
});
afterEach(() => {
  removePlace(place);
});

const open = (maximumBytes = 64 * MiB): ShardCache => new ShardCache(place, maximumBytes);
const pathOf = (key: string): string => join(place.folder, 'cache', `${key.slice(0, 2)}.cache`);

describe('ShardCache', () => {
  it('gives back what was put in, to other processes too, and nothing else', () => {
    const key = keyOf('a');
    expect(open().get(key)).toBeUndefined();
    open().put([{ key, value: '{"text":"é\\ud800 \\n"}' }]);
    expect(open().get(key)).toBe('{"text":"é\\ud800 \\n"}');
    expect(open().get(keyOf('b'))).toBeUndefined();
    expect(statSync(pathOf(key)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a letter of the value was changed', (text: string) => text.replace('value', 'valve')],
    ['a letter of the hash was changed', (text: string) => text.replace(/ [\da-f]/, ' x')],
    ['the end was cut off', (text: string) => text.slice(0, -3)],
    [
      'it stands under another key',
      (text: string) => text.replace(keyOf('a').slice(2), keyOf('a').slice(2).replace(/.$/, 'x')),
    ],
    ['the file is full of something else', () => '\0\xff'.repeat(1000)],
  ])('never uses an entry when %s, and takes a new one', (_what, damage) => {
    const key = keyOf('a');
    open().put([{ key, value: 'value' }]);
    writeFileSync(pathOf(key), damage(readFileSync(pathOf(key), 'utf8')));
    expect(open().get(key)).toBeUndefined();
    expect(open().get(key.replace(/.$/, 'x'))).toBeUndefined();
    open().put([{ key, value: 'value' }]);
    expect(open().get(key)).toBe('value');
  });

  it('stays within its size, and keeps the newest', () => {
    const cache = open(MiB);
    const keys = Array.from({ length: 6000 }, (_, index) => keyOf(String(index)));
    for (const key of keys) cache.put([{ key, value: 'x'.repeat(500) }]);
    const folder = join(place.folder, 'cache');
    const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(bytes).toBeLessThan(1.2 * MiB);
    expect(open(MiB).get(keys.at(-1) ?? '')).toBe('x'.repeat(500));
    expect(open(MiB).get(keys[0] ?? '')).toBeUndefined();
  });

  it('does not keep what would push all others out', () => {
    const key = keyOf('a');
    open(MiB).put([{ key, value: 'x'.repeat(2000) }]);
    expect(open(MiB).get(key)).toBeUndefined();
  });

  it.skipIf(process.platform === 'win32')('takes nothing from a file that others can write to', () => {
    const key = keyOf('a');
    open().put([{ key, value: 'value' }]);
    chmodSync(pathOf(key), 0o666);
    expect(open().get(key)).toBeUndefined();
    chmodSync(pathOf(key), 0o600);
    chmodSync(place.folder, 0o777);
    expect(open().get(key)).toBeUndefined();
    chmodSync(place.folder, 0o700);
    expect(open().get(key)).toBe('value');
  });

  it('is empty, and no fault, where nothing can be written', () => {
    writeFileSync(join(place.folder, 'cache'), 'a file');
    const key = keyOf('a');
    open().put([{ key, value: 'value' }]);
    expect(open().get(key)).toBeUndefined();
  });
});
