import type { AnalysisReport, AnalysisReportContext } from './analysis-report.ts';
import { findingRow } from './analysis-text.ts';
import { functionRows } from './function-rows.ts';

/** One line per finding in the order of the files, then one per function of --top. */
export function conciseAnalysis(
  { files, functions }: AnalysisReport,
  { terminal: { paint } }: AnalysisReportContext,
): string {
  const findings = files.flatMap(({ path, findings: all }) =>
    all.map((finding) => findingRow({ path, finding }, paint)),
  );
  const rows = functionRows(functions)
    .slice(1)
    .map((cells) => cells.join(' '));
  return [...findings, ...rows].map((row) => `${row}\n`).join('');
}
