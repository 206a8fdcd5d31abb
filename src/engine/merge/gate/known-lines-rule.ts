import type { Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { indentOf, isStrong } from './line-strength.ts';
import type { Placement } from './place-pieces.ts';
import { strengthOf } from './other-readings.ts';
import { hunksWithin, originsOf, readingsWithin, viewSegments } from './segment-views.ts';
import { shown } from './text-rules.ts';

/** A text in quotes that is long enough to tell what a line is about, such as the title of a test. */
const title = /(["'`])(?:(?!\1).){12,}\1/;

/**
 * G15: a part brings lines in, though all of its lines stand in the file: with others between them gone, nothing of it would be
 * new.
 */
export function knownLinesFailures(assembled: Assembled): GateFailure[] {
  const { merged, file } = assembled;
  const failures: GateFailure[] = [];
  for (const view of viewSegments(assembled)) {
    const { placements, lines, window } = view;
    const fresh = hunksWithin(assembled, placements)
      .flatMap(({ rowStart, rowEnd }) => merged.rows.slice(rowStart, rowEnd))
      .find(({ line }) => isStrong(line.trim()));
    if (fresh === undefined) continue;
    const reading = readingsWithin(assembled, view).find((one) => {
      const { head, tail } = strengthOf(lines, one);
      return one.fresh === 0 && head > 0 && tail > 0;
    });
    if (reading === undefined) continue;
    const line = file.lineAt(file.placeOf(window.from) + reading.start) + 1;
    const message = `\`${shown(fresh.line)}\` would come in, although from line ${line} on all lines of the part stand`;
    failures.push({ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [line] });
  }
  return failures;
}

/**
 * G10: right beyond the last part, which no marker follows, stays a line with the title of one that comes in with the part: what
 * begins there was meant to give way.
 */
export function oldFormFailures(assembled: Assembled): GateFailure[] {
  const { merged, solid, placements } = assembled;
  const last = placements.findLast(({ piece }) => !piece.isImport);
  if (last === undefined || last.piece.markerAfter) return [];
  const row = merged.rows[solid.rows[last.end] ?? -1];
  if (row === undefined || row.origin < 0 || !isStrong(row.line.trim())) return [];
  const about = title.exec(row.line)?.[0];
  if (about === undefined) return [];
  const twin = freshRows(assembled, last).find(
    (line) => indentOf(line) === indentOf(row.line) && line.includes(about) && line !== row.line,
  );
  if (twin === undefined || originsOf(assembled, [last]).length === 0) return [];
  const message = `\`${shown(twin)}\` comes in, and \`${shown(row.line)}\` stays behind it`;
  return [{ gate: 'G10', code: 'E_APPLY_BOUNDARY', message, lines: [row.origin + 1] }];
}

function freshRows({ merged, solid }: Assembled, { start, end }: Placement): string[] {
  const from = solid.rows[start] ?? 0;
  const to = solid.rows[end - 1] ?? 0;
  return merged.rows
    .slice(from, to + 1)
    .filter(({ origin }) => origin < 0)
    .map(({ line }) => line);
}
