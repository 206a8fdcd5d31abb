import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CircuitBreaker } from '../../../src/pool/circuit-breaker.ts';

function breaker(crashLimit = 3): { breaker: CircuitBreaker; told: string[] } {
  const told: string[] = [];
  const onChange = (state: string, waitMs: number): void => void told.push(`${state} ${waitMs}`);
  return { breaker: new CircuitBreaker({ crashLimit, onChange }), told };
}

function crash(one: CircuitBreaker, times: number): void {
  for (let count = 0; count < times; count += 1) one.recordCrash();
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('opens after so many losses in a row', () => {
  const { breaker: one, told } = breaker();
  crash(one, 2);
  one.recordAnswer();
  crash(one, 2);
  expect(one.admit()).toBe('freely');
  crash(one, 1);
  expect(one.admit()).toBe('not');
  expect(told).toEqual(['open 1000']);
});

it('lets one task through after the waiting time, and no other until that has ended', () => {
  const { breaker: one } = breaker();
  crash(one, 3);
  vi.advanceTimersByTime(999);
  expect(one.admit()).toBe('not');
  vi.advanceTimersByTime(1);
  expect(one.admit()).toBe('as-probe');
  expect(one.state).toBe('half-open');
  expect(one.admit()).toBe('not');
  one.endProbe();
  expect(one.admit()).toBe('as-probe');
});

it('closes at the first answer', () => {
  const { breaker: one, told } = breaker();
  crash(one, 3);
  vi.advanceTimersByTime(1000);
  one.admit();
  one.recordAnswer();
  expect(one.admit()).toBe('freely');
  expect(told).toEqual(['open 1000', 'half-open 0', 'closed 0']);
  crash(one, 3);
  expect(told.at(-1)).toBe('open 1000');
});

it('waits twice as long after each failed probe, up to a minute', () => {
  const { breaker: one, told } = breaker(1);
  crash(one, 1);
  for (let round = 0; round < 8; round += 1) {
    vi.advanceTimersByTime(60_000);
    one.admit();
    crash(one, 1);
  }
  const waits = told.filter((text) => text.startsWith('open')).map((text) => Number(text.slice(5)));
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});
