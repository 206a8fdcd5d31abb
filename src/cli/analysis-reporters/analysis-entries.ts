import type { AnalysisSummary, AnalyzedFile, ReportedFinding } from '../../app/analyzed-file.ts';
import { reasonEntry } from '../reporters/json-entries.ts';
import type { RankedFunction } from './analysis-report.ts';

/** A file as machines get it. Offsets are UTF-16 units of the text without byte order mark. */
export function analyzedFileEntry(file: AnalyzedFile): Record<string, unknown> {
  return {
    path: file.path,
    status: file.status,
    ...(file.reason === undefined ? {} : { reason: reasonEntry(file.reason) }),
    findings: file.findings.map(analysisFindingEntry),
    suppressionProblems: file.suppressionProblems,
    suppressed: file.suppressed,
    undecidedRegexes: file.undecidedRegexes,
    failedRules: file.failedRules,
    reader: file.reader,
    ...(file.ranIn === 'resident' ? { ranIn: file.ranIn } : {}),
    ...(file.cached === true ? { cached: true } : {}),
    ...(file.fellBack === undefined ? {} : { fellBack: file.fellBack }),
    bytes: file.bytes,
  };
}

function analysisFindingEntry(finding: ReportedFinding): Record<string, unknown> {
  const { ruleId, level, confidence, confidenceReason, message, complexity, evidence, remedy, fingerprint } = finding;
  const { start, end, line, column, endLine, endColumn, functionName, fixable, edits, blockedBy } = finding;
  return {
    rule: ruleId,
    level,
    confidence,
    confidenceReason,
    ...{ line, column, endLine, endColumn, start, end },
    message,
    complexity,
    evidence,
    remedy,
    fingerprint,
    ...(functionName === undefined ? {} : { function: functionName }),
    ...(fixable === undefined ? {} : { fixable, edits }),
    ...(blockedBy === undefined ? {} : { blockedBy }),
    ...(finding.measured === undefined ? {} : { measured: finding.measured }),
    docs: `booster rule ${ruleId}`,
  };
}

export function functionEntry({ path, facts }: RankedFunction): Record<string, unknown> {
  return { path, ...facts };
}

export function analysisSummaryEntry(summary: AnalysisSummary): Record<string, unknown> {
  return { ...summary, durationMs: Math.round(summary.durationMs) };
}
