import type { AnalysisSummary } from '../../app/analyzed-file.ts';
import type { RankedFinding } from '../../app/rank-findings.ts';
import type { Level } from '../../engine/analysis/analysis.ts';
import type { Paint } from '../terminal.ts';
import { counted, durationText } from '../reporters/summary-text.ts';
import { shareText } from './measured-text.ts';
import { visibleLine } from '../visible-text.ts';

/** `src/a.ts:12:9` */
export function placeText(path: string, { line, column }: { readonly line: number; readonly column: number }): string {
  return `${visibleLine(path)}:${String(line)}:${String(column)}`;
}

export function paintLevel(level: Level, paint: Paint): string {
  return { error: paint.red, warning: paint.yellow, info: paint.cyan }[level](level);
}

/** `O(n²) → O(n)`; one class when nothing changes. */
export function costText({ complexity: { before, after } }: RankedFinding['finding']): string {
  return before === after ? before : `${before} → ${after}`;
}

/** `file:line:col level rule message (cost; confidence; fixable)` */
export function findingRow({ path, finding }: RankedFinding, paint: Paint): string {
  const facts = [costText(finding), finding.confidence];
  const { heat, share } = finding.measured ?? {};
  if (heat !== undefined) facts.push(share === undefined ? heat : `${heat}, ${shareText(share)} of the time`);
  if (finding.fixable !== undefined) facts.push(`fixable at --level ${finding.fixable}`);
  const head = `${paint.bold(placeText(path, finding))} ${paintLevel(finding.level, paint)} ${finding.ruleId}`;
  return `${head} ${visibleLine(finding.message)} ${paint.dim(`(${facts.map(visibleLine).join('; ')})`)}`;
}

/** `Analysed 120 files in 0.8 s: 3 errors, 12 warnings, 4 infos; 7 can be rewritten by booster optimize` */
export function analysisSummaryText(summary: AnalysisSummary): string {
  const { files, durationMs, findings, fixable, skipped, minified, refused, failed } = summary;
  const { suppressedByComments, suppressedByBaseline, staleSuppressions, undecidedRegexes } = summary;
  const verb = summary.interrupted ? 'Interrupted after' : 'Analysed';
  const found = [
    findings.error > 0 ? counted(findings.error, 'error') : '',
    findings.warning > 0 ? counted(findings.warning, 'warning') : '',
    findings.info > 0 ? counted(findings.info, 'info') : '',
  ].filter((text) => text !== '');
  const parts = [found.length === 0 ? 'nothing found' : found.join(', ')];
  if (fixable > 0) parts.push(`${String(fixable)} can be rewritten by booster optimize`);
  if (summary.unlisted > 0) parts.push(`${String(summary.unlisted)} less sure not listed (--min-confidence possible)`);
  if (suppressedByComments > 0) parts.push(`${String(suppressedByComments)} silenced by comments`);
  if (suppressedByBaseline > 0) parts.push(`${String(suppressedByBaseline)} known by the baseline`);
  if (staleSuppressions > 0) parts.push(`${String(staleSuppressions)} stale in the baseline (--prune-suppressions)`);
  if (undecidedRegexes > 0) parts.push(`${counted(undecidedRegexes, 'regular expression')} undecided`);
  if (skipped > 0) parts.push(`${counted(skipped, 'generated file')} skipped`);
  if (minified > 0) parts.push(`${counted(minified, 'minified file')} skipped`);
  if (refused > 0) parts.push(`${String(refused)} refused`);
  if (failed > 0) parts.push(`${String(failed)} failed`);
  return `${verb} ${counted(files, 'file')} in ${durationText(durationMs)}: ${parts.join('; ')}`;
}
