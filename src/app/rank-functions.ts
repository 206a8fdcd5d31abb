import type { FunctionFacts } from '../engine/analysis/analysis.ts';
import type { AnalyzedFile } from './analyzed-file.ts';

/** The `count` functions of a run whose cost grows most; of equal ones those that are harder to understand. */
export function rankFunctions(
  files: readonly AnalyzedFile[],
  count: number,
): { readonly path: string; readonly facts: FunctionFacts }[] {
  return files
    .flatMap(({ path, functions }) => functions.map((facts) => ({ path, facts })))
    .sort(
      (a, b) =>
        b.facts.costDegree - a.facts.costDegree ||
        b.facts.cognitive - a.facts.cognitive ||
        b.facts.cyclomatic - a.facts.cyclomatic ||
        b.facts.lines - a.facts.lines ||
        (a.path < b.path ? -1 : a.path > b.path ? 1 : a.facts.start - b.facts.start),
    )
    .slice(0, count);
}
