import { visibleLine, visibleText } from '../visible-text.ts';
import { findingLine } from './finding-text.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { summaryText } from './summary-text.ts';

/** One line per finding on standard output, also for those that need a higher level or a person. */
export function conciseReporter(context: ReporterContext): Reporter {
  const { stdout, mode } = context;
  return {
    file(result) {
      const lines = result.findings.map((finding) => findingLine(result.path, finding, context.measured, stdout.paint));
      if (result.reason !== undefined) {
        const { code, message, line } = result.reason;
        const place = visibleLine(result.path) + (line === undefined ? '' : `:${String(line)}`);
        lines.push(`${place} ${result.status}: ${visibleText(message)} (${code})`);
      }
      context.out(lines.map((line) => `${line}\n`).join(''));
    },
    end(summary) {
      if (!context.quiet) context.err(`${summaryText(summary, mode)}\n`);
    },
  };
}
