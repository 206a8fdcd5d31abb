import { describe, expect, it } from 'vitest';
import { SharedCode } from '../../../src/pool/SharedCode.ts';

const answer = { type: 'answer', taskId: 1, answer: {} };
const code = new Map([['main.js', new Uint8Array([1, 2, 3])]]);

describe('the code that threads of a pool share', () => {
  it('is asked for after 32 answers, again after 32 more, and not any more once it is there', () => {
    const shared = new SharedCode();
    let asked = 0;
    const hear = (message: unknown): boolean => shared.take(message, () => (asked += 1));
    for (let round = 1; round <= 31; round += 1) expect(hear(answer)).toBe(false);
    expect(asked).toBe(0);
    hear(answer);
    expect(asked).toBe(1);
    for (let round = 1; round <= 32; round += 1) hear(answer);
    expect(asked).toBe(2);
    expect(shared.code).toBeUndefined();
    expect(hear({ type: 'code', code })).toBe(true);
    expect(shared.code).toBe(code);
    for (let round = 1; round <= 64; round += 1) hear(answer);
    expect(asked).toBe(2);
  });

  it.each([undefined, null, 'code', { type: 'code' }, { type: 'code', code: {} }, { type: 'ready' }, {}])(
    'leaves %j to the pool',
    (message) => {
      const shared = new SharedCode();
      expect(shared.take(message, () => undefined)).toBe(false);
      expect(shared.code).toBeUndefined();
    },
  );
});
