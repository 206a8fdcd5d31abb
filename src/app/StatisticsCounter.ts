import type { FileResult } from './file-result.ts';
import type { RuleStatistics } from './rule-statistics.ts';

interface Tally {
  readonly counts: { applied: number; available: number; manual: number };
  readonly files: Set<string>;
  readonly costs: Map<string, { readonly before: string; readonly after: string; count: number }>;
}

/** Adds up findings by rule as results arrive. */
export class StatisticsCounter {
  readonly #tallies = new Map<string, Tally>();

  add(result: FileResult): void {
    const took = result.status === 'written' || result.status === 'changed';
    for (const { ruleId, status, complexity } of result.findings) {
      const tally = this.#tallyOf(ruleId);
      if (status !== 'applied' || took) tally.counts[status] += 1;
      tally.files.add(result.path);
      const { before, after } = complexity;
      const cost = tally.costs.get(`${before}\n${after}`) ?? { before, after, count: 0 };
      cost.count += 1;
      tally.costs.set(`${before}\n${after}`, cost);
    }
  }

  /** Rules with the most rewrites first. */
  statistics(): RuleStatistics[] {
    return [...this.#tallies]
      .map(([rule, { counts, files, costs }]) => ({
        ...{ rule, ...counts, files: files.size },
        costs: [...costs.values()].sort((a, b) => b.count - a.count || (a.before < b.before ? -1 : 1)),
      }))
      .sort((a, b) => b.applied - a.applied || b.available - a.available || (a.rule < b.rule ? -1 : 1));
  }

  #tallyOf(rule: string): Tally {
    const known = this.#tallies.get(rule);
    if (known !== undefined) return known;
    const made: Tally = { counts: { applied: 0, available: 0, manual: 0 }, files: new Set(), costs: new Map() };
    this.#tallies.set(rule, made);
    return made;
  }
}
