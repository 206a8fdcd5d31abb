import type { ReportedFinding } from '../../app/analyzed-file.ts';
import type { Range } from '../../engine/analysis/analysis.ts';
import type { AnalysisReport, AnalysisReportContext } from './analysis-report.ts';
import { costText } from './analysis-text.ts';

const severities = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const;

/** reviewdog's diagnostic format; rewrites of the level `safe` are suggestions that can be taken with a click. */
export function rdjsonAnalysis({ ranked }: AnalysisReport, { workspacePrefix }: AnalysisReportContext): string {
  const diagnostics = ranked.map(({ path, finding }) => ({
    message: `${finding.message} (${costText(finding)}). ${finding.remedy}.`,
    location: { path: workspacePrefix + path, range: range(finding, finding.frame) },
    severity: severities[finding.level],
    code: { value: finding.ruleId },
    ...suggestions(finding),
  }));
  return `${JSON.stringify({ source: { name: 'booster' }, diagnostics }, undefined, 2)}\n`;
}

/** A suggestion in the wrong columns would damage the file: only edits whose lines are known are suggested. */
function suggestions({ fixable, edits, frame }: ReportedFinding): { readonly suggestions?: unknown } {
  if (fixable !== 'safe' || edits === undefined) return {};
  const ranges = edits.map((edit) => range(edit, frame));
  if (ranges.some((one) => one?.end === undefined)) return {};
  return { suggestions: edits.map(({ text }, index) => ({ range: ranges[index], text })) };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** reviewdog counts columns in UTF-8 bytes; what does not lie on the lines that are known is left out. */
function range(
  { line, column, endLine, endColumn }: Range,
  frame: ReportedFinding['frame'],
): { readonly start: Position; readonly end?: Position } | undefined {
  const start = bytePosition(line, column, frame);
  const end = bytePosition(endLine, endColumn, frame);
  if (start === undefined) return undefined;
  return end === undefined ? { start } : { start, end };
}

function bytePosition(
  line: number,
  column: number,
  { firstLine, lines }: ReportedFinding['frame'],
): Position | undefined {
  const text = lines[line - firstLine];
  if (text === undefined || text.length < column - 1) return undefined;
  return { line, column: Buffer.byteLength(text.slice(0, column - 1)) + 1 };
}
