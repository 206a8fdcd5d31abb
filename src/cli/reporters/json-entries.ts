import type { FileReason, FileResult, RunSummary } from '../../app/file-result.ts';
import type { MeasuredRatios } from '../../app/measured-ratios.ts';
import type { PlacedFinding } from '../../engine/optimize.ts';
import { measuredGain } from './finding-text.ts';
import type { ReporterContext } from './reporter.ts';

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
export const schemaVersion = 1;

/** A file as machines get it. Offsets are UTF-16 units of the text without byte order mark. */
export function fileEntry(result: FileResult, { mode, measured }: ReporterContext): Record<string, unknown> {
  return {
    path: result.path,
    status: result.status,
    ...(result.skipped === undefined ? {} : { skipped: result.skipped }),
    ...(result.reason === undefined ? {} : { reason: reasonEntry(result.reason) }),
    findings: result.findings.map((finding) => findingEntry(finding, measured)),
    edits: result.change?.edits ?? [],
    ...(mode === 'stdin' && result.change !== undefined ? { output: result.change.after } : {}),
    failedRules: result.failedRules,
    ...(result.suppressionProblems === undefined ? {} : { suppressionProblems: result.suppressionProblems }),
    reader: result.reader,
    ...(result.ranIn === 'resident' ? { ranIn: result.ranIn } : {}),
    ...(result.cached === true ? { cached: true } : {}),
    ...(result.fellBack === undefined ? {} : { fellBack: result.fellBack }),
    bytes: result.bytes,
  };
}

function findingEntry(finding: PlacedFinding, measured: MeasuredRatios): Record<string, unknown> {
  const gain = measuredGain(finding.ruleId, measured);
  return {
    rule: finding.ruleId,
    status: finding.status,
    tier: finding.tier,
    line: finding.line,
    column: finding.column,
    start: finding.start,
    end: finding.end,
    message: finding.message,
    complexity: finding.complexity,
    ...(gain === undefined ? {} : { measured: gain }),
    evidence: finding.evidence,
    ...(finding.blockedBy === undefined ? {} : { blockedBy: finding.blockedBy }),
  };
}

export function summaryEntry(summary: RunSummary): Record<string, unknown> {
  return { ...summary, durationMs: Math.round(summary.durationMs) };
}

/** Why something failed; also the form in which an error that ends a command is printed. */
export function reasonEntry({ code, message, remedy, line, column }: FileReason): Record<string, unknown> {
  return { code, message, remedy, line, column };
}
