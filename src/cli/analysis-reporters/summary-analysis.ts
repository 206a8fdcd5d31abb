import type { Level } from '../../engine/analysis/analysis.ts';
import { tableText } from '../table-text.ts';
import type { AnalysisReport, AnalysisReportContext } from './analysis-report.ts';
import { analysisSummaryText } from './analysis-text.ts';

/** One row per rule that found something, then the totals; nothing per file. */
export function summaryAnalysis(report: AnalysisReport, { terminal: { paint } }: AnalysisReportContext): string {
  const counts = new Map<string, Record<Level | 'fixable', number>>();
  for (const { finding } of report.ranked) {
    const row = counts.get(finding.ruleId) ?? { error: 0, warning: 0, info: 0, fixable: 0 };
    row[finding.level] += 1;
    if (finding.fixable !== undefined) row.fixable += 1;
    counts.set(finding.ruleId, row);
  }
  const total = ({ error, warning, info }: Record<Level, number>): number => error + warning + info;
  const rows = [...counts]
    .sort(([idA, a], [idB, b]) => total(b) - total(a) || (idA < idB ? -1 : 1))
    .map(([id, { error, warning, info, fixable }]) => [id, ...[error, warning, info, fixable].map(String)]);
  const head = ['rule', 'errors', 'warnings', 'infos', 'fixable'];
  const table = rows.length === 0 ? '' : `${tableText([head, ...rows], { paintHeader: paint.bold })}\n`;
  return `${table}${analysisSummaryText(report.summary)}\n`;
}
