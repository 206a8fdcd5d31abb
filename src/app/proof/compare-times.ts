/** Times of one state, in milliseconds: the middle one, and the half of them around it. */
export interface TimeSpread {
  readonly medianMs: number;
  readonly lowerQuartileMs: number;
  readonly upperQuartileMs: number;
}

/** What interleaved runs say about two states. */
export interface TimeComparison {
  /** Runs of each state. */
  readonly runs: number;
  readonly before: TimeSpread;
  readonly after: TimeSpread;
  /** Median of the pairs' ratios, before through after: 2 is twice as fast. */
  readonly ratio: number;
  /** Where the true median of the ratios lies, with a confidence of `confidence`. */
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  /** `same`: the interval holds 1, so no difference could be measured. */
  readonly verdict: 'faster' | 'slower' | 'same';
}

/** With fewer pairs, no interval of the median reaches a confidence of 95 %. */
export const fewestRuns = 6;

/**
 * Compares two states by pairs of runs that directly followed each other, so that what slows the machine for a while slows both. The
 * interval of the median ratio is that of the sign test (order statistics of a binomial distribution): it assumes nothing about how times
 * are distributed, and a single run that something disturbed cannot move it far.
 * @param pairs at least `fewestRuns` of `[before, after]` in milliseconds
 */
export function compareTimes(pairs: readonly (readonly [before: number, after: number])[]): TimeComparison {
  const ratios = sorted(pairs.map(([before, after]) => before / after));
  const { rank, confidence } = intervalRank(ratios.length);
  const low = ratios[rank - 1] ?? NaN;
  const high = ratios[ratios.length - rank] ?? NaN;
  return {
    runs: pairs.length,
    before: spread(pairs.map(([before]) => before)),
    after: spread(pairs.map(([, after]) => after)),
    ratio: quantile(ratios, 0.5),
    low,
    high,
    confidence,
    verdict: low > 1 ? 'faster' : high < 1 ? 'slower' : 'same',
  };
}

/** The highest rank from both ends between which the median lies with 95 % or more. */
function intervalRank(count: number): { readonly rank: number; readonly confidence: number } {
  let below = 0.5 ** count;
  let term = below;
  let rank = 1;
  for (;;) {
    const next = (term * (count - rank + 1)) / rank;
    if (1 - 2 * (below + next) < 0.95) return { rank, confidence: 1 - 2 * below };
    term = next;
    below += next;
    rank += 1;
  }
}

function spread(times: readonly number[]): TimeSpread {
  const ordered = sorted(times);
  return {
    medianMs: quantile(ordered, 0.5),
    lowerQuartileMs: quantile(ordered, 0.25),
    upperQuartileMs: quantile(ordered, 0.75),
  };
}

function quantile(ordered: readonly number[], part: number): number {
  const place = (ordered.length - 1) * part;
  const [lower, upper] = [ordered[Math.floor(place)] ?? NaN, ordered[Math.ceil(place)] ?? NaN];
  return lower + (upper - lower) * (place - Math.floor(place));
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
