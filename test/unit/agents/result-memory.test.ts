import { expect, it } from 'vitest';
import { ResultMemory } from '../../../src/agents/result-memory.ts';

it('keeps the results that were asked for last', () => {
  const memory = new ResultMemory<number>(2);
  memory.set('a', 1);
  memory.set('b', 2);
  memory.get('a');
  memory.set('c', 3);
  expect([memory.get('a'), memory.get('b'), memory.get('c')]).toEqual([1, undefined, 3]);
});

it('keeps nothing when it may keep nothing', () => {
  const memory = new ResultMemory<number>(0);
  memory.set('a', 1);
  expect(memory.get('a')).toBe(undefined);
});

it('tells requests apart by every field, and not by their order', () => {
  const key = ResultMemory.keyOf({ type: 'a', code: 'x' });
  expect(ResultMemory.keyOf({ code: 'x', type: 'a' })).toBe(key);
  expect(ResultMemory.keyOf({ code: 'x', type: 'b' })).not.toBe(key);
});
