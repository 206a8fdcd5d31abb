import type { Complexity } from '../finding.ts';
import type { RuleTools } from '../find-findings.ts';
import type { Confidence, Level } from './analysis.ts';
import type { RegexPort } from './regex-port.ts';

/** Groups of detectors by what the slow code wastes. */
export type DetectorGroup = 'growth' | 'waiting' | 'blocking' | 'memory' | 'loading' | 'waste';

/** Everything about a detector but its code; its page and `booster rule <id>` are made from it. */
export interface DetectorMeta {
  /** Kebab-case; names the pattern that is found, not the cure. */
  readonly id: string;
  readonly group: DetectorGroup;
  /** One line: what is found. */
  readonly summary: string;
  /** Why the pattern is slow, and why booster does not rewrite it. */
  readonly why: string;
  /** booster version that brought the detector. */
  readonly since: string;
  /** Of most of its findings; a finding can say otherwise. */
  readonly level: Level;
  readonly complexity: Complexity;
  /** What a person can do. */
  readonly remedy: string;
  /** `slow` is found, `better` is not; the harness runs both. */
  readonly example: { readonly slow: string; readonly better: string };
  /** When nothing is said: one sentence each. */
  readonly quiet: readonly string[];
}

/** What a detector hands to `ctx.report`. */
export interface DetectorFinding {
  /** The node that a person should look at. */
  readonly node: number;
  /** Where to stop marking when the node is long, as an offset. */
  readonly end?: number;
  readonly message: string;
  readonly confidence: Confidence;
  readonly confidenceReason: string;
  /** Default: what the meta says. */
  readonly level?: Level;
  readonly complexity?: Complexity;
  readonly remedy?: string;
  readonly evidence?: readonly string[];
}

export interface DetectorContext extends Omit<RuleTools, 'rewrite'> {
  readonly regexes: RegexPort;
  report(finding: DetectorFinding): void;
}

/** Finds what only a person can mend. */
export interface Detector {
  readonly meta: DetectorMeta;
  /** Texts of which at least one occurs in every file that the detector can find something in. */
  readonly triggers: readonly string[];
  /** Synchronous and pure; looks at the whole file and reports findings. */
  find(ctx: DetectorContext): void;
}

/** Identity function that gives a detector its type. */
export function defineDetector(detector: Detector): Detector {
  return detector;
}
