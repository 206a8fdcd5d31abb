import type { ShapeType } from '../evidence/shape.ts';
import type { Language } from '../language.ts';

/** What a variable of a pattern must stand for. */
export interface CustomConstraint {
  /** One of these, certainly, and not null or undefined. */
  readonly types?: readonly ShapeType[];
  /** Evaluating it changes nothing and cannot throw. */
  readonly pure?: boolean;
}

/** A rule that a project keeps as data. Plain data: it crosses threads. */
export interface CustomRuleData {
  readonly id: string;
  readonly message: string;
  /** An expression; `$X` stands for any one node, `$$$XS` for any number of nodes of a list. */
  readonly pattern: string;
  readonly rewrite: string;
  readonly where: Readonly<Record<string, CustomConstraint>>;
  readonly languages: readonly Language[];
}
