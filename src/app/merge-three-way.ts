import { diff3Merge } from 'node-diff3';

/** A place where both sides changed the same lines in different ways. */
export interface MergeConflict {
  /** Of the file, from 1. */
  readonly line: number;
  readonly yours: readonly string[];
  readonly generated: readonly string[];
}

export type ThreeWay =
  | { readonly text: string; readonly conflicts?: never }
  | { readonly text?: never; readonly conflicts: readonly MergeConflict[] };

/** Merges what changed from `base` to `yours` and from `base` to `generated`, by lines; texts have line feeds only. */
export function mergeThreeWay(yours: string, base: string, generated: string): ThreeWay {
  if (yours === base || yours === generated) return { text: generated };
  if (generated === base) return { text: yours };
  const regions = diff3Merge(lines(yours), lines(base), lines(generated), { excludeFalseConflicts: true });
  const conflicts = regions.flatMap(({ conflict }) =>
    conflict === undefined ? [] : [{ line: conflict.aIndex + 1, yours: conflict.a, generated: conflict.b }],
  );
  if (conflicts.length > 0) return { conflicts };
  return { text: regions.flatMap(({ ok }) => ok ?? []).join('\n') };
}

/** A last line without its end is another line than one with it: the text behind the last line feed counts, too. */
function lines(text: string): string[] {
  return text.split('\n');
}
