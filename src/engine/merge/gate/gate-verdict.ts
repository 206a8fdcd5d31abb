import type { ErrorCode } from '../../../shared/errors.ts';
import type { Edit } from '../../edit.ts';
import type { Strictness } from '../merge.ts';
import type { Outline } from '../outline.ts';
import type { Snippet } from '../snippet.ts';
import type { SourceLanguage } from '../source-language.ts';
import type { TextLines } from '../text-lines.ts';

/** The invariants of docs/apply.md, by their number there. */
export type GateRule =
  | 'G1' // no marker reaches the file
  | 'G2' // what the edit says is in the result, in one piece and in order, and nothing else is new
  | 'G3' // what the edit does not touch stays, byte for byte
  | 'G4' // no new syntax error, and no condition of the preprocessor without its end
  | 'G5' // no definition is lost that the edit does not take out
  | 'G6' // no definition comes twice
  | 'G7' // no unique line comes twice
  | 'G9' // what goes is held by what stays
  | 'G10' // at an open end it is clear whether a line is new or takes the place of another
  | 'G11' // at its own ends the edit says what stays
  | 'G12' // the place is the only one that fits
  | 'G14' // the indentation of the edit means one thing
  | 'G15'; // no part of the edit would say more, or take less, where it could stand as well

/** Says nothing against a candidate but that another may be meant: one that fails for nothing else still competes. */
export function isOfPlace(gate: GateRule): boolean {
  return gate === 'G12' || gate === 'G15';
}

export interface GateInput {
  readonly text: TextLines;
  /** The file: `text`, joined. */
  readonly source: string;
  /** Of `source`; `undefined` without a parser: the rules on structure are left out, not guessed at. */
  readonly outline: Outline | undefined;
  readonly language: SourceLanguage;
  readonly snippet: Snippet;
  readonly strictness: Strictness;
}

export interface GateFailure {
  readonly gate: GateRule;
  readonly code: ErrorCode;
  /** One sentence. */
  readonly message: string;
  /** Lines of the file, from 1, that it is about. */
  readonly lines: readonly number[];
  /** It fails for nothing but lines that stay, and may be meant to go. */
  readonly leaves?: true;
}

export interface GateVerdict {
  /** The merged text. Meaningless when G3 failed. */
  readonly text: string;
  /** Sorted, disjoint, minimal, against `source`. Empty when the candidate changes nothing. */
  readonly edits: readonly Edit[];
  /** Qualified names of the definitions that are gone. */
  readonly deleted: readonly string[];
  /** Empty: the candidate may be believed. The first one is of the first rule that fails; not all others need be there. */
  readonly failures: readonly GateFailure[];
}
