import type { RankedFinding } from '../../app/rank-findings.ts';
import { tableText } from '../table-text.ts';
import { visibleLine, wrapLine } from '../visible-text.ts';
import type { AnalysisReport, AnalysisReportContext } from './analysis-report.ts';
import { costText, paintLevel, placeText } from './analysis-text.ts';
import { measuredText, savingText } from './measured-text.ts';
import { codeFrame } from './code-frame.ts';
import { functionRows } from './function-rows.ts';

/** For people: each finding with its code, the worst first; then the functions of --top. */
export function prettyAnalysis(report: AnalysisReport, context: AnalysisReportContext): string {
  const blocks = report.ranked.map((one) => findingBlock(one, context));
  const { paint, isTTY, columns } = context.terminal;
  if (report.functions.length > 0) {
    const table = tableText(functionRows(report.functions), {
      paintHeader: paint.bold,
      ...(isTTY ? { columns } : {}),
    });
    blocks.push(`${table}\n`);
  }
  return blocks.join('\n');
}

function findingBlock({ path, finding }: RankedFinding, { terminal, verbose, program }: AnalysisReportContext): string {
  const { paint } = terminal;
  // whoever reads a log can scroll
  const columns = terminal.isTTY ? terminal.columns : 120;
  const where = finding.functionName === undefined ? '' : paint.dim(` in ${visibleLine(finding.functionName)}`);
  const flow = (text: string): string => `  ${wrapLine(visibleLine(text), columns - 2, '  ')}`;
  const rows = [
    `${paintLevel(finding.level, paint)} ${paint.bold(placeText(path, finding))} ${paint.cyan(finding.ruleId)}${where}`,
    flow(finding.message),
    codeFrame(finding, columns, paint),
    flow(`cost: ${costText(finding)}`),
    ...(finding.measured === undefined ? [] : [flow(`time: ${measuredText(finding.measured)}`)]),
    ...(finding.measured?.saving === undefined ? [] : [flow(`save: ${savingText(finding.measured.saving)}`)]),
    flow(`sure: ${finding.confidence}, ${finding.confidenceReason}`),
    flow(`mend: ${finding.remedy}`),
  ];
  if (verbose && finding.evidence.length > 0) rows.push(flow(`seen: ${finding.evidence.join('; ')}`));
  rows.push(paint.dim(`  more: ${program} rule ${finding.ruleId}`));
  return `${rows.join('\n')}\n`;
}
