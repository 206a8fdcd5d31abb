import type { SuppressionProblem } from '../../engine/suppression-problems.ts';
import type { Paint } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';

const problems: Readonly<Record<SuppressionProblem['problem'], string>> = {
  unused: 'silences nothing here: take it away',
  'no-reason': 'gives no reason, so it silences nothing: write `: <reason>` behind it',
  'unknown-rule': 'names no rule: `booster rules` lists them',
};

/** One line for a comment that should silence findings, and does not. */
export function suppressionText(path: string, comment: SuppressionProblem, paint: Paint): string {
  const { line, ruleIds, isForFile, problem } = comment;
  const place = `${visibleLine(path)}:${String(line)}`;
  const name = [isForFile === true ? 'booster-ignore-file' : 'booster-ignore', ruleIds.join(', ')].join(' ').trim();
  return `${paint.yellow('comment:')} ${place}: ${name} ${problems[problem]}\n`;
}
