import { performance } from 'node:perf_hooks';
import type { FileResult } from './file-result.ts';
import type { RunTiming } from './run-timing.ts';

/** Takes the time of a run. Made when its first phase begins. */
export class TimingClock {
  readonly #startMs = performance.now();
  readonly #sums = { readMs: 0, engineMs: 0, writeMs: 0, unmatched: 0, cached: 0, worked: 0 };
  #foundMs: number | undefined;

  /** The files are known. */
  found(): void {
    this.#foundMs ??= performance.now();
  }

  add({ phases, cached, ranIn, reason, skipped }: FileResult): void {
    this.#sums.readMs += phases?.readMs ?? 0;
    this.#sums.engineMs += phases?.engineMs ?? 0;
    this.#sums.writeMs += phases?.writeMs ?? 0;
    if (cached === true) this.#sums.cached += 1;
    else if (ranIn !== undefined) this.#sums.worked += 1;
    else if (reason === undefined && skipped === undefined) this.#sums.unmatched += 1;
  }

  timing(): RunTiming {
    const foundMs = this.#foundMs ?? this.#startMs;
    return {
      ...{ startMs: this.#startMs, findMs: foundMs - this.#startMs, filesMs: performance.now() - foundMs },
      ...this.#sums,
    };
  }
}
