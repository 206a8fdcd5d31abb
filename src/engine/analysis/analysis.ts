import type { Complexity, Tier } from '../finding.ts';
import type { Language } from '../language.ts';
import type { SuppressionProblem } from '../suppression-problems.ts';

/** How bad a finding is likely to be: `error` can stop a service, `warning` grows with the data, `info` is a constant factor. */
export type Level = 'error' | 'warning' | 'info';

/** From least to most. */
export const levels: readonly Level[] = ['info', 'warning', 'error'];

/** How sure a finding is: `certain` proven or measured, `likely` all facts but the size are known, `possible` one fact is a guess. */
export type Confidence = 'certain' | 'likely' | 'possible';

/** From least to most. */
export const confidences: readonly Confidence[] = ['possible', 'likely', 'certain'];

/** What one file is asked for. Plain data: it crosses threads. */
export interface AnalyzeRequest {
  /** Text without BOM. */
  readonly text: string;
  readonly language: Language;
  /** Ids of the rules and detectors to run. */
  readonly rules: readonly string[];
}

/** A place in a text: 1-based lines and columns (UTF-16 units), and the same as offsets; `end` is exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** An edit with its place, for those who want lines. */
export interface PlacedEdit extends Range {
  readonly text: string;
}

/** Something slow. */
export interface AnalysisFinding extends Range {
  /** Id of the rule or detector. */
  readonly ruleId: string;
  readonly level: Level;
  /** One sentence: what is slow here and why. */
  readonly message: string;
  readonly complexity: Complexity;
  /** The facts that were established. */
  readonly evidence: readonly string[];
  readonly confidence: Confidence;
  /** Why not more, or why so much. */
  readonly confidenceReason: string;
  readonly remedy: string;
  /** The same for the same code at another line; two equal findings of a file differ. 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** Index into `functions` of the innermost function around it; absent at top level. */
  readonly functionIndex?: number;
  /** `booster optimize` can rewrite it at this level. */
  readonly fixable?: Tier;
  /** The rewrite, when there is one. */
  readonly edits?: readonly PlacedEdit[];
  /** What `booster optimize` would have to know to rewrite it. */
  readonly blockedBy?: string;
}

/** One function, method or arrow function. */
export interface FunctionFacts extends Range {
  /** As it would be called in a stack trace: `save`, `Store.save`, `xs.map callback`; `(anonymous)` when nothing names it. */
  readonly name: string;
  /** Lines from the first to the last. */
  readonly lines: number;
  /** McCabe: 1 + decisions. */
  readonly cyclomatic: number;
  /** Cognitive complexity as SonarSource defines it (G. A. Campbell, "Cognitive Complexity", version 1.7). */
  readonly cognitive: number;
  /** Deepest nesting of control structures. */
  readonly nesting: number;
  /** Estimated growth with the sizes of the collections that it works on, e.g. `O(1)`, `O(users)`, `O(users · orders)`. */
  readonly cost: string;
  /** Nested growth: 0 for `O(1)`, 1 for `O(n)`… */
  readonly costDegree: number;
}

/** What was found in one file. Plain data: it crosses threads. */
export interface AnalyzeResult {
  readonly status: 'analyzed' | 'refused';
  readonly findings: readonly AnalysisFinding[];
  readonly functions: readonly FunctionFacts[];
  /** Comments that should silence something and do not. */
  readonly suppressionProblems: readonly SuppressionProblem[];
  /** Findings that a comment silences. */
  readonly suppressed: number;
  /** Regular expressions whose matching time was not decided. */
  readonly undecidedRegexes: number;
  readonly reason?: {
    readonly code: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  };
  /** Rules and detectors that threw on this file and were skipped. */
  readonly failedRules: readonly { readonly ruleId: string; readonly message: string }[];
  readonly reader: 'oxc' | 'tree-sitter' | 'none';
}
