/** One measured workload of a rule: how many times faster the rewrite was at size `n` on the Node version `node`. */
export interface MeasuredRatio {
  /** What was done, where a rule has several workloads. */
  readonly name: string;
  readonly n: number;
  readonly ratio: number;
  readonly node: string;
}

/** Measured ratios by rule id; a rule without figures is absent. */
export type MeasuredRatios = Readonly<Record<string, readonly MeasuredRatio[]>>;

/** Figures of a rule, smallest size first; of the own properties only, so that an id like `constructor` finds nothing. */
export function measuredRatios(id: string, measured: MeasuredRatios): readonly MeasuredRatio[] {
  const figures = Object.hasOwn(measured, id) ? (measured[id] ?? []) : [];
  return [...figures].sort((a, b) => a.n - b.n || a.ratio - b.ratio);
}
