import type { SourceFile } from '../files/read-source.ts';
import type { GeneratedEntry } from './generated-record.ts';
import type { MergedGenerated } from './merge-generated.ts';

/** A file and what it is to be. */
export interface GenerateDraft {
  /** Absolute. */
  readonly path: string;
  readonly source?: SourceFile;
  readonly merged: MergedGenerated;
  readonly entry: GeneratedEntry;
  /** Names the part of the file that is generated. */
  readonly part?: string;
}
