import type { RunSummary } from '../../app/file-result.ts';
import { groupDigits } from '../../shared/group-digits.ts';
import { shellText } from '../shell-text.ts';
import type { ReporterContext, RunMode } from './reporter.ts';

/** `Checked 120 files in 0.8 s: 5 rewrites in 3 files; 2 more with --level balanced; 4 need a person` */
export function summaryText(summary: RunSummary, mode: RunMode): string {
  const verb = summary.interrupted ? 'Interrupted after' : 'Checked';
  const { leftFiles } = summary;
  const left = leftFiles === undefined ? [] : [`${counted(leftFiles, 'file')} not looked at (--max-files)`];
  const parts = [resultText(summary, mode), ...higherLevels(summary), ...troubles(summary), ...left];
  return `${verb} ${counted(summary.files, 'file')} in ${durationText(summary.durationMs)}: ${parts.join('; ')}`;
}

function resultText(summary: RunSummary, mode: RunMode): string {
  const files = mode === 'write' ? summary.written : summary.changed;
  if (files === 0) return 'nothing to rewrite';
  const rewrites = counted(summary.applied, 'rewrite');
  return mode === 'write'
    ? `wrote ${counted(files, 'file')} (${rewrites})`
    : `${rewrites} in ${counted(files, 'file')}`;
}

function higherLevels(summary: RunSummary): string[] {
  const { availableAtBalanced, availableAtAggressive, manual } = summary;
  const parts: string[] = [];
  if (availableAtBalanced > 0) parts.push(`${String(availableAtBalanced)} more with --level balanced`);
  if (availableAtAggressive > 0) parts.push(`${String(availableAtAggressive)} more with --level aggressive`);
  if (manual > 0) parts.push(`${String(manual)} need${manual === 1 ? 's' : ''} a person (-v shows them)`);
  return parts;
}

function troubles(summary: RunSummary): string[] {
  const parts: string[] = [];
  if (summary.refused > 0) parts.push(`${String(summary.refused)} refused`);
  if (summary.conflicts > 0) parts.push(`${String(summary.conflicts)} changed meanwhile`);
  if (summary.failed > 0) parts.push(`${String(summary.failed)} failed`);
  if (summary.failedRules > 0) parts.push(counted(summary.failedRules, 'rule failure'));
  return parts;
}

/** What to run next, or `undefined` when nothing is left to do. */
export function nextCommand(
  summary: RunSummary,
  { mode, command, program }: Pick<ReporterContext, 'mode' | 'command' | 'program'>,
): string | undefined {
  if (mode === 'stdin' || summary.interrupted) return undefined;
  if (mode !== 'write' && summary.changed > 0) {
    const rest = command.filter((word) => word !== '--check');
    return `Write them: ${shellText(program, [...rest, '--write'])}`;
  }
  const level =
    summary.availableAtBalanced > 0 ? 'balanced' : summary.availableAtAggressive > 0 ? 'aggressive' : undefined;
  return level === undefined
    ? undefined
    : `See them: ${shellText(program, [...withoutLevel(command), '--level', level])}`;
}

function withoutLevel(command: readonly string[]): string[] {
  const writing = new Set(['--write', '--fix', '--check']);
  return command.filter((word, index) => {
    if (writing.has(word) || word === '--level' || word.startsWith('--level=')) return false;
    return command[index - 1] !== '--level';
  });
}

/** `1 file`, `2,000 files` */
export function counted(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export function durationText(ms: number): string {
  return ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;
}
