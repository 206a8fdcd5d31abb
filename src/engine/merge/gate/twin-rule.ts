import type { Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong } from './line-strength.ts';
import { matchLines } from './match-lines.ts';
import { readingsOf, strengthOf, type Reading } from './other-readings.ts';
import { originsOf, viewSegments, type SegmentView } from './segment-views.ts';
import { shown } from './text-rules.ts';

/** A place that has at least this share of the lines of the part that say something is a twin of its own. */
const twinShare = 0.4;

/** Twins that are looked at; more of them are ends of the same place. */
const maximumTwins = 200;

/**
 * G15: a part brings lines in that stand at another place where it begins and ends as well, and that is much like this one.
 * Each of the two has what the other lacks: one of them may be in the new form already.
 */
export function twinFailures(assembled: Assembled): GateFailure[] {
  const { file } = assembled;
  const failures: GateFailure[] = [];
  for (const view of viewSegments(assembled)) {
    if (!view.isChanged) continue;
    const fresh = freshLines(assembled, view);
    if (fresh.size === 0) continue;
    const twin = twinOf(assembled, view, fresh);
    if (twin === undefined) continue;
    const line = file.lineAt(file.placeOf(view.window.from) + twin.reading.start) + 1;
    const message = `\`${shown(twin.line)}\` would come in, and stands behind line ${line}, where the part fits as well`;
    const own = (originsOf(assembled, view.placements)[0] ?? 0) + 1;
    failures.push({ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [own, line] });
  }
  return failures;
}

/** Positions in the part of the lines that come in and stand in the file just once. */
function freshLines({ merged, solid, file }: Assembled, { placements, lines }: SegmentView): ReadonlySet<number> {
  const rows = placements.flatMap(({ start, end }) => [...solid.rows.subarray(start, end)]);
  return new Set(
    rows.flatMap((row, at) => {
      const line = lines[at] ?? '';
      return (merged.rows[row]?.origin ?? 0) < 0 && isStrong(line) && file.countOf(line) === 1 ? [at] : [];
    }),
  );
}

function twinOf(
  assembled: Assembled,
  { lines, placements, window }: SegmentView,
  fresh: ReadonlySet<number>,
): { readonly reading: Reading; readonly line: string } | undefined {
  const { file } = assembled;
  const within = file.linesWithin(window);
  const offset = file.placeOf(window.from);
  const origins = originsOf(assembled, placements);
  const first = file.placeOf(origins[0] ?? 0) - offset;
  const last = file.placeOf(origins.at(-1) ?? 0) - offset;
  const strong = lines.filter(isStrong).length;
  let left = maximumTwins;
  for (const reading of readingsOf(lines, within)) {
    const end = reading.start + lines.length - reading.fresh + reading.gone;
    if (reading.start <= last && first < end) continue;
    if (strengthOf(lines, reading).head === 0) continue;
    if ((left -= 1) < 0) return undefined;
    const match = matchLines(within.slice(reading.start, end), lines);
    const held = lines.flatMap((line, at) => ((match[at] ?? -1) >= 0 && isStrong(line) ? [at] : []));
    const line = held.find((at) => fresh.has(at));
    if (line === undefined || held.length < twinShare * strong) continue;
    return { reading, line: lines[line] ?? '' };
  }
  return undefined;
}
