import { describe, expect, it } from 'vitest';
import { StepWatch } from '../../../src/wasm/step-watch.ts';

/** Number of the step at which a parse with these step times (in milliseconds, repeated) is stopped; -1: it was not. */
function stoppedAt(times: readonly number[], steps: number): number {
  const watch = new StepWatch(0);
  let now = 0;
  for (let step = 0; step < steps; step += 1) {
    now += times[step % times.length] ?? 0;
    watch.note(now);
    if (watch.isMostlySlow) return step;
  }
  return -1;
}

describe('a parse', () => {
  it('is stopped soon after 4 s when most of its steps are slow', () => {
    expect(stoppedAt([50], 100)).toBe(80);
  });

  it('goes on however long it is as long as most of its steps are short', () => {
    expect(stoppedAt([0.1], 20_000)).toBe(-1);
  });

  it('goes on when it has to share its processor: then few steps are interrupted', () => {
    expect(stoppedAt([0.1, 0.1, 0.1, 40], 20_000)).toBe(-1);
  });

  it('goes on when its steps are slow and few', () => {
    expect(stoppedAt([50], 79)).toBe(-1);
  });
});
