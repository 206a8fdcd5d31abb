import type { ApplyOutcome, ApplyResult } from '../../app/apply-result.ts';
import type { EditForm, MergeEngine } from '../../engine/merge/merge.ts';
import { shownDiff } from '../paint-diff.ts';
import type { Terminal } from '../terminal.ts';
import { lineCounts, unifiedDiff } from '../unified-diff.ts';
import { visibleLine, wrapLine } from '../visible-text.ts';
import type { ApplyContext, ApplyReport } from './apply-context.ts';
import { fallbackText } from './fallback-text.ts';
import { refusalText } from './apply-refusal-text.ts';
import { problemText } from './problem-text.ts';
import { counted, durationText } from './summary-text.ts';

/**
 * For people, and for `booster apply … | git apply`: standard output holds nothing but the diff (with --check the verdict, with
 * --write the names of the written files); what is said about it goes to standard error.
 */
export function applyText(outcome: ApplyOutcome, context: ApplyContext): ApplyReport {
  const { results } = outcome;
  const said = results.map((result) => saidOf(result, results, context)).join('');
  return { out: resultText(outcome, context), err: said + footer(outcome, context) };
}

function resultText({ results, files }: ApplyOutcome, { mode, stdout }: ApplyContext): string {
  if (mode === 'check') return results.map((result) => verdictLine(result, stdout)).join('');
  if (mode === 'preview') {
    // A patch that does only a part of what was asked for would be applied by `git apply` all the same.
    if (!areAllWell(results)) return '';
    return files.map(({ path, change }) => shownDiff(unifiedDiff(path, change), stdout)).join('');
  }
  const written = new Set(results.flatMap(({ path, written: is }) => (is && path !== undefined ? [path] : [])));
  return [...written].map((path) => `${shownPath(path, stdout)}\n`).join('');
}

function areAllWell(results: readonly ApplyResult[]): boolean {
  return results.every(({ status }) => status === 'applied' || status === 'unchanged');
}

const verdicts: Readonly<Record<ApplyResult['status'], string>> = {
  applied: 'applies',
  unchanged: 'unchanged',
  refused: 'refused',
  conflict: 'conflict',
  failed: 'failed',
};

function verdictLine({ status, path }: ApplyResult, stdout: Terminal): string {
  const paint = status === 'applied' || status === 'unchanged' ? stdout.paint.green : stdout.paint.red;
  return `${paint(verdicts[status])} ${shownPath(path ?? '', stdout)}\n`;
}

/** Names go through a pipe as they are, for xargs. */
function shownPath(path: string, { isTTY }: Terminal): string {
  return isTTY ? visibleLine(path) : path;
}

function saidOf(result: ApplyResult, results: readonly ApplyResult[], context: ApplyContext): string {
  const { mode, quiet, verbose, stderr } = context;
  const { path = '', reason, refusal } = result;
  if (refusal !== undefined) return refusalText(result, refusal, stderr);
  if (reason !== undefined) return problemText(path, reason, stderr.paint, verbose);
  if (quiet || mode === 'check') return '';
  const { paint } = stderr;
  const facts = `${paint.bold(visibleLine(path))}: ${factsText(result, results, context)}`;
  const lines = [stderr.isTTY ? wrapLine(facts, stderr.columns, '    ') : facts];
  const { deleted = [], warnings = [], fellBack } = result.merged ?? {};
  if (deleted.length > 0) lines.push(`  ${paint.yellow('deletes:')} ${deleted.map(visibleLine).join(', ')}`);
  for (const { line, message } of warnings)
    lines.push(`  ${paint.yellow('warning:')} line ${String(line)}: ${visibleLine(message)}`);
  if (fellBack !== undefined) lines.push(fallbackText(fellBack, paint));
  if (result.otherNames !== undefined) lines.push(linkText(result.otherNames, paint));
  if (verbose) lines.push(...hashLines(result, stderr));
  return `${lines.join('\n')}\n`;
}

/** A name that shows the old text after an edit must not surprise anybody. */
function linkText(otherNames: number, paint: Terminal['paint']): string {
  const names =
    otherNames === 1
      ? '1 other name (hard link) of this file keeps'
      : `${String(otherNames)} other names (hard links) of this file keep`;
  return `  ${paint.yellow('note:')} ${names} the old content`;
}

const formNames: Readonly<Record<EditForm, string>> = {
  lazy: 'snippet with markers',
  definition: 'whole definitions',
  full: 'whole file',
  'search-replace': 'SEARCH/REPLACE',
  'unified-diff': 'unified diff',
  patch: 'patch',
  hybrid: 'snippet with + and - lines',
};

const engineNames: Readonly<Record<MergeEngine, string>> = {
  merge: 'merged by anchors',
  patch: 'merged by matching text',
  'agent-booster': 'merged by agent-booster',
  fallback: 'merged by lines alone',
};

/** `applies, 3 lines added, 1 removed · snippet with markers · merged by anchors · 4 ms` */
function factsText(result: ApplyResult, results: readonly ApplyResult[], context: ApplyContext): string {
  const { paint } = context.stderr;
  if (result.status === 'unchanged') return `${paint.green('unchanged')}, the file says so already`;
  const verb = result.written ? 'written' : 'applies';
  const held = context.mode === 'write' && !areAllWell(results) ? [paint.yellow('not written')] : [];
  const parts = [`${paint.green(verb)}${changeText(result)}`, ...held];
  if (result.merged !== undefined) parts.push(formNames[result.merged.form], engineNames[result.merged.engine]);
  return [...parts, durationText(result.durationMs)].join(' · ');
}

function changeText({ change, path }: ApplyResult): string {
  if (change === undefined) return '';
  const { linesAdded, linesRemoved } = lineCounts(unifiedDiff(path ?? '', change));
  return `, ${counted(linesAdded, 'line')} added, ${String(linesRemoved)} removed`;
}

function hashLines({ hash, newHash }: ApplyResult, { paint }: Terminal): string[] {
  const line = (name: string, value: string | undefined): string[] =>
    value === undefined ? [] : [paint.dim(`  ${name} ${value}`)];
  return [...line('hash', hash), ...line('new hash', newHash)];
}

function footer({ results }: ApplyOutcome, context: ApplyContext): string {
  const { mode, quiet, isList, writeCommand } = context;
  if (quiet || mode === 'check') return '';
  const isWell = areAllWell(results);
  if (!isWell) return isList ? `${listText(results)}: nothing was written\n` : '';
  const isPending = mode === 'preview' && results.some(({ status }) => status === 'applied');
  return isPending && writeCommand !== undefined ? `Write it: ${writeCommand}\n` : '';
}

/** `3 edits, 1 refused` */
function listText(results: readonly ApplyResult[]): string {
  const parts = (['refused', 'conflict', 'failed'] as const).flatMap((status) => {
    const count = results.filter((result) => result.status === status).length;
    return count === 0 ? [] : [`${String(count)} ${status === 'conflict' ? 'in conflict' : status}`];
  });
  return [counted(results.length, 'edit'), ...parts].join(', ');
}
