import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endOutage, isPaused, noteOutage, readOutage } from '../../../src/records/redis/outage.ts';
import { tempFolder } from '../files/temp-folder.ts';

describe('an outage', () => {
  it('is not known at first', () => {
    expect(readOutage(tempFolder({}))).toBeUndefined();
    expect(readOutage('/nowhere/at/all')).toBeUndefined();
  });

  it('pauses attempts for longer with each failure, up to 5 min', () => {
    const folder = tempFolder({});
    const pauses = Array.from({ length: 12 }, () => noteOutage(folder, 'x', 1000).retryAt - 1000);
    expect(pauses.slice(0, 4)).toEqual([5000, 10_000, 20_000, 40_000]);
    expect(pauses.at(-1)).toBe(300_000);
    expect(readOutage(folder)).toEqual({ since: 1000, retryAt: 301_000, failures: 12, reason: 'x' });
    expect(readdirSync(folder)).toEqual(['outage.json']);
    expect(statSync(join(folder, 'outage.json')).mode & 0o777).toBe(0o600);
  });

  it('keeps its beginning and tells the last reason', () => {
    const folder = tempFolder({});
    noteOutage(folder, 'one', 1000);
    noteOutage(folder, 'two', 9000);
    expect(readOutage(folder)).toMatchObject({ since: 1000, reason: 'two' });
  });

  it('ends with a success', () => {
    const folder = tempFolder({});
    noteOutage(folder, 'x', 1000);
    endOutage(folder);
    expect(readOutage(folder)).toBeUndefined();
    endOutage(folder);
  });

  it('pauses until its time, but not for ever when the clock was set back', () => {
    const outage = { since: 0, retryAt: 10_000, failures: 1, reason: 'x' };
    expect(isPaused(outage, 9999)).toBe(true);
    expect(isPaused(outage, 10_000)).toBe(false);
    expect(isPaused({ ...outage, retryAt: 1e12 }, 0)).toBe(false);
  });

  it.each([
    '',
    '{',
    '[]',
    '{"since":"x","retryAt":1,"failures":1,"reason":"r"}',
    '{"since":1,"retryAt":1,"failures":1}',
  ])('is not known from a damaged file: %s', (text) => {
    const folder = tempFolder({});
    writeFileSync(join(folder, 'outage.json'), text);
    expect(readOutage(folder)).toBeUndefined();
  });

  it('that cannot be noted is no error', () => {
    expect(noteOutage('/nowhere/at/all', 'x', 1000)).toMatchObject({ failures: 1 });
  });
});
