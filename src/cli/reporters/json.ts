import { fileEntry, schemaVersion, summaryEntry } from './json-entries.ts';
import type { Reporter, ReporterContext } from './reporter.ts';

/** Exactly one JSON document on standard output, also when nothing was found. */
export function jsonReporter(context: ReporterContext): Reporter {
  const { mode, level } = context;
  const files: Record<string, unknown>[] = [];
  return {
    file(result) {
      files.push(fileEntry(result, context));
    },
    end(summary) {
      const document = { schemaVersion, mode, level, files, summary: summaryEntry(summary) };
      context.out(`${JSON.stringify(document, undefined, 2)}\n`);
    },
  };
}
