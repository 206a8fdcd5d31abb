import type { Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong } from './line-strength.ts';
import type { Hunk } from './merged-rows.ts';
import { takesWholeCode, type Reading } from './other-readings.ts';
import { originsOf, hunksWithin, readingsWithin, viewSegments, type SegmentView } from './segment-views.ts';
import { shown } from './text-rules.ts';

/**
 * G15: lines go in a part that brings nothing in, and with other lines gone more of its beginning (end) would stand in one run: the
 * closers that hold it now are those of another block.
 */
export function heldFailures(assembled: Assembled): GateFailure[] {
  const { input, merged, file } = assembled;
  const failures: GateFailure[] = [];
  for (const view of viewSegments(assembled)) {
    const hunks = hunksWithin(assembled, view.placements).filter((hunk) => isSolid(assembled, hunk));
    const [hunk] = hunks;
    if (hunk === undefined || hunks.length > 1) continue;
    const gone = input.text.lines.slice(hunk.start, hunk.end).find((line) => isStrong(line.trim()));
    const brings = merged.rows.slice(hunk.rowStart, hunk.rowEnd).some(({ line }) => line.trim() !== '');
    const reading = gone === undefined || brings ? undefined : betterHeld(assembled, view);
    if (reading === undefined) continue;
    const line = file.lineAt(file.placeOf(view.window.from) + reading.start) + 1;
    const message = `\`${shown(gone)}\` would go, but more of the lines around it stand together from line ${line} on`;
    failures.push({ gate: 'G15', code: 'E_APPLY_LOSSY', message, lines: [hunk.start + 1, hunk.end] });
  }
  return failures;
}

/** Another deletion that leaves the part's other end where it is. */
function betterHeld(assembled: Assembled, view: SegmentView): Reading | undefined {
  const { file } = assembled;
  const { placements, lines, window } = view;
  const origins = originsOf(assembled, placements);
  const offset = file.placeOf(window.from);
  const start = file.placeOf(origins[0] ?? 0) - offset;
  const end = file.placeOf(origins.at(-1) ?? 0) + 1 - offset;
  const within = file.linesWithin(window);
  const readings = readingsWithin(assembled, view).filter(({ fresh }) => fresh === 0);
  const endOf = ({ start: from, gone }: Reading): number => from + lines.length + gone;
  const own = readings.find((reading) => reading.start === start && endOf(reading) === end);
  if (own === undefined) return undefined;
  return readings.find(
    (other) =>
      ((other.start !== start && endOf(other) === end && other.longestHead > own.longestHead) ||
        (other.start === start && endOf(other) !== end && other.longestTail > own.longestTail)) &&
      takesWholeCode(lines, within, other),
  );
}

function isSolid({ input, merged }: Assembled, { start, end, rowStart, rowEnd }: Hunk): boolean {
  const isText = (line: string): boolean => line.trim() !== '';
  return (
    input.text.lines.slice(start, end).some(isText) ||
    merged.rows.slice(rowStart, rowEnd).some(({ line }) => isText(line))
  );
}
