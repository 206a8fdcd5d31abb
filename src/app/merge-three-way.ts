import { diff3Merge } from 'node-diff3';

/** A place where both sides changed the same lines in different ways. */
export interface MergeConflict {
  /** Of the file, from 1. */
  readonly line: number;
  readonly yours: readonly string[];
  readonly generated: readonly string[];
}

/** What a conflict is settled with: the lines of the file, or those that are generated. */
export type ConflictSide = 'mine' | 'generated';

export type ThreeWay =
  /** `settled`: how many conflicts there were. */
  | { readonly text: string; readonly settled: number; readonly conflicts?: never }
  | { readonly text?: never; readonly conflicts: readonly MergeConflict[] };

/**
 * Merges what changed from `base` to `yours` and from `base` to `generated`, by lines; texts have line feeds only.
 * @param keep settles the conflicts, and nothing else
 */
export function mergeThreeWay(yours: string, base: string, generated: string, keep?: ConflictSide): ThreeWay {
  if (yours === base || yours === generated) return { text: generated, settled: 0 };
  if (generated === base) return { text: yours, settled: 0 };
  const regions = diff3Merge(lines(yours), lines(base), lines(generated), { excludeFalseConflicts: true });
  const conflicts = regions.flatMap(({ conflict }) =>
    conflict === undefined ? [] : [{ line: conflict.aIndex + 1, yours: conflict.a, generated: conflict.b }],
  );
  if (conflicts.length > 0 && keep === undefined) return { conflicts };
  const kept = regions.flatMap(({ ok, conflict }) => ok ?? (keep === 'mine' ? conflict?.a : conflict?.b) ?? []);
  return { text: kept.join('\n'), settled: conflicts.length };
}

/** A last line without its end is another line than one with it: the text behind the last line feed counts, too. */
function lines(text: string): string[] {
  return text.split('\n');
}
