import type { TimeComparison, TimeSpread } from '../../app/proof/compare-times.ts';
import type { ProofSummary, RevertedRewrite } from '../../app/proof/proof-summary.ts';
import type { FlakyRuns } from '../../app/proof/Steadiness.ts';
import type { ProofStep } from '../../app/proof/proof-options.ts';
import type { CommandRun } from '../../files/run-command.ts';
import type { Paint } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';
import type { ReporterContext } from './reporter.ts';
import { counted, durationText } from './summary-text.ts';

/** Lines of a failed command that are shown with the rewrite that made it fail. */
const shownLines = 12;

/** One line for each run of a command: these runs may take long. */
export function proofStepText({ kind, rewrites, run }: ProofStep, paint: Paint): string {
  const what = rewrites === 0 ? 'without any rewrite' : `with ${counted(rewrites, 'rewrite')}`;
  const isFailure = run.exitCode !== 0 || run.timedOut;
  const how = isFailure ? paint.yellow(`fails (${endText(run)})`) : 'passes';
  return `${paint.dim(`${kind}:`)} ${what}: ${kind === 'measure' && !isFailure ? '' : `${how}, `}${durationText(run.durationMs)}\n`;
}

/** What was taken back and why, what was measured, and how the tree is left. */
export function proofText(summary: ProofSummary, { quiet, stderr: { paint } }: ReporterContext): string {
  if (quiet) return '';
  const { verify, measure, kept, reverted } = summary;
  const lines = reverted.map((one) => revertedText(one, paint));
  if (verify !== undefined) {
    const runs = counted(verify.runs, 'run');
    const state = kept === 0 ? 'passes without any rewrite' : `passes with the ${counted(kept, 'rewrite')} that stayed`;
    if (verify.flaky !== undefined) lines.push(flakyText(verify.flaky, verify.command, paint));
    lines.push(`Verified: \`${visibleLine(verify.command)}\` ${state} (${runs})\n`);
  }
  if (measure !== undefined) lines.push(`Measured: \`${visibleLine(measure.command)}\` ${gainText(measure.gain)}\n`);
  return lines.join('');
}

function revertedText(reverted: RevertedRewrite, paint: Paint): string {
  const { path, line, column, ruleId, output = '' } = reverted;
  const place = `${visibleLine(path)}:${String(line)}:${String(column)}`;
  const head = `${paint.yellow('taken back:')} ${place} ${paint.cyan(ruleId)} ${reasonText(reverted)}\n`;
  return head + printedText(output, paint);
}

/** The last lines that a command printed. */
export function printedText(output: string, paint: Paint): string {
  if (output.trim() === '') return '';
  const lines = output.trimEnd().split('\n').slice(-shownLines);
  return lines.map((text) => `${paint.dim(`  | ${visibleLine(text.trimEnd())}`)}\n`).join('');
}

function reasonText({ reason, command, exitCode, timedOut, ratio }: RevertedRewrite): string {
  const name = `\`${visibleLine(command)}\``;
  const how = endText({ exitCode, timedOut: timedOut === true });
  if (reason === 'breaks') return `${name} fails with it (${how})`;
  if (reason === 'unsteady') return `${name} gives different results with it (once ${how})`;
  return `${name} is slower with it (${(ratio ?? 1).toFixed(2)}× as fast)`;
}

/** What it contradicted itself in, and what was done. */
function flakyText(
  { runs, failures, failuresWithKept, failuresNeeded }: FlakyRuns,
  command: string,
  paint: Paint,
): string {
  const without = `failed in ${String(failures)} of ${counted(runs, 'run')} without a rewrite that could be the reason`;
  const kept = `in ${counted(failuresWithKept, 'run')} with rewrites that it passed with when it was run again, and that stayed`;
  const seen = [
    ...(failures > 0 ? [without] : []),
    ...(failuresWithKept > 0 ? [`${failures > 0 ? 'and' : 'failed'} ${kept}`] : []),
  ];
  const done = `A rewrite is taken back after ${String(failuresNeeded)} failures in a row`;
  return `${paint.yellow('flaky:')} \`${visibleLine(command)}\` ${seen.join(', ')}. ${done}\n`;
}

function endText({ exitCode, timedOut }: Pick<CommandRun, 'exitCode' | 'timedOut'>): string {
  if (timedOut) return 'did not end in time';
  return exitCode === undefined ? 'ended by a signal' : `exit code ${String(exitCode)}`;
}

function gainText(gain: TimeComparison | undefined): string {
  if (gain === undefined) return 'says nothing about what stayed';
  const { verdict, ratio, low, high, runs, before, after, confidence } = gain;
  const interval = `${low.toFixed(2)} to ${high.toFixed(2)} with ${(confidence * 100).toFixed(0)} % confidence`;
  const figures = `${spreadText(before)} before, ${spreadText(after)} after, ${counted(runs, 'pair')} of runs`;
  if (verdict === 'same') return `shows no measurable difference (${ratio.toFixed(2)}×, ${interval}; ${figures})`;
  return `is ${ratio.toFixed(2)}× as fast (${interval}; ${figures})`;
}

function spreadText({ medianMs, lowerQuartileMs, upperQuartileMs }: TimeSpread): string {
  const [lower, upper] = [Math.round(lowerQuartileMs), Math.round(upperQuartileMs)];
  return `${durationText(medianMs)} (half of them ${String(lower)}–${String(upper)} ms)`;
}
