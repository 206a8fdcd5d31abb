import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRecordEvent } from '../../../src/records/parse-record-event.ts';

const event = { type: 'booster.pool.updated', at: 7, boosterId: 'b', instanceId: 'i', state: 'busy' };

describe('a message of the channel', () => {
  it('is read, without what does not belong to its type', () => {
    expect(parseRecordEvent(JSON.stringify({ ...event, source: 'code' }))).toEqual(event);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '3'],
    ['a list', JSON.stringify([event])],
    ['of no known type', JSON.stringify({ ...event, type: 'booster.other' })],
    ['of a type that objects inherit', JSON.stringify({ ...event, type: 'constructor' })],
    ['without a field', JSON.stringify({ ...event, state: undefined })],
    ['with a field of another type', JSON.stringify({ ...event, state: 3 })],
    ['without a time', JSON.stringify({ ...event, at: null })],
    ['too long', JSON.stringify({ ...event, state: 'x'.repeat(20_000) })],
  ])('is refused when it is %s', (_, message) => {
    expect(parseRecordEvent(message)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (message) => {
        expect(() => parseRecordEvent(message)).not.toThrow();
      }),
    );
  });
});
