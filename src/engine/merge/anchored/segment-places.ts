import type { Snippet } from '../snippet.ts';
import { alignSegment, alignmentWork } from './align-segment.ts';
import type { LineTable } from './line-table.ts';
import { pureInsertions } from './pure-insertions.ts';
import { refinePlaces } from './refine-places.ts';
import type { Placement } from './placement.ts';
import { takingOldForm } from './same-statement.ts';
import { likelyShifts, tabulateSegment, type SegmentRows } from './segment-rows.ts';

/** A place for a segment, under one shift of its indentation. */
export interface Place extends Placement {
  readonly segment: number;
  readonly rows: SegmentRows;
}

/** A shift must explain more than the segment as it is. */
const shiftCost = 2;
/** Places kept for each segment: a line that stands everywhere has more, and then none of them is told apart. */
const maximumPlaces = 400;

export interface PlacesOfSegments {
  /** For each segment, best first. */
  readonly places: readonly (readonly Place[])[];
  /** Comparisons of lines that it took; infinite when the budget did not suffice. */
  readonly work: number;
}

export function placeSegments(
  snippet: Snippet,
  table: LineTable,
  definitions: ReadonlyMap<number, string>,
  budget: number,
): PlacesOfSegments {
  let work = 0;
  const hasMarkers = snippet.isMarker.includes(true);
  const places = snippet.segments.map((segment, index) => {
    const found: Place[] = [];
    for (const shift of likelyShifts(segment, table)) {
      const rows = tabulateSegment(segment, shift, table);
      if (rows === undefined) continue;
      work += alignmentWork(rows, table);
      if (work > budget) {
        work = Infinity;
        return [];
      }
      const cost = shift.add === '' && shift.remove === '' ? 0 : shiftCost;
      const aligned = alignSegment(rows, table);
      const held = aligned
        .filter(({ head, tail }) => head === 'open' || tail === 'open')
        .flatMap((placement) => takingOldForm(placement, rows, table) ?? []);
      for (const placement of [...aligned, ...held, ...pureInsertions(rows, table)])
        found.push({ ...placement, score: placement.score - cost, segment: index, rows });
    }
    const last = index === snippet.segments.length - 1;
    const weighed = found.map((place) => ({
      ...place,
      score: place.score + edgeBits(place, table, hasMarkers, index === 0, last),
    }));
    weighed.sort((a, b) => b.score - a.score);
    return refinePlaces(weighed.slice(0, maximumPlaces), table, definitions);
  });
  return { places, work };
}

/** A segment at an edge of the file needs no marker there, and seldom has one. */
const edgeWithoutMarker = 7;
const edgeWithMarker = -4;

function edgeBits(place: Place, table: LineTable, hasMarkers: boolean, first: boolean, last: boolean): number {
  const { segment } = place.rows;
  let bits = 0;
  if (place.start === 0) {
    if (segment.markerBefore) bits += edgeWithMarker;
    else if (first && hasMarkers) bits += edgeWithoutMarker;
  }
  if (place.end === table.exact.length) {
    if (segment.markerAfter) bits += edgeWithMarker;
    else if (last && hasMarkers) bits += edgeWithoutMarker;
  }
  return bits;
}
