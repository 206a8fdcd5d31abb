import type { Detector } from '../engine/analysis/detector.ts';
import type { Rule } from '../engine/rule.ts';
import { selectRules, unknownRule } from './select-rules.ts';
import type { LeftOutRule, RuleSelection } from './select-rules.ts';

/** What `booster analyze` runs: rules, whose findings `booster optimize` may rewrite, and detectors. */
export interface AnalysisCatalog {
  readonly rules: readonly Rule[];
  readonly detectors: readonly Detector[];
}

export interface SelectedAnalysis extends AnalysisCatalog {
  readonly leftOut: readonly LeftOutRule[];
}

/** @throws BoosterError E_RULE_UNKNOWN for an id that neither a rule nor a detector has, naming the nearest ones */
export function selectAnalysis({ rules, detectors }: AnalysisCatalog, selection: RuleSelection): SelectedAnalysis {
  const { only, without, configured } = selection;
  const ids = new Set([...rules, ...detectors].map(({ meta }) => meta.id));
  const isRule = new Set(rules.map(({ meta }) => meta.id));
  const switches = configured?.switches ?? {};
  for (const id of [...only, ...without]) if (!ids.has(id)) throw unknownRule(id, [...ids]);
  for (const id of Object.keys(switches)) if (!ids.has(id)) throw unknownRule(id, [...ids], configured?.origin);
  const ofRules = (all: readonly string[]): string[] => all.filter((id) => isRule.has(id));
  const onlyRules = ofRules(only);
  const selected =
    only.length > 0 && onlyRules.length === 0
      ? { rules: [], leftOut: [] }
      : selectRules(rules, {
          ...selection,
          only: onlyRules,
          without: ofRules(without),
          ...(configured === undefined ? {} : { configured: { ...configured, switches: pick(switches, isRule) } }),
        });
  const isOn = (id: string): boolean => {
    if (without.includes(id)) return false;
    return only.length > 0 ? only.includes(id) : !Object.hasOwn(switches, id) || switches[id] === true;
  };
  return { ...selected, detectors: detectors.filter(({ meta }) => isOn(meta.id)) };
}

function pick(switches: Readonly<Record<string, boolean>>, ids: ReadonlySet<string>): Record<string, boolean> {
  return Object.fromEntries(Object.entries(switches).filter(([id]) => ids.has(id)));
}
