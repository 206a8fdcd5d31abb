import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pending } from '../../../src/pool/pending.ts';
import { BoosterError } from '../../../src/shared/errors.ts';

const cuts: string[] = [];
const ends: (string | undefined)[] = [];

function pending(signal?: AbortSignal): Pending<number> {
  return new Pending<number>({
    timeoutMs: 100,
    signal,
    onCut: (error) => cuts.push(error.code),
    onSettled: (error) => ends.push(error?.code),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  cuts.length = 0;
  ends.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

it('gives the answer, and nothing that comes later changes it', async () => {
  const one = pending();
  expect(one.resolve(1)).toBe(true);
  expect(one.resolve(2)).toBe(false);
  expect(one.reject(new BoosterError('E_INTERNAL', 'late'))).toBe(false);
  vi.advanceTimersByTime(1000);
  await expect(one.promise).resolves.toBe(1);
  expect({ cuts, ends }).toEqual({ cuts: [], ends: [undefined] });
});

it('fails at its deadline, not later, and says so once', async () => {
  const one = pending();
  const failure = expect(one.promise).rejects.toMatchObject({ code: 'E_TASK_TIMEOUT', data: { timeoutMs: 100 } });
  vi.advanceTimersByTime(99);
  expect(one.isSettled()).toBe(false);
  expect(one.remainingMs).toBe(1);
  vi.advanceTimersByTime(1);
  expect(one.resolve(1)).toBe(false);
  await failure;
  expect({ cuts, ends }).toEqual({ cuts: ['E_TASK_TIMEOUT'], ends: ['E_TASK_TIMEOUT'] });
});

it('fails when it is aborted, before the deadline', async () => {
  const abort = new AbortController();
  const one = pending(abort.signal);
  const failure = expect(one.promise).rejects.toMatchObject({ code: 'E_TASK_ABORTED' });
  abort.abort();
  vi.advanceTimersByTime(1000);
  await failure;
  expect({ cuts, ends }).toEqual({ cuts: ['E_TASK_ABORTED'], ends: ['E_TASK_ABORTED'] });
});

it('takes the first of answer and deadline in the same tick', async () => {
  const one = pending();
  setTimeout(() => one.resolve(1), 100);
  const failure = expect(one.promise).rejects.toMatchObject({ code: 'E_TASK_TIMEOUT' });
  vi.advanceTimersByTime(100);
  await failure;
  expect(ends).toEqual(['E_TASK_TIMEOUT']);
});

it('leaves no timer behind', async () => {
  const one = pending(new AbortController().signal);
  one.resolve(1);
  await one.promise;
  expect(vi.getTimerCount()).toBe(0);
});
