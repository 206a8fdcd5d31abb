import { createHistogram } from 'node:perf_hooks';

/** Milliseconds, exact to 1 %. */
export interface LatencyFigures {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly maximum: number;
}

/** One hour in microseconds; what takes longer counts as that. */
const highest = 3_600_000_000;

/** So few durations are kept as they are: a process with one task needs no histogram, and none of what makes one. */
const mostKept = 8;

/** Counts durations; of more than a few, it keeps none. */
export class Latencies {
  readonly #kept: number[] = [];
  // 2 figures from 1 µs to 1 h take 27 KB
  #histogram: ReturnType<typeof createHistogram> | undefined;
  #count = 0;
  // kept here: a histogram walks over all of its buckets for it, which is too much for each task
  #sumMs = 0;

  record(ms: number): void {
    this.#count += 1;
    this.#sumMs += ms;
    const us = Math.min(highest, Math.max(1, Math.round(ms * 1000)));
    if (this.#histogram !== undefined) this.#histogram.record(us);
    else if (this.#kept.push(us) > mostKept) this.#counted();
  }

  /** `undefined` while nothing was recorded. */
  get meanMs(): number | undefined {
    return this.#count === 0 ? undefined : this.#sumMs / this.#count;
  }

  /** `undefined` while nothing was recorded. */
  figures(): LatencyFigures | undefined {
    if (this.#count === 0) return undefined;
    const histogram = this.#counted();
    const at = (percent: number): number => histogram.percentile(percent) / 1000;
    return {
      count: this.#count,
      mean: this.#sumMs / this.#count,
      p50: at(50),
      p95: at(95),
      p99: at(99),
      maximum: histogram.max / 1000,
    };
  }

  #counted(): ReturnType<typeof createHistogram> {
    const histogram = (this.#histogram ??= createHistogram({ lowest: 1, highest, figures: 2 }));
    for (const us of this.#kept.splice(0)) histogram.record(us);
    return histogram;
  }
}
