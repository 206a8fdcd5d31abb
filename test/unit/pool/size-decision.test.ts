import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { holdAfterGrowth, instancesToStart, mayShrink, untilLateMs } from '../../../src/pool/size-decision.ts';
import type { Load } from '../../../src/pool/size-decision.ts';
import { SizeSimulation } from './simulate-size.ts';
import type { Arrival, Resize } from './simulate-size.ts';

const load: Load = {
  live: 1,
  starting: 0,
  waiting: 0,
  needFresh: 0,
  oldestWaitMs: 0,
  meanRunMs: 10,
  meanStartMs: 50,
  minimum: 0,
};

describe('growing', () => {
  it.each<[string, Partial<Load>, number]>([
    ['nothing waits', {}, 0],
    ['nothing was measured yet: one for each', { waiting: 3, meanRunMs: undefined }, 3],
    ['none is ready: one for each that none is coming for', { live: 2, starting: 2, waiting: 3 }, 1],
    ['the wait is shorter than a start', { waiting: 4 }, 0],
    ['the wait is longer than a start', { waiting: 20 }, 3],
    ['those that start will do', { live: 4, starting: 3, waiting: 20 }, 0],
    ['the first has waited longer than a start already', { waiting: 1, oldestWaitMs: 51 }, 1],
    ['one needs a fresh instance', { needFresh: 1 }, 1],
    ['the fresh instance is coming', { live: 2, starting: 1, needFresh: 1 }, 0],
    ['the minimum is not there', { live: 1, minimum: 3 }, 2],
  ])('%s', (_title, change, expected) => {
    expect(instancesToStart({ ...load, ...change })).toBe(expected);
  });

  it('looks again when the first will have waited longer than a start', () => {
    expect(untilLateMs({ ...load, oldestWaitMs: 20 })).toBe(31);
    expect(untilLateMs({ ...load, oldestWaitMs: 80 })).toBe(1);
  });
});

describe('shrinking', () => {
  const history = { grownAt: 0, shrunkAt: undefined, holdMs: 100 };

  it('lets one that was idle long enough go, when the pool did not grow lately', () => {
    expect(mayShrink(load, 100, history, 200)).toBe(true);
    expect(mayShrink(load, 99, history, 200)).toBe(false);
    expect(mayShrink(load, 100, { ...history, grownAt: 101 }, 200)).toBe(false);
  });

  it('lets one go at a time', () => {
    expect(mayShrink(load, 100, { ...history, shrunkAt: 195 }, 200)).toBe(false);
    expect(mayShrink(load, 100, { ...history, shrunkAt: 190 }, 200)).toBe(true);
  });

  it('keeps the minimum, and all while work waits', () => {
    expect(mayShrink({ ...load, minimum: 1 }, 100, history, 200)).toBe(false);
    expect(mayShrink({ ...load, waiting: 1 }, 100, history, 200)).toBe(false);
  });

  it('waits twice as long after it had been a mistake, up to eight times, and forgets it with time', () => {
    let holdMs = 100;
    const holds = [1, 2, 3, 4].map(() => (holdMs = holdAfterGrowth({ grownAt: 0, shrunkAt: 0, holdMs }, 50, 100)));
    expect(holds).toEqual([200, 400, 800, 800]);
    expect(holdAfterGrowth({ grownAt: 0, shrunkAt: 0, holdMs: 800 }, 1601, 100)).toBe(100);
    expect(holdAfterGrowth({ grownAt: 0, shrunkAt: undefined, holdMs: 100 }, 50, 100)).toBe(100);
  });
});

/** 842 edits that a team of agents made to this repository within two hours, and the measured run time of each file. */
const recorded = JSON.parse(
  readFileSync(new URL('./fixtures/recorded-load.json', import.meta.url), 'utf8'),
) as readonly Arrival[];

/** Instances that were let go and wanted back within the idle time. */
function regrets(resizes: readonly Resize[], withinMs: number): number {
  return resizes.filter(({ atMs, to }, index) => {
    const before = resizes[index - 1];
    return before !== undefined && before.to < to && atMs - before.atMs <= withinMs && isShrink(resizes, index - 1);
  }).length;
}

function isShrink(resizes: readonly Resize[], index: number): boolean {
  return (resizes[index]?.to ?? 0) < (resizes[index - 1]?.to ?? 0);
}

describe.each([1, 20, 100])('a recorded load, each task %i times as long', (factor) => {
  const arrivals = recorded.map(([atMs, runMs]): Arrival => [atMs, runMs * factor]);
  const options = { maximum: 10, idleTimeoutMs: 30_000, startMs: 50, isDamped: true };
  const simulation = new SizeSimulation(arrivals, options);

  it('is served in full, within the bounds, and the pool is empty in the end', () => {
    expect(simulation.waits).toHaveLength(recorded.length);
    expect(Math.max(...simulation.resizes.map(({ to }) => to))).toBeLessThanOrEqual(10);
    expect(simulation.size).toBe(0);
  });

  it('does not make the pool oscillate', () => {
    const undamped = new SizeSimulation(arrivals, { ...options, isDamped: false });
    const within = 30_000;
    expect(regrets(undamped.resizes, within)).toBeGreaterThan(30);
    expect(regrets(simulation.resizes, within)).toBeLessThanOrEqual(4);
    expect(simulation.resizes.length).toBeLessThan(undamped.resizes.length / 3);
  });
});
