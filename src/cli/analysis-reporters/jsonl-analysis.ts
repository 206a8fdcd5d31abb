import { schemaVersion } from '../reporters/json-entries.ts';
import { analysisSummaryEntry, analyzedFileEntry, functionEntry } from './analysis-entries.ts';
import type { AnalysisReport } from './analysis-report.ts';

/** One JSON object per line: each file, each function of --top, then the summary. */
export function jsonlAnalysis({ files, functions, summary }: AnalysisReport): string {
  const lines = [
    ...files.map((file) => ({ type: 'file', ...analyzedFileEntry(file) })),
    ...functions.map((one) => ({ type: 'function', ...functionEntry(one) })),
    { type: 'summary', ...analysisSummaryEntry(summary) },
  ];
  return lines.map((line) => `${JSON.stringify({ schemaVersion, ...line })}\n`).join('');
}
