import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameReader, encodeFrame } from '../../../src/resident/frames.ts';

function announce(bytes: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(bytes);
  return head;
}

it('delivers messages unchanged and in order however the bytes are cut', () => {
  const messages = fc.array(fc.jsonValue(), { maxLength: 6 });
  const cuts = fc.infiniteStream(fc.integer({ min: 1, max: 40 }));
  fc.assert(
    fc.property(messages, cuts, (values, sizes) => {
      const bytes = Buffer.concat(values.map((value) => encodeFrame(value)));
      const reader = new FrameReader();
      const read: unknown[] = [];
      for (let at = 0; at < bytes.length;) {
        const size = Number(sizes.next().value);
        read.push(...reader.read(bytes.subarray(at, at + size)));
        at += size;
      }
      expect(read).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});

it('carries lone surrogates, NUL and line separators', () => {
  const text = '\ud800a\udfff\u0000\u2028\ufeff😀';
  expect([...new FrameReader().read(encodeFrame({ text }))]).toEqual([{ text }]);
});

it('delivers nothing of a message that is not complete', () => {
  const bytes = encodeFrame({ a: 1 });
  expect([...new FrameReader().read(bytes.subarray(0, -1))]).toEqual([]);
});

it('refuses a message above the limit as soon as it is announced', () => {
  const reader = new FrameReader(10);
  expect(() => [...reader.read(announce(11))]).toThrow('message of 11 bytes announced, the limit is 10');
});

it('does not send a message above the limit', () => {
  expect(() => encodeFrame('x'.repeat(9), 10)).toThrow('message of 11 bytes, the limit is 10');
});

it.each([['{'], [''], ['\xff'], ['undefined']])('refuses %j, which is not JSON', (text) => {
  const body = Buffer.from(text, 'latin1');
  const reader = new FrameReader();
  expect(() => [...reader.read(Buffer.concat([announce(body.length), body]))]).toThrow('message is not JSON');
});
