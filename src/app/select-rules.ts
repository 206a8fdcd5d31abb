import { suggest } from '../config/suggest.ts';
import type { Rule } from '../engine/rule.ts';
import { BoosterError } from '../shared/errors.ts';

export interface RuleSelection {
  /** Only these; empty means all. */
  readonly only: readonly string[];
  /** Not these; wins over `only`. */
  readonly without: readonly string[];
  /** What the configuration switches on or off, and where that stands; `only` wins over it. */
  readonly configured?: { readonly switches: Readonly<Record<string, boolean>>; readonly origin: string };
}

/**
 * The rules to run, in the order of `rules`.
 * @throws BoosterError E_RULE_UNKNOWN for an id that no rule has, naming the nearest ones
 */
export function selectRules(rules: readonly Rule[], { only, without, configured }: RuleSelection): Rule[] {
  const ids = rules.map((rule) => rule.meta.id);
  const known = new Set(ids);
  const switches = configured?.switches ?? {};
  for (const id of [...only, ...without]) if (!known.has(id)) throw unknownRule(id, ids);
  for (const id of Object.keys(switches)) if (!known.has(id)) throw unknownRule(id, ids, configured?.origin);
  return rules.filter(({ meta: { id } }) => {
    if (without.includes(id)) return false;
    return only.length > 0 ? only.includes(id) : !Object.hasOwn(switches, id) || switches[id] === true;
  });
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
