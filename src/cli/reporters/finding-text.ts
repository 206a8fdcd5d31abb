import type { MeasuredRatio, MeasuredRatios } from '../../app/measured-ratios.ts';
import { measuredRatios } from '../../app/measured-ratios.ts';
import type { PlacedFinding } from '../../engine/optimize.ts';
import { groupDigits } from '../../shared/group-digits.ts';
import type { Paint, Terminal } from '../terminal.ts';
import { visibleLine, wrapLine } from '../visible-text.ts';

const factsIndent = '    ';

/** One line: `file:line:col rule [tier] message (O(n²) → O(n); measured 603× at n=10,000 on Node 20; evidence)` */
export function findingLine(path: string, finding: PlacedFinding, measured: MeasuredRatios, paint: Paint): string {
  const reasons = findingReasons(finding, measured);
  const because = reasons.length === 0 ? '' : ` ${paint.dim(`(${reasons.join('; ')})`)}`;
  return headText(path, finding, paint) + because;
}

/** The same for people at a terminal: the reasons stand below, indented, and everything fits the width. */
export function findingBlock(
  path: string,
  finding: PlacedFinding,
  measured: MeasuredRatios,
  terminal: Terminal,
): string {
  const { paint, columns } = terminal;
  const head = wrapLine(headText(path, finding, paint), columns, '  ');
  const reasons = findingReasons(finding, measured);
  if (reasons.length === 0) return head;
  // Each row is painted by itself: a colour that runs over line ends bleeds into what a pager or a log shows beside it.
  const rows = wrapLine(reasons.join(' · '), columns - factsIndent.length, '').split('\n');
  return [head, ...rows.map((row) => factsIndent + paint.dim(row))].join('\n');
}

function headText(path: string, finding: PlacedFinding, paint: Paint): string {
  const place = `${visibleLine(path)}:${String(finding.line)}:${String(finding.column)}`;
  return `${paint.bold(place)} ${paint.cyan(finding.ruleId)} ${tierMark(finding, paint)} ${visibleLine(finding.message)}`;
}

function tierMark(finding: PlacedFinding, paint: Paint): string {
  if (finding.status === 'applied') return paint.green(`[${finding.tier}]`);
  if (finding.status === 'available') return paint.yellow(`[with --level ${finding.tier}]`);
  return paint.yellow('[by hand]');
}

function findingReasons(finding: PlacedFinding, measured: MeasuredRatios): string[] {
  const { before, after } = finding.complexity;
  const reasons = before === after ? [] : [`${before} → ${after}`];
  const figure = measuredText(finding.ruleId, measured);
  if (figure !== undefined) reasons.push(figure);
  reasons.push(...finding.evidence.map(visibleLine));
  if (finding.status === 'manual' && finding.blockedBy !== undefined) {
    reasons.push(`left alone: ${visibleLine(finding.blockedBy)}`);
  }
  return reasons;
}

/** How many times faster a rule's rewrite was at the largest size of its workloads, least and most. */
export interface MeasuredGain {
  readonly least: number;
  readonly most: number;
  /** Size and Node version of the workload with the most gain. */
  readonly n: number;
  readonly node: string;
}

/** `undefined` when nothing was measured. */
export function measuredGain(ruleId: string, measured: MeasuredRatios): MeasuredGain | undefined {
  const figures = largestSizes(measuredRatios(ruleId, measured));
  const [least, most] = [figures[0], figures.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  return { least: least.ratio, most: most.ratio, n: most.n, node: most.node };
}

export function measuredText(ruleId: string, measured: MeasuredRatios): string | undefined {
  const gain = measuredGain(ruleId, measured);
  if (gain === undefined) return undefined;
  const at = `at n=${groupDigits(gain.n)} on Node ${nodeMajor(gain.node)}`;
  const [least, most] = [ratioText(gain.least), ratioText(gain.most)];
  return least === most ? `measured ${most} ${at}` : `measured ${least} to ${most} by workload, ${at}`;
}

/** One figure per workload, that of its largest size; smallest gain first. */
function largestSizes(figures: readonly MeasuredRatio[]): MeasuredRatio[] {
  const byName = new Map<string, MeasuredRatio>();
  for (const figure of figures) if (figure.n >= (byName.get(figure.name)?.n ?? 0)) byName.set(figure.name, figure);
  return [...byName.values()].sort((a, b) => a.ratio - b.ratio);
}

/** Two figures are all that a ratio of two timings can promise below 10. */
export function ratioText(ratio: number): string {
  return `${ratio >= 10 ? groupDigits(Math.round(ratio)) : ratio.toFixed(1)}×`;
}

/** `20` of `v20.20.2`, `20.20.2` and `20`. */
export function nodeMajor(version: string): string {
  return /\d+/.exec(version)?.[0] ?? version;
}
