import type { EditForm } from './merge.ts';

/** A run of lines of the edit without a marker between them. */
export interface Segment {
  /** Index in the snippet's `lines` of the first one. */
  readonly firstLine: number;
  /** Without line ends, blank lines at both ends taken off. Never empty. */
  readonly lines: readonly string[];
  /** Blank lines that were taken off before and behind: content at the edges of the edit, padding next to a marker. */
  readonly blankBefore: number;
  readonly blankAfter: number;
  /** A marker stands before or behind: code stays there. `false` at an edge of the edit that has no marker. */
  readonly markerBefore: boolean;
  readonly markerAfter: boolean;
  /** Indentation of the marker before and behind, where there is one: often tells the level at which code stays. */
  readonly markerBeforeIndent?: string;
  readonly markerAfterIndent?: string;
}

/** An edit as it is read: without fence, with its markers found. */
export interface Snippet {
  readonly form: EditForm;
  /** All lines of the edit, without line ends, fence and directives. */
  readonly lines: readonly string[];
  /** For each of `lines`, whether it is a marker (and so must never reach the file). */
  readonly isMarker: readonly boolean[];
  /** For each of `lines`, the line of the edit (from 1) that it comes from. */
  readonly editLines?: readonly number[];
  /** Empty for search-replace, unified diffs and patches, which `lines` alone tells. */
  readonly segments: readonly Segment[];
  /** Names that a directive such as `// remove parseOld` takes out by intent. */
  readonly removes: readonly string[];
}
