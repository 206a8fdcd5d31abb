import type { GeneratedCode } from '../../app/run-generator.ts';
import type { GenerateOutcome, GenerateResult } from '../../app/generate-outcome.ts';
import { shownDiff } from '../paint-diff.ts';
import type { Terminal } from '../terminal.ts';
import { lineCounts, newFileDiff, unifiedDiff } from '../unified-diff.ts';
import { visibleLine, visibleText, wrapLine } from '../visible-text.ts';
import { schemaVersion } from './json-entries.ts';
import { counted } from './summary-text.ts';

export interface GenerateContext {
  readonly mode: 'preview' | 'check' | 'write';
  /** Results and errors only. */
  readonly quiet: boolean;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** What to run next to write the files; absent when the input came from standard input. */
  readonly writeCommand?: string;
}

/** What belongs on the two streams. */
interface Report {
  readonly out: string;
  readonly err: string;
}

/** One file as it is, for a pipe; several as a patch. */
export function codeText({ files, evidence }: GeneratedCode, { quiet, stdout, stderr }: GenerateContext): Report {
  const [only, second] = files;
  const isSingle = only !== undefined && second === undefined;
  const out = isSingle
    ? stdout.isTTY
      ? visibleText(only.contents)
      : only.contents
    : files.map(({ path, contents }) => shownDiff(newFileDiff(path, contents), stdout)).join('');
  return { out, err: quiet ? '' : evidenceText(evidence, stderr) };
}

export function codeJson({ generator, version, files, evidence }: GeneratedCode): Report {
  const document = { schemaVersion, mode: 'preview', generator, version, evidence, files };
  return { out: `${JSON.stringify(document, undefined, 2)}\n`, err: '' };
}

/**
 * Standard output holds the diff (with --check the files that differ, with --write those that were written) and nothing else.
 */
export function filesText(outcome: GenerateOutcome, context: GenerateContext): Report {
  const { mode, quiet, stdout, stderr, writeCommand } = context;
  const { results, evidence } = outcome;
  const pending = results.filter(({ status }) => status !== 'unchanged');
  const isOpen = pending.length > 0 || results.some(({ settled }) => settled !== undefined);
  const hasConflict = results.some(({ status }) => status === 'conflict');
  // A patch that does only a part of what was asked for would be applied by `git apply` all the same.
  const out =
    mode !== 'check' && hasConflict
      ? ''
      : mode === 'preview'
        ? pending.map((result) => shownDiff(diffOf(result), stdout)).join('')
        : pending.map(({ path }) => `${stdout.isTTY ? visibleLine(path) : path}\n`).join('');
  const conflicts = results.map((result) => conflictText(result, stderr)).join('');
  if (quiet || mode === 'check' || hasConflict) return { out, err: conflicts };
  const said = results.map((result) => saidOf(result, stderr)).join('');
  const footer = mode === 'preview' && isOpen && writeCommand !== undefined ? `Write: ${writeCommand}\n` : '';
  return { out, err: said + evidenceText(evidence, stderr) + footer };
}

export function filesJson(outcome: GenerateOutcome, { mode }: GenerateContext): Report {
  const { generator, version, evidence, durationMs, results } = outcome;
  const document = {
    schemaVersion,
    mode,
    generator,
    version,
    status: results.some(({ status }) => status === 'conflict')
      ? 'conflict'
      : results.every(({ status }) => status === 'unchanged')
        ? 'unchanged'
        : 'changed',
    written: results.some(({ written }) => written),
    durationMs: Math.round(durationMs * 10) / 10,
    evidence,
    files: results.map(fileEntry),
  };
  return { out: `${JSON.stringify(document, undefined, 2)}\n`, err: '' };
}

function fileEntry(result: GenerateResult): Record<string, unknown> {
  const { path, status, written, change, conflicts, reason, settled } = result;
  const entry = { path, status, written, ...(settled === undefined ? {} : { settled }) };
  if (status === 'conflict') return { ...entry, reason, conflicts };
  if (status === 'unchanged' || change === undefined) return entry;
  const diff = diffOf(result);
  return { ...entry, ...lineCounts(diff), diff, output: (change.bom ? '\uFEFF' : '') + change.after };
}

function diffOf({ path, status, change }: GenerateResult): string {
  if (change === undefined) return '';
  return status === 'new' ? newFileDiff(path, change.after) : unifiedDiff(path, change);
}

function saidOf(result: GenerateResult, { paint, isTTY, columns }: Terminal): string {
  const { path, status, written, settled = 0 } = result;
  const note = settled === 0 ? '' : `, ${counted(settled, 'conflict')} settled by --keep`;
  const name = paint.bold(visibleLine(path));
  if (status === 'unchanged')
    return `${name}: ${paint.green('unchanged')}${settled === 0 ? ', the file says so already' : note}\n`;
  const { linesAdded, linesRemoved } = lineCounts(diffOf(result));
  const verb = verbs[status][written ? 1 : 0];
  const line = `${name}: ${paint.green(verb)}, ${counted(linesAdded, 'line')} added, ${String(linesRemoved)} removed${note}`;
  return `${isTTY ? wrapLine(line, columns, '    ') : line}\n`;
}

const verbs = {
  new: ['would be new', 'written'],
  changed: ['would change', 'written'],
  merged: ['would be merged with the changes by hand', 'written, with the changes by hand'],
  unchanged: ['', ''],
  conflict: ['', ''],
} as const satisfies Record<GenerateResult['status'], readonly [string, string]>;

/** Both sides of each conflict, as they stand. */
function conflictText({ path, reason, conflicts = [] }: GenerateResult, { paint }: Terminal): string {
  if (reason === undefined) return '';
  const parts = conflicts.map(
    ({ line, yours, generated }) =>
      `  line ${String(line)}, the file has:\n${sideText(yours)}  and it would become:\n${sideText(generated)}`,
  );
  return `${paint.red('conflict:')} ${visibleLine(path)}: ${reason}; nothing was written\n${parts.join('')}`;
}

function sideText(lines: readonly string[]): string {
  return lines.length === 0 ? '    (nothing)\n' : lines.map((line) => `    | ${visibleLine(line)}\n`).join('');
}

function evidenceText(evidence: readonly string[], { paint, isTTY, columns }: Terminal): string {
  return evidence
    .map((line) => `  ${visibleLine(line)}`)
    .map((line) => `${paint.dim(isTTY ? wrapLine(line, columns, '    ') : line)}\n`)
    .join('');
}
