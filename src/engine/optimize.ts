import type { CustomRuleData } from './custom/custom-rule-data.ts';
import type { Edit } from './edit.ts';
import type { TextRange, TypeAnswer } from './evidence/type-port.ts';
import type { Finding, Tier } from './finding.ts';
import type { Language } from './language.ts';
import type { SuppressionProblem } from './suppression-problems.ts';
import type { MeasuredRounds, RoundPlaces } from './size/rounds.ts';

/** What one file is asked for. Plain data: it crosses threads. */
export interface OptimizeRequest {
  /** Text without BOM. */
  readonly text: string;
  readonly language: Language;
  readonly level: Tier;
  /** Ids of the rules to run. */
  readonly rules: readonly string[];
  /** Rules of the project, of which those run that `rules` names. */
  readonly custom?: readonly CustomRuleData[];
  /** Keys (see {@link findingKey}) of the only findings to apply; the others are reported as without a rewrite. Default: all. */
  readonly only?: readonly string[];
  /** Finds and does not try: no edits, and what would be rewritten at this level is `applied`, before the gate has seen it. */
  readonly findOnly?: true;
  /** What a type checker said of expressions of the text: evidence E3. */
  readonly types?: readonly TypeAnswer[];
  /** With `findOnly`: gives the ranges that a type checker could still say something about. */
  readonly askTypes?: true;
  /** How many rounds were measured for findings, by their keys: evidence E4. */
  readonly rounds?: Readonly<Record<string, MeasuredRounds>>;
  /** With `findOnly`: gives the places whose counts would tell the rounds of findings that depend on them. */
  readonly askRounds?: true;
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
  /** Comments that should silence something and do not; absent when there are none. */
  readonly suppressionProblems?: readonly SuppressionProblem[];
  /** What `askTypes` asked for. */
  readonly askedTypes?: readonly TextRange[];
  /** What `askRounds` asked for, by the keys of the findings. */
  readonly askedRounds?: Readonly<Record<string, RoundPlaces>>;
}
