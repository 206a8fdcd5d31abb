import type { Edit } from './edit.ts';

/** How much a rewrite may assume: `safe` nothing beyond A1–A7, `balanced` one stated assumption more, `aggressive` an observable change is possible. */
export type Tier = 'safe' | 'balanced' | 'aggressive';

export const tiers: readonly Tier[] = ['safe', 'balanced', 'aggressive'];

/** `true` when a rewrite of tier `tier` is applied at level `level`. */
export function isWithin(tier: Tier, level: Tier): boolean {
  return tiers.indexOf(tier) <= tiers.indexOf(level);
}

/** Cost class before and after, e.g. `O(n²)` → `O(n)`. */
export interface Complexity {
  readonly before: string;
  readonly after: string;
}

/** What a rule reports: a place, why it is slow and, when the evidence suffices, the edits that mend it. */
export interface Finding {
  readonly ruleId: string;
  /** UTF-16 range of the slow code. */
  readonly start: number;
  readonly end: number;
  /** One sentence for people: what is slow here and what replaces it. */
  readonly message: string;
  readonly tier: Tier;
  /** Facts that the rewrite rests on, e.g. `xs is an array (annotation)`. */
  readonly evidence: readonly string[];
  /** Absent when only a person can decide; `blockedBy` then says what was missing. */
  readonly edits?: readonly Edit[];
  readonly blockedBy?: string;
  /** Why there may be nothing to gain at this place; the rewrite means the same all the same. */
  readonly doubt?: string;
  readonly complexity: Complexity;
}
