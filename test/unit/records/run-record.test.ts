import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRunId, recordId } from '../../../src/records/run-id.ts';
import { compareIds } from '../../../src/records/match-run.ts';
import { parseRunRecord, startsLikeRecord } from '../../../src/records/run-record.ts';
import { runRecord } from '../../contract/run-record.ts';

describe('parseRunRecord', () => {
  it('gives back what was written', () => {
    const record = runRecord(1, { rules: ['a'], ranIn: 'worker', cached: true, files: 3, runMs: 12.5 });
    expect(parseRunRecord(JSON.stringify(record))).toEqual({ record });
  });

  it('drops fields that it does not know', () => {
    const text = JSON.stringify({ ...runRecord(1), code_: 'const secret = 1' });
    expect(parseRunRecord(text)).toEqual({ record: runRecord(1) });
  });

  it.each([
    ['no JSON', '{"v":1,'],
    ['a list', '[1]'],
    ['no version', '{"id":"abcdef"}'],
    ['a missing field', JSON.stringify({ ...runRecord(1), host: undefined })],
    ['a wrong type', JSON.stringify({ ...runRecord(1), durationMs: '3' })],
    ['a negative time', JSON.stringify({ ...runRecord(1), durationMs: -1 })],
    ['a hash that is none', JSON.stringify({ ...runRecord(1), hashBefore: 'abc' })],
    ['an unknown status', JSON.stringify({ ...runRecord(1), status: 'fine' })],
    ['an unknown phase', JSON.stringify({ ...runRecord(1), phases: { otherMs: 1 } })],
    ['an id with a path in it', JSON.stringify({ ...runRecord(1), id: '../../etc' })],
  ])('refuses %s', (_, text) => {
    expect(parseRunRecord(text)).toEqual({ fault: 'invalid' });
  });

  it('leaves records of a later version alone', () => {
    expect(parseRunRecord('{"v":2,"whatever":true}')).toEqual({ fault: 'later' });
  });

  it('takes every part of a line for what a killed writer may have left', () => {
    const line = JSON.stringify(runRecord(1));
    fc.assert(fc.property(fc.nat(line.length), (length) => startsLikeRecord(line.slice(0, length))));
  });
});

describe('ids', () => {
  it('sort by the time that they were made at', () => {
    const times = fc.integer({ min: 1_700_000_000_000, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(times, times, (a, b) => {
        fc.pre(a !== b);
        return compareIds(newRunId(a), newRunId(b)) < 0 === a < b;
      }),
    );
  });

  it('are not made twice in a millisecond', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newRunId(1)))).toHaveLength(1000);
  });

  it('count the further files of a run', () => {
    const ids = ['r.10', 'r', 'r.2', 'q.3'].sort(compareIds);
    expect(ids).toEqual(['q.3', 'r', 'r.2', 'r.10']);
    expect(recordId('r', 0)).toBe('r');
    expect(recordId('r', 9)).toBe('r.10');
  });
});
