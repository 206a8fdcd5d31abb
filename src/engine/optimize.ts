import type { Edit } from './edit.ts';
import type { Finding, Tier } from './finding.ts';
import type { Language } from './language.ts';

/** What one file is asked for. Plain data: it crosses threads. */
export interface OptimizeRequest {
  /** Text without BOM. */
  readonly text: string;
  readonly language: Language;
  readonly level: Tier;
  /** Ids of the rules to run. */
  readonly rules: readonly string[];
  /** Keys (see {@link findingKey}) of the only findings to apply; the others are reported as without a rewrite. Default: all. */
  readonly only?: readonly string[];
  /** Finds and does not try: no edits, and what would be rewritten at this level is `applied`, before the gate has seen it. */
  readonly findOnly?: true;
}

/** What tells a finding from the others of one text: its rule, and where it starts in the original text. */
export function findingKey({ ruleId, start }: Pick<Finding, 'ruleId' | 'start'>): string {
  return `${ruleId}@${String(start)}`;
}

/** A finding at its place in the original text; `line` and `column` are 1-based, columns count UTF-16 units. */
export interface PlacedFinding extends Omit<Finding, 'edits'> {
  readonly line: number;
  readonly column: number;
  /** `applied`: its edits are part of the result; `available`: a higher level would apply it; `manual`: only a person can decide. */
  readonly status: 'applied' | 'available' | 'manual';
}

/** What became of one file. Plain data: it crosses threads. */
export interface OptimizeResult {
  /** `rewritten`: `edits` change the text; `unchanged`: nothing to do at this level; `refused`: see `reason`. */
  readonly status: 'rewritten' | 'unchanged' | 'refused';
  /** Sorted, disjoint edits of the original text; empty unless `rewritten`. */
  readonly edits: readonly Edit[];
  readonly findings: readonly PlacedFinding[];
  /** Why the file was refused (`E_SYNTAX`, `E_GATE_REFUSED`…), with its place when known. */
  readonly reason?: {
    readonly code: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  };
  /** Rules that threw on this file and were skipped. */
  readonly failedRules: readonly { readonly ruleId: string; readonly message: string }[];
  /** Which reader understood the file: `oxc`, `tree-sitter` (findings only), or `none` (pre-filter: no rule's trigger text occurs). */
  readonly reader: 'oxc' | 'tree-sitter' | 'none';
  /** Rounds until nothing changed any more. */
  readonly rounds: number;
}
