import type { FileReason, FileResult } from '../../app/file-result.ts';
import type { LeftOutRule } from '../../app/select-rules.ts';
import type { Paint } from '../terminal.ts';
import { visibleLine, visibleText } from '../visible-text.ts';
import type { ReporterContext } from './reporter.ts';

/** `error: <path>:<line>:<column>: <what> (<code>)`, the remedy on a second line, and a stack only when asked for. */
export function problemText(path: string | undefined, reason: FileReason, paint: Paint, verbose: boolean): string {
  const stack = verbose && reason.stack !== undefined ? `${visibleText(reason.stack)}\n` : '';
  return `${paint.red('error:')} ${describe(path, reason)}\n  ${paint.cyan('help:')} ${reason.remedy}\n${stack}`;
}

/** One line for a file that was left alone and does not fail the run. */
export function noteText(path: string, reason: FileReason, paint: Paint): string {
  return `${paint.yellow('left alone:')} ${describe(path, reason)}\n`;
}

/** One line per rule that does not run although it was named; with -v, for all that do not. */
export function leftOutText(
  rules: readonly LeftOutRule[],
  { quiet, verbose, stderr: { paint } }: Pick<ReporterContext, 'quiet' | 'verbose' | 'stderr'>,
): string {
  return rules
    .filter(({ named }) => verbose || (named && !quiet))
    .map(({ id, reason }) => `${paint.yellow('left out:')} rule ${id}: ${visibleLine(reason)}\n`)
    .join('');
}

/** One line per rule that threw on a file. */
export function failedRulesText(result: Pick<FileResult, 'path' | 'failedRules'>, paint: Paint): string {
  return result.failedRules
    .map(({ ruleId, message }) => {
      const what = `rule ${ruleId} failed and was skipped: ${visibleLine(message)}`;
      return `${paint.red('error:')} ${visibleLine(result.path)}: ${what} (E_RULE_FAILED)\n`;
    })
    .join('');
}

function describe(path: string | undefined, reason: FileReason): string {
  const what = `${visibleLine(reason.message)} (${reason.code})`;
  if (path === undefined || path === '') return what;
  const line = reason.line === undefined ? '' : `:${String(reason.line)}`;
  const column = reason.line === undefined || reason.column === undefined ? '' : `:${String(reason.column)}`;
  return `${visibleLine(path)}${line}${column}: ${what}`;
}
