import type { AnalysisSummary, AnalyzedFile } from './analyzed-file.ts';

/** Adds up what was reported of a run. */
export function summarizeAnalysis(
  files: readonly AnalyzedFile[],
  facts: Pick<
    AnalysisSummary,
    'durationMs' | 'minified' | 'interrupted' | 'suppressedByBaseline' | 'staleSuppressions' | 'measurement'
  >,
): AnalysisSummary {
  const statuses = { analyzed: 0, skipped: 0, refused: 0, failed: 0 };
  const findings = { error: 0, warning: 0, info: 0 };
  const totals = {
    functions: 0,
    bytes: 0,
    fixable: 0,
    unlisted: 0,
    suppressedByComments: 0,
    suppressionProblems: 0,
    undecidedRegexes: 0,
    failedRules: 0,
  };
  for (const file of files) {
    statuses[file.status] += 1;
    totals.functions += file.functionCount;
    totals.bytes += file.bytes;
    totals.unlisted += file.unlisted;
    totals.suppressedByComments += file.suppressed;
    totals.suppressionProblems += file.suppressionProblems.length;
    totals.undecidedRegexes += file.undecidedRegexes;
    totals.failedRules += file.failedRules.length;
    for (const { level, fixable } of file.findings) {
      findings[level] += 1;
      if (fixable !== undefined) totals.fixable += 1;
    }
  }
  const { durationMs, minified, interrupted, suppressedByBaseline, staleSuppressions, measurement } = facts;
  return {
    files: files.length,
    ...statuses,
    minified,
    ...totals,
    suppressedByBaseline,
    staleSuppressions,
    durationMs,
    findings,
    interrupted,
    ...(measurement === undefined ? {} : { measurement }),
  };
}
