import { relative, sep } from 'node:path';
import type { FileChange } from './file-result.ts';
import type { GenerateDraft } from './generate-draft.ts';
import type { MergeConflict } from './merge-three-way.ts';

/** What became of one generated file. */
export interface GenerateResult {
  /** Relative to the working directory, with forward slashes; as given when outside of it. */
  readonly path: string;
  /**
   * In all modes, whether written or not. `new`: was not there · `changed`: is replaced, or gets the code · `merged`: changes by
   * hand are kept · `unchanged` · `conflict`: both sides changed the same lines, see `conflicts`.
   */
  readonly status: 'new' | 'changed' | 'merged' | 'unchanged' | 'conflict';
  readonly written: boolean;
  /** Absent in a conflict. */
  readonly change?: FileChange;
  readonly conflicts?: readonly MergeConflict[];
  /** How many conflicts were settled as `--keep` says; absent: none. Written, they are recorded, also where the file stays as it is. */
  readonly settled?: number;
  /** Why it is a conflict. */
  readonly reason?: string;
}

export interface GenerateOutcome {
  readonly generator: string;
  readonly version: number;
  readonly results: readonly GenerateResult[];
  readonly evidence: readonly string[];
  readonly durationMs: number;
}

interface OutcomeFacts {
  readonly made: Pick<GenerateOutcome, 'generator' | 'version' | 'evidence'>;
  readonly drafts: readonly GenerateDraft[];
  readonly cwd: string;
  readonly isWrite: boolean;
  readonly durationMs: number;
}

export function generateOutcome({ made, drafts, cwd, isWrite, durationMs }: OutcomeFacts): GenerateOutcome {
  const { generator, version, evidence } = made;
  return { generator, version, evidence, durationMs, results: drafts.map((draft) => resultOf(draft, cwd, isWrite)) };
}

function resultOf({ path, source, merged }: GenerateDraft, cwd: string, isWrite: boolean): GenerateResult {
  const shown = shownPath(path, cwd);
  if (merged.status === 'conflict') {
    const { conflicts, reason } = merged;
    return { path: shown, status: 'conflict', written: false, conflicts, reason };
  }
  const settled = merged.status === 'foreign' ? undefined : merged.settled;
  const before = source?.text ?? '';
  const isSame = source !== undefined && before === merged.text;
  const edits = isSame ? [] : [{ start: 0, end: before.length, text: merged.text }];
  return {
    path: shown,
    status: isSame ? 'unchanged' : merged.status === 'foreign' ? 'changed' : merged.status,
    written: isWrite && !isSame,
    ...(settled === undefined ? {} : { settled }),
    change: { before, after: merged.text, edits, bom: source?.bom ?? false },
  };
}

/** Relative to the working directory, with forward slashes; what lies elsewhere stays absolute. */
export function shownPath(path: string, cwd: string): string {
  const way = relative(cwd, path);
  if (way === '..' || way.startsWith(`..${sep}`)) return path;
  return sep === '/' ? way : way.replaceAll(sep, '/');
}
