import type { AnalysisCatalog } from '../../app/rule-catalog.ts';
import type { RuleEntry } from '../analysis-reporters/analysis-report.ts';

/** What reports say of the rules and detectors that ran. */
export function ruleEntries({ rules, detectors }: AnalysisCatalog): Map<string, RuleEntry> {
  const entries: RuleEntry[] = [
    ...rules.map(({ meta: { id, summary, why, group } }) => ({
      id,
      kind: 'rule' as const,
      summary,
      why,
      remedy: 'booster optimize rewrites it where that means the same',
      level: 'warning' as const,
      group,
    })),
    ...detectors.map(({ meta: { id, summary, why, remedy, level, group } }) => ({
      id,
      kind: 'detector' as const,
      summary,
      why,
      remedy,
      level,
      group,
    })),
  ];
  return new Map(entries.sort((a, b) => (a.id < b.id ? -1 : 1)).map((entry) => [entry.id, entry]));
}
