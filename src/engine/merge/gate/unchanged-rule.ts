import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong } from './line-strength.ts';
import { isChangeOfLine, strengthOf, type Reading } from './other-readings.ts';
import { originsOf, readingsWithin, viewSegments, type SegmentView } from './segment-views.ts';
import { shown } from './text-rules.ts';

/** A reading takes at most so many lines more out than it brings in. */
const slack = 3;

/**
 * G15: a part of several lines that stands in the file as it is, although elsewhere between its neighbours it would change
 * something. Nobody sends lines for nothing: most likely the place that it was taken for is the wrong one.
 */
export function unchangedFailures(assembled: Assembled, before: readonly PlacedDefinition[]): GateFailure[] {
  const failures: GateFailure[] = [];
  for (const view of viewSegments(assembled)) {
    if (view.isChanged || view.lines.length < 2 || !view.lines.some(isStrong)) continue;
    if (isWholeDefinitions(assembled, view, before)) continue;
    const line = otherPlace(assembled, view);
    if (line === undefined) continue;
    const own = (originsOf(assembled, view.placements)[0] ?? 0) + 1;
    const message = `the lines from \`${shown(view.lines[0])}\` on stand there as they are, and could change line ${line}`;
    failures.push({ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [own, line] });
  }
  return failures;
}

/** Whole definitions sent without markers, each the only one of its name: they stand where they belong, the edit is done. */
function isWholeDefinitions(assembled: Assembled, view: SegmentView, before: readonly PlacedDefinition[]): boolean {
  if (assembled.input.snippet.form !== 'definition') return false;
  const lines = originsOf(assembled, view.placements);
  const stands = new Set(lines);
  const whole = before.filter(({ startLine, endLine }) => stands.has(startLine) && stands.has(endLine));
  const isOnly = ({ path }: PlacedDefinition): boolean => before.filter((other) => other.path === path).length === 1;
  return lines.every((line) =>
    whole.some((own) => own.startLine <= line && line <= own.endLine && own.startLine < own.endLine && isOnly(own)),
  );
}

/** Line (from 1) at which another reading of the part begins. */
function otherPlace(assembled: Assembled, view: SegmentView): number | undefined {
  const { file } = assembled;
  const { lines, window } = view;
  const within = file.linesWithin(window);
  const reading = readingsWithin(assembled, view).find((one) => says(lines, within, one));
  return reading === undefined ? undefined : file.lineAt(file.placeOf(window.from) + reading.start) + 1;
}

function says(part: readonly string[], lines: readonly string[], reading: Reading): boolean {
  const { head, tail } = strengthOf(part, reading);
  if (reading.fresh === 0) return head > 0 && tail > 0;
  if (head + tail === 0 || 4 * reading.fresh > 3 * part.length || reading.gone > reading.fresh + slack) return false;
  return isChangeOfLine(part, lines, reading);
}
