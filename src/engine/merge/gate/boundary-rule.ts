import { lineOfRow, type Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong, similarity } from './line-strength.ts';
import type { Placement } from './place-pieces.ts';
import { shown } from './text-rules.ts';

/** How many lines beyond an open end are looked at. */
const reach = 3;

/**
 * G10: a new line at an open end (a marker or the end of the edit behind it) that is much like the line that stays beyond
 * might be meant to take its place. Comments and decorators that would stand on top of each other are a case of it.
 */
export function boundaryFailures(assembled: Assembled, after: readonly PlacedDefinition[]): GateFailure[] {
  const { merged, solid, placements } = assembled;
  const failures: GateFailure[] = [];
  const isNew = (at: number): boolean => (merged.rows[solid.rows[at] ?? -1]?.origin ?? 0) < 0;
  const lineAt = (at: number): string => (merged.rows[solid.rows[at] ?? -1]?.line ?? '').trim();
  for (const placement of placements) {
    for (const end of [
      { at: placement.start, step: -1 },
      { at: placement.end - 1, step: 1 },
    ]) {
      if (!isNew(end.at) || placement.piece.isImport || replaces(assembled, solid.rows[end.at] ?? -1)) continue;
      const inside = runFrom(end.at, -end.step, (at) => at >= placement.start && at < placement.end && isNew(at));
      const covered = (at: number): boolean => placements.some((other) => other.start <= at && at < other.end);
      const outside = runFrom(end.at + end.step, end.step, (at) => at >= 0 && at < solid.rows.length && !covered(at));
      if (isWholeDefinition(assembled, placement, end.at, after)) continue;
      const pair = alikePair(inside.map(lineAt), outside.map(lineAt));
      const stacked = end.step < 0 && isStacked(lineAt(end.at), lineAt(end.at - 1), solid.rows, end.at);
      if (pair === undefined && !stacked) continue;
      const line = pair?.line ?? lineAt(end.at);
      const other = pair?.other ?? lineAt(end.at - 1);
      const message = `\`${shown(line)}\` could be a new line or take the place of \`${shown(other)}\``;
      const row = solid.rows[end.at + end.step] ?? 0;
      failures.push({ gate: 'G10', code: 'E_APPLY_BOUNDARY', message, lines: [lineOfRow(merged, row)] });
    }
  }
  return failures;
}

/** The new row stands where lines went: the candidate takes it for their new form, and other rules look at that. */
function replaces({ merged, input }: Assembled, row: number): boolean {
  const hunk = merged.hunks.find(({ rowStart, rowEnd }) => rowStart <= row && row < rowEnd);
  return hunk !== undefined && input.text.lines.slice(hunk.start, hunk.end).some((line) => isStrong(line.trim()));
}

function runFrom(from: number, step: number, holds: (at: number) => boolean): number[] {
  const run: number[] = [];
  for (let at = from; run.length < reach && holds(at); at += step) run.push(at);
  return run;
}

/** The nearest line beyond counts when it is somewhat alike, the others when they are nearly the same. */
function alikePair(inside: readonly string[], outside: readonly string[]): { line: string; other: string } | undefined {
  for (const [index, other] of outside.entries())
    for (const line of inside)
      if (isStrong(line) && isStrong(other) && similarity(line, other) >= (index === 0 ? 0.55 : 0.8))
        return { line, other };
  return undefined;
}

/**
 * What is new at this end is one definition from its first line to its last, with a name that is new: the file's others
 * stay because the edit does not speak of them.
 */
function isWholeDefinition(
  { merged, solid }: Assembled,
  { start, end }: Placement,
  at: number,
  after: readonly PlacedDefinition[],
): boolean {
  const row = solid.rows[at] ?? -1;
  const first = solid.rows[start] ?? 0;
  const last = solid.rows[end - 1] ?? 0;
  return after.some(
    (is) =>
      is.startLine <= row &&
      row <= is.endLine &&
      first <= is.startLine &&
      is.endLine <= last &&
      (merged.rows[is.headerLine]?.origin ?? -1) < 0,
  );
}

const commentLine = /^(?:\/\/|\/\*|\*|#(?!\s*(?:include|define|if|endif|else|pragma|undef)\b)|--|;|"""|''')/;
const decoratorLine = /^(?:@[\w.]|#!?\[)/;

/** A new comment right below one that stays, or a new decorator below or above one. */
function isStacked(line: string, above: string, rows: Int32Array, at: number): boolean {
  if ((rows[at] ?? 0) - (rows[at - 1] ?? -1) !== 1) return false;
  const isComment = commentLine.test(line) && !decoratorLine.test(line);
  if (isComment) return commentLine.test(above) && !decoratorLine.test(above);
  return decoratorLine.test(line) && decoratorLine.test(above);
}
