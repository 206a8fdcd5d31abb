import type { AnalyzedFile, ReportedFunction } from './analyzed-file.ts';

/** The `count` functions of a run: with a profile those that took most time, else those whose cost grows most; of equal ones those that are harder to understand. */
export function rankFunctions(
  files: readonly AnalyzedFile[],
  count: number,
): { readonly path: string; readonly facts: ReportedFunction }[] {
  return files
    .flatMap(({ path, functions }) => functions.map((facts) => ({ path, facts })))
    .sort(
      (a, b) =>
        (b.facts.measured?.micros ?? 0) - (a.facts.measured?.micros ?? 0) ||
        b.facts.costDegree - a.facts.costDegree ||
        b.facts.cognitive - a.facts.cognitive ||
        b.facts.cyclomatic - a.facts.cyclomatic ||
        b.facts.lines - a.facts.lines ||
        (a.path < b.path ? -1 : a.path > b.path ? 1 : a.facts.start - b.facts.start),
    )
    .slice(0, count);
}
