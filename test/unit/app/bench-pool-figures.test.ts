import { expect, it } from 'vitest';
import { benchRow } from '../../../src/app/bench-pool-figures.ts';

function pass(
  elapsedMs: number,
  latenciesMs: readonly number[],
): { elapsedMs: number; latenciesMs: readonly number[] } {
  return { elapsedMs, latenciesMs };
}

it('gives the median round with the lowest and highest, and latencies over all rounds', () => {
  const passes = [pass(1000, [4, 1]), pass(500, [2, 3]), pass(2000, [5, 6])];
  expect(benchRow(1, passes, passes, 4_000_000)).toEqual({
    instances: 1,
    filesPerSecond: { median: 2, lowest: 1, highest: 4 },
    megabytesPerSecond: 4,
    speedUp: { median: 1, lowest: 1, highest: 1 },
    latencyMs: { p50: 3, p95: 6, p99: 6 },
  });
});

it('compares with one worker within each round, so that a slow round counts for neither', () => {
  const one = [pass(1000, [1]), pass(9000, [1]), pass(1000, [1])];
  const two = [pass(500, [1]), pass(5000, [1]), pass(400, [1])];
  expect(benchRow(2, two, one, 1).speedUp).toEqual({ median: 2, lowest: 1.8, highest: 2.5 });
});
