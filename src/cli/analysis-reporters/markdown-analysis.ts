import type { AnalysisReport } from './analysis-report.ts';
import { analysisSummaryText, costText, placeText } from './analysis-text.ts';
import { functionRows } from './function-rows.ts';

/** Tables for a comment on a pull request or a page. */
export function markdownAnalysis({ ranked, functions, summary }: AnalysisReport): string {
  const parts = [`# booster analyze\n\n${escaped(analysisSummaryText(summary))}\n`];
  if (ranked.length > 0) {
    const rows = ranked.map(({ path, finding }) => [
      finding.level,
      code(placeText(path, finding)),
      finding.ruleId,
      escaped(finding.message),
      escaped(costText(finding)),
      finding.confidence,
      escaped(finding.remedy),
    ]);
    parts.push(table(['Level', 'Place', 'Rule', 'What', 'Cost', 'Sure', 'What to do'], rows));
  }
  const [head = [], ...rows] = functionRows(functions);
  if (rows.length > 0)
    parts.push(
      `## Functions\n\n${table(
        head,
        rows.map((cells) => cells.map(escaped)),
      )}`,
    );
  return parts.join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** Code and names must not become marks, links or HTML. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&').replace(/[\r\n]+/g, ' ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
