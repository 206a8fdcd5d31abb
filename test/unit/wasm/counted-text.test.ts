import { expect, test } from 'vitest';
import { CountedText } from '../../../src/wasm/counted-text.ts';

const text = 'x'.repeat(100_000);

test('a text can be read many times in pieces', () => {
  const counted = new CountedText(text);
  for (let round = 0; round < 60; round += 1) {
    let read = '';
    for (let piece = counted.read(0); piece !== ''; piece = counted.read(read.length)) read += piece;
    expect(read).toBe(text);
  }
  expect(counted.isSpent).toBe(false);
});

test('it ends when it was read too often', () => {
  const counted = new CountedText(text);
  let pieces = 0;
  while (counted.read(50_000) !== '') pieces += 1;
  expect(counted.isSpent).toBe(true);
  expect(pieces).toBe(1_000 + 60 * 98);
});
