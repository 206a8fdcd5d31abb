import type { Snippet } from '../snippet.ts';
import { alignSegment, alignmentWork } from './align-segment.ts';
import type { LineTable } from './line-table.ts';
import { nearBits, refinePlaces } from './refine-places.ts';
import type { Placement } from './placement.ts';
import { isWholeCode } from './whole-code.ts';
import { takingOldForm } from './same-statement.ts';
import { likelyShifts, tabulateSegment, type SegmentRows } from './segment-rows.ts';

/** A place for a segment, under one shift of its indentation. */
export interface Place extends Placement {
  readonly segment: number;
  readonly rows: SegmentRows;
  /** A definition goes, as far as that was looked at. */
  readonly isLossy: boolean;
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
      const best = aligned.reduce((score, placement) => Math.max(score, placement.score), -Infinity);
      const held = aligned
        .filter(({ head, tail, score }) => (head === 'open' || tail === 'open') && score > best - 2 * nearBits)
        .flatMap((placement) => takingOldForm(placement, rows, table) ?? []);
      for (const placement of [...aligned, ...held])
        found.push({ ...placement, score: placement.score - cost, segment: index, rows, isLossy: false });
    }
    const edges = { hasMarkers, first: index === 0, last: index === snippet.segments.length - 1 };
    return refinePlaces(distinct(found, table, edges), table, definitions);
  });
  return { places, work };
}

interface Edges {
  readonly hasMarkers: boolean;
  readonly first: boolean;
  readonly last: boolean;
}

/** What is new at an open end stands by itself: it neither closes nor opens what the lines around it are in. */
function isWholeOutside({ head, tail, start, end, rows }: Place, table: LineTable): boolean {
  const lines = (from: number, to: number): readonly string[] =>
    rows.lines.slice(rows.lineOfRow[from] ?? 0, rows.lineOfRow[to] ?? rows.lines.length);
  const { exact } = rows;
  if (head === 'open' && !isWholeCode(lines(0, exact.indexOf(table.exact[start] ?? -2)))) return false;
  const last = exact.lastIndexOf(table.exact[end - 1] ?? -2);
  return tail !== 'open' || isWholeCode(lines(last + 1, exact.length));
}

/** The best of each range, best first, with what the edges of the file say. */
function distinct(found: readonly Place[], table: LineTable, edges: Edges): Place[] {
  const weighed = found
    .map((place) => ({ ...place, score: place.score + edgeBits(place, table, edges) }))
    .sort((a, b) => b.score - a.score || a.start - b.start || a.end - b.end);
  const seen = new Set<number>();
  const kept: Place[] = [];
  for (const place of weighed) {
    const key = place.start * (table.exact.length + 1) + place.end;
    if (seen.has(key) || !isWholeOutside(place, table)) continue;
    seen.add(key);
    kept.push(place);
    if (kept.length >= maximumPlaces) break;
  }
  return kept;
}

/** A segment at an edge of the file needs no marker there, and seldom has one. */
const edgeWithoutMarker = 7;
const edgeWithMarker = -4;

function edgeBits(place: Place, table: LineTable, { hasMarkers, first, last }: Edges): number {
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
