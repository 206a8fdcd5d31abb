import { expect, it } from 'vitest';
import { isStackOverflow } from '../../../src/shared/stack-overflow.ts';

function errorOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

it('knows the error that ends an endless recursion', () => {
  const recurse = (): number => 1 + recurse();
  expect(isStackOverflow(errorOf(recurse))).toBe(true);
});

it.each([
  ['a bad length', () => new Uint8Array(-1)],
  ['a bad count', () => 'x'.repeat(-1)],
  ['another error that speaks of the call stack', () => new Error('call stack')],
  ['something thrown that is no error', () => 'Maximum call stack size exceeded'],
])('does not take %s for it', (_title, run) => {
  expect(isStackOverflow(errorOf(run))).toBe(false);
});
