import type { ErrorCode } from '../../shared/errors.ts';
import type { Edit } from '../edit.ts';
import type { SourceLanguage } from './source-language.ts';

/**
 * How sure the place of an edit must be. `strict`: both ends of each changed place are unique in the file. `balanced`
 * (default): one end is, and nothing else fits. `permissive`: the cheapest place that passes the gate, for use by eye.
 */
export type Strictness = 'strict' | 'balanced' | 'permissive';

export const strictnesses: readonly Strictness[] = ['strict', 'balanced', 'permissive'];

/** What was sent as the edit. */
export type EditForm =
  | 'lazy' // with markers such as `// ... existing code ...`
  | 'definition' // one or more whole definitions, without a marker
  | 'full' // the whole file
  | 'search-replace' // SEARCH/REPLACE blocks
  | 'unified-diff'
  | 'patch' // *** Begin Patch
  | 'hybrid'; // a lazy snippet with lines that begin with + and -

/** Who made the merge. `merge`: the anchored merge; `patch`: an explicit form; `fallback`: lines alone, because WASM failed. */
export type MergeEngine = 'merge' | 'patch' | 'agent-booster' | 'fallback';

export interface MergeRequest {
  /** The file, without byte order mark. */
  readonly text: string;
  readonly edit: string;
  readonly language: SourceLanguage;
  readonly strictness: Strictness;
  /** Why no parser may be asked: the merge is by lines then, and the result says so. */
  readonly withoutParser?: FellBack;
}

/** A place in the file that the edit could mean; lines count from 1. */
export interface Place {
  readonly startLine: number;
  readonly endLine: number;
  /** The first line there, as it stands. */
  readonly text: string;
}

/** Why nothing was merged. The file is untouched. */
export interface Refusal {
  readonly status: 'refused';
  /** `E_APPLY_*`. */
  readonly code: ErrorCode;
  /** One sentence: what is wrong with this edit for this file. */
  readonly message: string;
  /** One sentence: what would make it work, e.g. which context is missing. */
  readonly advice?: string;
  /** The places that compete, best first, at most 10. */
  readonly candidates: readonly Place[];
  /** The line of the edit (from 1) that the refusal is about. */
  readonly editLine?: number;
  /** Of the nearest match: the first line that differs. */
  readonly difference?: { readonly line: number; readonly found: string; readonly expected: string };
  readonly form?: EditForm;
  /** Why the file was looked at by lines alone. */
  readonly fellBack?: FellBack;
}

/** Why another engine than the first choice was used. */
export interface FellBack {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What is merged as the edit says, and may not be what its author meant. */
export interface MergeWarning {
  /** `APPLY_DROPS_MEMBERS`: a list on one line loses members for which no new ones come. */
  readonly code: 'APPLY_DROPS_MEMBERS';
  /** One sentence: what goes, and why. */
  readonly message: string;
  /** Line of the file before the edit, from 1. */
  readonly line: number;
  /** Names of the members that go. */
  readonly members: readonly string[];
}

export interface Merged {
  /** `unchanged`: the file already says what the edit says. */
  readonly status: 'applied' | 'unchanged';
  readonly engine: MergeEngine;
  readonly form: EditForm;
  /** Sorted, disjoint, against `text`. */
  readonly edits: readonly Edit[];
  /** Qualified names of the definitions that the edit removes. */
  readonly deleted: readonly string[];
  /** Absent when there are none. */
  readonly warnings?: readonly MergeWarning[];
  readonly fellBack?: FellBack;
}

export type MergeResult = Merged | Refusal;
