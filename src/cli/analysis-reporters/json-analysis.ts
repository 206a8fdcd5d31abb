import { schemaVersion } from '../reporters/json-entries.ts';
import { analysisSummaryEntry, analyzedFileEntry, functionEntry } from './analysis-entries.ts';
import type { AnalysisReport } from './analysis-report.ts';

/** Exactly one JSON document, also when nothing was found. */
export function jsonAnalysis({ files, functions, summary }: AnalysisReport): string {
  const document = {
    schemaVersion,
    mode: 'analyze',
    files: files.map(analyzedFileEntry),
    functions: functions.map(functionEntry),
    summary: analysisSummaryEntry(summary),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
