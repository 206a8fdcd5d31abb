import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Wakefulness } from '../../../src/pool/wakefulness.ts';

const clock = { now: 0 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setImmediate', 'clearImmediate'] });
  clock.now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock.now);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function turns(): number {
  let count = 0;
  while (vi.getTimerCount() > 0) {
    vi.advanceTimersToNextTimer();
    count += 1;
  }
  return count;
}

it('keeps the event loop turning for some turns, and no longer although no time seems to pass', () => {
  const wakefulness = new Wakefulness();
  wakefulness.begin();
  const count = turns();
  expect(count).toBeGreaterThan(10);
  expect(count).toBeLessThanOrEqual(64);
});

it('lets the event loop sleep as soon as the answer is there', () => {
  const wakefulness = new Wakefulness();
  wakefulness.begin();
  wakefulness.end();
  expect(vi.getTimerCount()).toBe(0);
});

it('lets the event loop sleep when a tenth of a millisecond has passed', () => {
  const wakefulness = new Wakefulness();
  wakefulness.begin();
  clock.now = 0.1;
  expect(turns()).toBe(1);
});

it('has one turn to come at most, however often it begins', () => {
  const wakefulness = new Wakefulness();
  for (let round = 0; round < 10; round += 1) wakefulness.begin();
  expect(vi.getTimerCount()).toBe(1);
});
