import { type MeasuredRatio, measuredRatios, type MeasuredRatios } from '../measured-ratios.ts';

/**
 * The gain that a rule's benchmarks measured at a size: of its workloads the least, between two measured sizes on the
 * straight line through their logarithms (a cost class is a straight line there), beyond them that of the nearest. `undefined`
 * for rules without figures.
 */
export function ratioAt(ruleId: string, n: number, ratios: MeasuredRatios): number | undefined {
  const byName = new Map<string, MeasuredRatio[]>();
  for (const one of measuredRatios(ruleId, ratios)) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  const estimates = [...byName.values()].map((points) => interpolate(points, n));
  return estimates.length === 0 ? undefined : Math.min(...estimates);
}

function interpolate(points: readonly MeasuredRatio[], n: number): number {
  const above = points.findIndex((point) => point.n >= n);
  const high = points[above === -1 ? points.length - 1 : above];
  const low = points[Math.max(0, above - 1)];
  if (high === undefined || low === undefined) return 1;
  if (above <= 0 || high.n === low.n) return high.ratio;
  const part = Math.log(n / low.n) / Math.log(high.n / low.n);
  return Math.exp(Math.log(low.ratio) + part * Math.log(high.ratio / low.ratio));
}
