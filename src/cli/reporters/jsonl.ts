import { fileEntry, schemaVersion, summaryEntry } from './json-entries.ts';
import type { Reporter, ReporterContext } from './reporter.ts';

/** One JSON object per line: each file as it is done, then the summary. */
export function jsonlReporter(context: ReporterContext): Reporter {
  const print = (type: 'file' | 'summary', entry: Record<string, unknown>): void => {
    context.out(`${JSON.stringify({ schemaVersion, type, ...entry })}\n`);
  };
  return {
    file(result) {
      print('file', fileEntry(result, context));
    },
    end(summary) {
      print('summary', summaryEntry(summary));
    },
  };
}
