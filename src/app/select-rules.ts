import { suggest } from '../config/suggest.ts';
import type { Rule, RuleMeta } from '../engine/rule.ts';
import { nodeMajorsText } from '../engine/rule.ts';
import { BoosterError } from '../shared/errors.ts';

export interface RuleSelection {
  /** Only these; empty means all. */
  readonly only: readonly string[];
  /** Not these; wins over `only`. */
  readonly without: readonly string[];
  /** What the configuration switches on or off, and where that stands; `only` wins over it. */
  readonly configured?: { readonly switches: Readonly<Record<string, boolean>>; readonly origin: string };
  /**
   * Major version of the Node that will run the code. Rules that do not win there are left out, named or not. When it is
   * not known, rules that win on some versions only run when they are named.
   */
  readonly nodeMajor?: number;
}

export interface SelectedRules {
  /** The rules to run, in the order of `rules`. */
  readonly rules: readonly Rule[];
  /** Rules that would run but for the configuration or the Node version, with the reason in words. */
  readonly leftOut: readonly LeftOutRule[];
}

export interface LeftOutRule {
  readonly id: string;
  readonly reason: string;
  /** `true` when `only` names it: leaving it out is then not what the user expects. */
  readonly named: boolean;
}

/** @throws BoosterError E_RULE_UNKNOWN for an id that no rule has, naming the nearest ones */
export function selectRules(
  rules: readonly Rule[],
  { only, without, configured, nodeMajor }: RuleSelection,
): SelectedRules {
  const ids = rules.map((rule) => rule.meta.id);
  const known = new Set(ids);
  const switches = configured?.switches ?? {};
  for (const id of [...only, ...without]) if (!known.has(id)) throw unknownRule(id, ids);
  for (const id of Object.keys(switches)) if (!known.has(id)) throw unknownRule(id, ids, configured?.origin);
  const selected: Rule[] = [];
  const leftOut: LeftOutRule[] = [];
  for (const rule of rules) {
    const { id } = rule.meta;
    const named = only.includes(id);
    if (without.includes(id) || (only.length > 0 && !named)) continue;
    const isOff = !named && Object.hasOwn(switches, id) && switches[id] !== true;
    const reason = isOff ? `switched off (${configured?.origin ?? ''})` : versionProblem(rule.meta, named, nodeMajor);
    if (reason === undefined) selected.push(rule);
    else leftOut.push({ id, reason, named });
  }
  return { rules: selected, leftOut };
}

function versionProblem(meta: RuleMeta, named: boolean, nodeMajor: number | undefined): string | undefined {
  const wins = nodeMajorsText(meta);
  if (wins === undefined) return undefined;
  if (nodeMajor === undefined) return named ? undefined : `wins on ${wins} only, and the Node version is not known`;
  const { from = -Infinity, below = Infinity } = meta.nodeMajors ?? {};
  if (nodeMajor >= from && nodeMajor < below) return undefined;
  return `wins on ${wins} only, and the code runs on Node ${String(nodeMajor)}`;
}

/** @param origin where the id stands, when that is not the command line */
export function unknownRule(id: string, known: readonly string[], origin?: string): BoosterError {
  const near = suggest(id, known);
  const hint = near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
  return new BoosterError('E_RULE_UNKNOWN', `${origin === undefined ? '' : `${origin}: `}unknown rule '${id}'${hint}`, {
    rule: id,
    near,
  });
}
