import { createHash } from 'node:crypto';
import type { AnalysisReport, AnalysisReportContext } from './analysis-report.ts';
import { costText } from './analysis-text.ts';

const severities = { error: 'critical', warning: 'major', info: 'minor' } as const;

/** GitLab's code quality report. */
export function gitlabAnalysis({ ranked }: AnalysisReport, { workspacePrefix }: AnalysisReportContext): string {
  const entries = ranked.map(({ path, finding }) => {
    const { ruleId, level, message, remedy, line, column, endLine, endColumn, fingerprint } = finding;
    return {
      description: `${message} (${costText(finding)}). ${remedy}.`,
      check_name: ruleId,
      // GitLab tells findings apart by this alone, over all files
      fingerprint: createHash('sha256').update(`${path}\0${fingerprint}`).digest('hex').slice(0, 32),
      severity: severities[level],
      categories: ['Performance'],
      location: {
        path: workspacePrefix + path,
        positions: { begin: { line, column }, end: { line: endLine, column: endColumn } },
      },
    };
  });
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}
