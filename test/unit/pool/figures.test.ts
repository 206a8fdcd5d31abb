import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Availability } from '../../../src/pool/availability.ts';
import { Latencies } from '../../../src/pool/latencies.ts';
import { TaskFigures } from '../../../src/pool/task-figures.ts';

describe('latencies', () => {
  it('are unknown while nothing was recorded', () => {
    expect(new Latencies().figures()).toBeUndefined();
    expect(new Latencies().meanMs).toBeUndefined();
  });

  it('are exact to a hundredth', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 1000; ms += 1) latencies.record(ms);
    const { count, mean, p50, p95, p99, maximum } = latencies.figures()!;
    expect(count).toBe(1000);
    for (const [measured, exact] of [
      [mean, 500.5],
      [p50, 500],
      [p95, 950],
      [p99, 990],
      [maximum, 1000],
    ] as const) {
      expect(Math.abs(measured / exact - 1)).toBeLessThan(0.011);
    }
  });

  it('take nothing amiss', () => {
    const latencies = new Latencies();
    for (const ms of [0, 0.0001, 1e12]) latencies.record(ms);
    expect(latencies.figures()).toMatchObject({ count: 3, p50: 0.001 });
  });
});

it('failures are counted by code, and without one where the instance does not know it', () => {
  const figures = new TaskFigures();
  figures.recordAnswer(1);
  figures.recordFailure('E_WASM_TRAP');
  figures.recordFailure('E_WASM_TRAP');
  figures.recordFailure();
  expect(figures).toMatchObject({ answered: 1, failures: 3, failuresByCode: { E_WASM_TRAP: 2 } });
});

describe('availability', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is unknown before any time has passed', () => {
    const availability = new Availability();
    expect(availability.share).toBeUndefined();
    availability.note(true);
    expect(availability.share).toBeUndefined();
  });

  it('is the share of the time in which a task could have been taken', () => {
    const availability = new Availability();
    vi.advanceTimersByTime(500);
    for (const [isAvailable, ms] of [
      [true, 30],
      [true, 30],
      [false, 20],
      [true, 20],
    ] as const) {
      availability.note(isAvailable);
      vi.advanceTimersByTime(ms);
    }
    expect(availability.share).toBeCloseTo(0.8);
  });

  it('does not count the time after the end', () => {
    const availability = new Availability();
    availability.note(true);
    vi.advanceTimersByTime(10);
    availability.end();
    vi.advanceTimersByTime(10);
    availability.note(false);
    vi.advanceTimersByTime(10);
    expect(availability.share).toBe(1);
  });
});
