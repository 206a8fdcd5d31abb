import { hunksAround, type Assembled } from './assembled.ts';
import type { Span } from './file-lines.ts';
import type { Hunk } from './merged-rows.ts';
import { readingsOf, type Reading } from './other-readings.ts';
import { lowerBound, type Placement } from './place-pieces.ts';

/** A part of the edit between two markers, with what the candidate makes of it. */
export interface SegmentView {
  /** Where it stands in the result, in order; imports apart. */
  readonly placements: readonly Placement[];
  /** Lines of it that are not blank, without white space around them. */
  readonly lines: readonly string[];
  /** Blank lines of the edit before each of them. */
  readonly blanksBefore: readonly number[];
  /** Something comes or goes in it. */
  readonly isChanged: boolean;
  /** Lines of the file between the nearest parts before and behind that change something: there it could stand as well. */
  readonly window: Span;
}

/** Several rules ask for them. */
const knownViews = new WeakMap<Assembled, readonly SegmentView[]>();

/** The parts of the edit that are more than imports. */
export function viewSegments(assembled: Assembled): readonly SegmentView[] {
  const views = knownViews.get(assembled) ?? makeViews(assembled);
  knownViews.set(assembled, views);
  return views;
}

/** What {@link readingsOf} found in each window: most rules ask. */
const knownReadings = new WeakMap<SegmentView, readonly Reading[]>();

/** All readings of a part among the lines of its window. */
export function readingsWithin({ file }: Assembled, view: SegmentView): readonly Reading[] {
  const readings = knownReadings.get(view) ?? readingsOf(view.lines, file.linesWithin(view.window));
  knownReadings.set(view, readings);
  return readings;
}

/** The changes within placements, in order. */
export function hunksWithin(assembled: Assembled, placements: readonly Placement[]): Hunk[] {
  const hunks = placements.flatMap((placement) =>
    hunksAround(assembled, placement).filter((hunk) => touches(assembled, placement, hunk)),
  );
  return [...new Set(hunks)];
}

function makeViews(assembled: Assembled): SegmentView[] {
  const { placements, input } = assembled;
  const groups = new Map<number, Placement[]>();
  for (const placement of placements) {
    if (placement.piece.isImport) continue;
    const { segment } = placement.piece;
    const group = groups.get(segment);
    if (group === undefined) groups.set(segment, [placement]);
    else group.push(placement);
  }
  const views = [...groups.values()].map((group) => ({
    placements: group,
    lines: group.flatMap(({ piece }) => piece.lines.map((line) => line.trim())),
    blanksBefore: group.flatMap(({ piece: { blanksBefore, blanksAbove } }) => [blanksAbove, ...blanksBefore.slice(1)]),
    isChanged: isChanged(assembled, group),
  }));
  return views.map((view, index) => {
    const before = views.slice(0, index).findLast(({ isChanged }) => isChanged);
    const behind = views.slice(index + 1).find(({ isChanged }) => isChanged);
    const from = before === undefined ? 0 : (originsOf(assembled, before.placements).at(-1) ?? -1) + 1;
    const to = behind === undefined ? input.text.lines.length : (originsOf(assembled, behind.placements)[0] ?? 0);
    return { ...view, window: { from, to: Math.max(from, to) } };
  });
}

/** Something comes or goes in it, or is indented anew. */
function isChanged(assembled: Assembled, group: readonly Placement[]): boolean {
  const { merged, solid, input } = assembled;
  return (
    hunksWithin(assembled, group).length > 0 ||
    group.some(({ start, end }) =>
      [...solid.rows.subarray(start, end)].some((at) => {
        const row = merged.rows[at];
        return row !== undefined && row.line.trimEnd() !== input.text.lines[row.origin]?.trimEnd();
      }),
    )
  );
}

/** Lines of the file that stay in the placements. */
export function originsOf({ merged, solid }: Assembled, placements: readonly Placement[]): number[] {
  return placements.flatMap(({ start, end }) => {
    const origins: number[] = [];
    for (let at = start; at < end; at += 1) {
      const origin = merged.rows[solid.rows[at] ?? -1]?.origin ?? -1;
      if (origin >= 0) origins.push(origin);
    }
    return origins;
  });
}

/** What the hunk brings or takes lies within the placement, and not at most at its edge. */
function touches({ solid }: Assembled, { start, end }: Placement, { rowStart, rowEnd }: Hunk): boolean {
  const first = lowerBound(solid.rows, rowStart);
  const last = lowerBound(solid.rows, rowEnd);
  return (first < end && start < last) || (start < first && first < end);
}
