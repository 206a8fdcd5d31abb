import type { RankedFinding } from '../../app/rank-findings.ts';
import { workflowCommand } from '../reporters/workflow-command.ts';
import type { AnalysisReport, AnalysisReportContext } from './analysis-report.ts';
import { costText } from './analysis-text.ts';

const kinds = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Workflow commands: GitHub shows them as annotations beside the lines, ten of a kind, so the worst come first. */
export function githubAnalysis({ ranked, files }: AnalysisReport, { workspacePrefix }: AnalysisReportContext): string {
  const findings = ranked.map(({ path, finding }) => findingCommand(workspacePrefix + path, finding));
  const troubles = files.flatMap(({ path, reason, failedRules }) => {
    const file = workspacePrefix + path;
    const line = reason?.line === undefined ? {} : { line: reason.line };
    return [
      ...failedRules.map(({ ruleId, message }) =>
        workflowCommand('error', { file, title: 'E_RULE_FAILED' }, `rule ${ruleId} failed and was skipped: ${message}`),
      ),
      ...(reason === undefined
        ? []
        : [workflowCommand('error', { file, ...line, title: reason.code }, reason.message)]),
    ];
  });
  return [...findings, ...troubles].join('');
}

function findingCommand(file: string, finding: RankedFinding['finding']): string {
  const { line, column, endLine, endColumn, ruleId, level, message, remedy, confidence } = finding;
  // GitHub refuses columns of a range over lines
  const columns = line === endLine ? { col: column, endColumn } : {};
  const properties = { file, line, endLine, ...columns, title: `booster ${ruleId}` };
  return workflowCommand(kinds[level], properties, `${message} (${costText(finding)}; ${confidence}). ${remedy}`);
}
