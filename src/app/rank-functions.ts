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

/**
 * A file without the functions that no list of `count` can hold: what a run keeps until its report then does not grow with the
 * functions of the files. Not for runs with a measurement, or a page: those look at all functions.
 */
export function keepListedFunctions(file: AnalyzedFile, count: number): AnalyzedFile {
  if (file.functions.length <= count) return file;
  const listed = count === 0 ? [] : rankFunctions([file], count).map(({ facts }) => facts);
  return { ...file, functions: listed };
}
