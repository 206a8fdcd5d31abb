import type { Merged, Refusal } from '../engine/merge/merge.ts';
import type { SourceLanguage } from '../engine/merge/source-language.ts';
import type { ErrorCode } from '../shared/errors.ts';
import type { FileChange, FilePhases, FileReason } from './file-result.ts';
import type { RanIn } from './pool-port.ts';

/** What became of one edit. */
export interface ApplyResult {
  /** Relative to the working directory, with forward slashes; as given when outside of it, absent when there is no file. */
  readonly path?: string;
  /**
   * `applied`: merged, and on disk when `written` · `unchanged`: the file says so already · `refused`: see `refusal` ·
   * `conflict`: the file is not the expected one, or was changed meanwhile · `failed`: could not be read, merged in time, or
   * written.
   */
  readonly status: 'applied' | 'unchanged' | 'refused' | 'conflict' | 'failed';
  readonly written: boolean;
  readonly language: SourceLanguage;
  /** SHA-256 of the content that the edit was for, and of the merged one; lower-case hex. */
  readonly hash?: string;
  readonly newHash?: string;
  readonly merged?: Omit<Merged, 'status' | 'edits'>;
  /** Further names of the file (hard links), which keep the content as it was; absent when it has none. */
  readonly otherNames?: number;
  /** The text that the edit was for and the merged one, when `applied`. */
  readonly change?: FileChange;
  readonly refusal?: Refusal;
  /** The edit, for showing the line that a refusal is about. */
  readonly edit: string;
  /** Why it is in conflict or failed. */
  readonly reason?: FileReason;
  /** Bytes of the content that the edit was for. */
  readonly bytes?: number;
  /** Where it was merged; absent when it never got there. */
  readonly ranIn?: RanIn;
  /** The result was known from before: of the same text, edit, options and version. */
  readonly cached?: true;
  /** It was merged elsewhere than it was meant to: the code that says why. */
  readonly ranElsewhere?: ErrorCode;
  /** Wall time of the parts of it that were gone through, in milliseconds; writing is that of all files together. */
  readonly phases?: FilePhases;
  /** Wall time spent on this edit, reading and merging, in milliseconds. */
  readonly durationMs: number;
}

/** What became of all edits of a run. */
export interface ApplyOutcome {
  /** In the order of the edits. */
  readonly results: readonly ApplyResult[];
  /** Every file that is or would be changed, with all of its edits together. */
  readonly files: readonly { readonly path: string; readonly change: FileChange }[];
  readonly durationMs: number;
}
