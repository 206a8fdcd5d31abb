import type { FileResult } from '../../app/file-result.ts';
import type { PlacedFinding } from '../../engine/optimize.ts';
import { shownDiff } from '../paint-diff.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { visibleLine, wrapLine } from '../visible-text.ts';
import { findingBlock, findingLine } from './finding-text.ts';
import type { Reporter, ReporterContext } from './reporter.ts';
import { nextCommand, summaryText } from './summary-text.ts';

/**
 * For people, and for `booster optimize x.ts | git apply`: standard output holds nothing but the diff (or, with --check and
 * --write, the list of files); explanations and the footer go to standard error.
 */
export function prettyReporter(context: ReporterContext): Reporter {
  const { quiet, mode, stderr } = context;
  const say = (line: string): void => {
    context.err(`${stderr.isTTY ? wrapLine(line, stderr.columns, '    ') : line}\n`);
  };
  return {
    file(result) {
      context.out(resultText(result, context));
      if (quiet) return;
      const said = result.findings.filter((finding) => isSaid(finding, result, context));
      context.err(said.map((finding) => `${explanation(result.path, finding, context)}\n`).join(''));
      if (context.verbose) say(stderr.paint.dim(factsText(result)));
      else if (said.length > 0 && stderr.isTTY) context.err('\n');
    },
    end(summary) {
      if (quiet || mode === 'stdin') return;
      say(summaryText(summary, mode));
      const next = nextCommand(summary, context);
      // Not wrapped: it is there to be copied.
      if (next !== undefined) context.err(`${next}\n`);
    },
  };
}

function resultText(result: FileResult, { mode, stdout }: ReporterContext): string {
  if (mode === 'stdin' || (result.status !== 'changed' && result.status !== 'written')) return '';
  if (mode !== 'preview' || result.change === undefined)
    return `${stdout.isTTY ? visibleLine(result.path) : result.path}\n`;
  return shownDiff(unifiedDiff(result.path, result.change), stdout);
}

/** Two lines or more at a terminal; one in a pipe, for grep and logs. */
function explanation(path: string, finding: PlacedFinding, { stderr, measured }: ReporterContext): string {
  return stderr.isTTY
    ? findingBlock(path, finding, measured, stderr)
    : findingLine(path, finding, measured, stderr.paint);
}

/** Rewrites that are part of the result; with -v everything that was found. */
function isSaid(finding: PlacedFinding, result: FileResult, { verbose }: ReporterContext): boolean {
  if (verbose) return true;
  return finding.status === 'applied' && (result.status === 'changed' || result.status === 'written');
}

function factsText(result: FileResult): string {
  const facts = [result.skipped === undefined ? result.status : `skipped, ${result.skipped}`];
  facts.push(`${String(Math.round(result.durationMs))} ms`);
  if (result.ranIn !== undefined) facts.push(`read by ${result.reader}`, result.ranIn);
  if (result.fellBack !== undefined) facts.push(`fell back: ${result.fellBack}`);
  return `${visibleLine(result.path)}: ${facts.join(', ')}`;
}
