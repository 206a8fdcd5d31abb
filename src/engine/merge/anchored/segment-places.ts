import type { Snippet } from '../snippet.ts';
import { alignSegment, alignmentWork } from './align-segment.ts';
import type { LineTable } from './line-table.ts';
import type { Place } from './place.ts';
import type { Placement } from './placement.ts';
import { nearBits, refinePlaces } from './refine-places.ts';
import { isWholeCode } from './whole-code.ts';
import { takingOldForm } from './same-statement.ts';
import { likelyShifts, tabulateSegment, type SegmentRows } from './segment-rows.ts';

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
  const hasMarkers = snippet.isMarker.includes(true);
  const last = snippet.segments.length - 1;
  const places: (readonly Place[])[] = [];
  let work = 0;
  // every segment is tried as it is: what that alone takes is known beforehand
  const least = snippet.segments.reduce((rows, { lines }) => rows + lines.filter(isFilled).length, 0);
  if (2 * least * table.exact.length > budget) return { places, work: Infinity };
  for (const [index, segment] of snippet.segments.entries()) {
    const found: Place[] = [];
    const edges = { hasMarkers, first: index === 0, last: index === last };
    for (const shift of likelyShifts(segment, table)) {
      const rows = tabulateSegment(segment, shift, table);
      if (rows === undefined) continue;
      work += alignmentWork(rows, table);
      if (work > budget) return { places, work: Infinity };
      const cost = shift.add === '' && shift.remove === '' ? 0 : shiftCost;
      for (const placement of placementsOf(rows, table)) {
        const bits = edgeBits(placement, rows, table, edges);
        found.push(placeOf(placement, placement.score - cost + bits, index, rows));
      }
    }
    places.push(refinePlaces(distinct(found, table), table, definitions));
  }
  return { places, work };
}

function isFilled(line: string): boolean {
  return line.trim() !== '';
}

/** As the lines are aligned, and those among them that put a statement in the place of its old form. */
function placementsOf(rows: SegmentRows, table: LineTable): Placement[] {
  const aligned = alignSegment(rows, table);
  const best = aligned.reduce((score, placement) => Math.max(score, placement.score), -Infinity);
  const held = aligned
    .filter(({ head, tail, score }) => (head === 'open' || tail === 'open') && score > best - 2 * nearBits)
    .flatMap((placement) => takingOldForm(placement, rows, table) ?? []);
  return [...aligned, ...held];
}

/** Written out, for there are thousands: a copy by spreading takes ten times as long. */
function placeOf(
  { start, end, head, tail, isCopy }: Placement,
  score: number,
  segment: number,
  rows: SegmentRows,
): Place {
  return { start, end, score, head, tail, isCopy, segment, rows, isLossy: false };
}

interface Edges {
  readonly hasMarkers: boolean;
  readonly first: boolean;
  readonly last: boolean;
}

/** What is new at an open end stands by itself: it neither closes nor opens what the lines around it are in. */
class OpenEnds {
  readonly #table: LineTable;
  /** What was found for rows `[from, to)` of each reading of the segment: these are the new ones of many places. */
  readonly #known = new Map<SegmentRows, Map<number, boolean>>();

  constructor(table: LineTable) {
    this.#table = table;
  }

  areWhole({ head, tail, start, end, rows }: Place): boolean {
    const { exact } = rows;
    const { exact: file } = this.#table;
    if (head === 'open' && !this.#isWhole(rows, 0, exact.indexOf(file[start] ?? -2))) return false;
    return tail !== 'open' || this.#isWhole(rows, exact.lastIndexOf(file[end - 1] ?? -2) + 1, exact.length);
  }

  #isWhole(rows: SegmentRows, from: number, to: number): boolean {
    const { lines, lineOfRow } = rows;
    let known = this.#known.get(rows);
    if (known === undefined) this.#known.set(rows, (known = new Map<number, boolean>()));
    const key = from * (lineOfRow.length + 2) + to + 1;
    let isWhole = known.get(key);
    if (isWhole === undefined) {
      isWhole = isWholeCode(lines.slice(lineOfRow[from] ?? 0, lineOfRow[to] ?? lines.length));
      known.set(key, isWhole);
    }
    return isWhole;
  }
}

/** The best of each range, best first. */
function distinct(found: readonly Place[], table: LineTable): Place[] {
  const seen = new Set<number>();
  const kept: Place[] = [];
  const openEnds = new OpenEnds(table);
  for (const place of bestFirst(found)) {
    const key = place.start * (table.exact.length + 1) + place.end;
    if (seen.has(key) || !openEnds.areWhole(place)) continue;
    seen.add(key);
    kept.push(place);
    if (kept.length >= maximumPlaces) break;
  }
  return kept;
}

/** In order of their scores; those that are hardly ever asked for are sorted when they are. */
function* bestFirst(found: readonly Place[]): Generator<Place> {
  const scores = new Float64Array(found.length);
  found.forEach(({ score }, index) => (scores[index] = score));
  scores.sort();
  const least = scores[Math.max(0, scores.length - 2 * maximumPlaces)] ?? 0;
  for (const isBest of [true, false]) {
    const part = found.filter(({ score }) => score >= least === isBest);
    yield* part.sort((a, b) => b.score - a.score || a.start - b.start || a.end - b.end);
  }
}

/** A segment at an edge of the file needs no marker there, and seldom has one. */
const edgeWithoutMarker = 7;
const edgeWithMarker = -4;

function edgeBits(
  place: Placement,
  { segment }: SegmentRows,
  table: LineTable,
  { hasMarkers, first, last }: Edges,
): number {
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
