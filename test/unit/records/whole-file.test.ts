import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WholeFile } from '../../../src/records/local/WholeFile.ts';
import type { StorePlace } from '../../../src/records/local/store-place.ts';
import { removePlace, temporaryPlace } from '../../contract/local-place.ts';

let place: StorePlace;
beforeEach(() => {
  place = temporaryPlace();
});
afterEach(() => {
  removePlace(place);
});

const open = (name = 'one', maximumBytes = 1000): WholeFile => new WholeFile(place, 'cache/quiet', name, maximumBytes);
const pathOf = (name = 'one'): string => join(place.folder, 'cache/quiet', name);

describe('WholeFile', () => {
  it('gives back the text that was written last, in a file for its owner alone', () => {
    expect(open().read()).toBeUndefined();
    open().write('first');
    open().write('second é\n');
    expect(open().read()).toBe('second é\n');
    expect(statSync(pathOf()).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(place.folder, 'cache/quiet'))).toEqual(['one']);
  });

  it.each([
    ['a letter was changed', (text: string) => text.replace('text', 'test')],
    ['the end was cut off', (text: string) => text.slice(0, -1)],
    ['something was added', (text: string) => `${text}x`],
    ['it is empty', () => ''],
  ])('gives nothing when %s, and takes a new text', (_what, damage) => {
    open().write('a text');
    writeFileSync(pathOf(), damage(readFileSync(pathOf(), 'utf8')));
    expect(open().read()).toBeUndefined();
    open().write('another');
    expect(open().read()).toBe('another');
  });

  it('gives nothing that others can write, and follows no link', () => {
    open().write('a text');
    chmodSync(pathOf(), 0o666);
    expect(open().read()).toBeUndefined();
    symlinkSync(pathOf(), pathOf('link'));
    expect(open('link').read()).toBeUndefined();
  });

  it('writes nothing above its size', () => {
    open().write('small');
    open().write('x'.repeat(1001));
    expect(open().read()).toBe('small');
  });

  it('keeps the sixteen files that were written last', () => {
    for (let at = 0; at < 20; at += 1) {
      open(`file-${String(at)}`).write('text');
      utimesSync(pathOf(`file-${String(at)}`), at, at);
    }
    expect(readdirSync(join(place.folder, 'cache/quiet')).length).toBeLessThanOrEqual(17);
    expect(open('file-19').read()).toBe('text');
    expect(open('file-0').read()).toBeUndefined();
  });

  it('writes nothing and does not fail where something else stands in the way', () => {
    mkdirSync(join(place.folder, 'cache'), { recursive: true });
    writeFileSync(join(place.folder, 'cache/quiet'), 'a file');
    open().write('text');
    expect(open().read()).toBeUndefined();
  });
});
