import type { Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong } from './line-strength.ts';
import { matchLines } from './match-lines.ts';
import { strengthOf, type Reading } from './other-readings.ts';
import { originsOf, readingsWithin, viewSegments, type SegmentView } from './segment-views.ts';
import { shown } from './text-rules.ts';

/** A place that has at least this share of the lines of the part that say something is a twin of its own. */
const twinShare = 0.4;

/** Twins that are looked at; more of them are ends of the same place. */
const maximumTwins = 200;

/**
 * G15: a part brings lines in that stand at another place where it begins and ends as well, and that is much like this one.
 * Each of the two has what the other lacks: one of them may be in the new form already. Where the part has an end here that is
 * new, it is enough that it has both there and more of its lines; and where nothing but brackets holds it here, that it would come
 * in there with nothing gone.
 */
export function twinFailures(assembled: Assembled): GateFailure[] {
  const { file } = assembled;
  const failures: GateFailure[] = [];
  for (const view of viewSegments(assembled)) {
    if (!view.isChanged) continue;
    const kept = keptLines(assembled, view);
    const twin = twinOf(assembled, view, kept);
    if (twin === undefined) continue;
    const line = file.lineAt(file.placeOf(view.window.from) + twin.reading.start) + 1;
    const message = `\`${shown(twin.line)}\` would come in, and stands behind line ${line}, where the part fits as well`;
    const own = (originsOf(assembled, view.placements)[0] ?? 0) + 1;
    failures.push({ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [own, line] });
  }
  return failures;
}

/** Positions in the part of the lines that stand where it was put. */
function keptLines({ merged, solid }: Assembled, { placements }: SegmentView): ReadonlySet<number> {
  const rows = placements.flatMap(({ start, end }) => [...solid.rows.subarray(start, end)]);
  return new Set(rows.flatMap((row, at) => ((merged.rows[row]?.origin ?? -1) < 0 ? [] : [at])));
}

interface Twin {
  readonly reading: Reading;
  /** The line that comes in here and stands there. */
  readonly line: string;
}

function twinOf(assembled: Assembled, view: SegmentView, kept: ReadonlySet<number>): Twin | undefined {
  const { file } = assembled;
  const { lines, placements, window } = view;
  const isOpen = !kept.has(0) || !kept.has(lines.length - 1);
  const isTold = (at: number): boolean => !kept.has(at) && isStrong(lines[at] ?? '');
  // where neither can be the case, nothing is looked for
  if (!isOpen && !lines.some((line, at) => isTold(at) && file.countOf(line) === 1)) return undefined;
  const within = file.linesWithin(window);
  const offset = file.placeOf(window.from);
  const origins = originsOf(assembled, placements);
  const first = file.placeOf(origins[0] ?? 0) - offset;
  const last = file.placeOf(origins.at(-1) ?? 0) - offset;
  const strong = lines.filter(isStrong).length;
  const own = lines.filter((line, at) => kept.has(at) && isStrong(line)).length;
  let left = maximumTwins;
  for (const reading of readingsWithin(assembled, view)) {
    const end = reading.start + lines.length - reading.fresh + reading.gone;
    if (reading.start <= last && first < end) continue;
    if (strengthOf(lines, reading).head === 0) continue;
    if ((left -= 1) < 0) return undefined;
    const match = matchLines(within.slice(reading.start, end), lines);
    const held = lines.flatMap((line, at) => ((match[at] ?? -1) >= 0 && isStrong(line) ? [at] : []));
    const line = held.find((at) => isTold(at) && (isOpen || file.countOf(lines[at] ?? '') === 1));
    if (line === undefined) continue;
    const isInsertion = own === 0 && reading.gone === 0 && kept.size > 0;
    if (held.length < twinShare * strong && !isInsertion) continue;
    if (isOpen && held.length <= own && file.countOf(lines[line] ?? '') > 1) continue;
    return { reading, line: lines[line] ?? '' };
  }
  return undefined;
}
