import type { Placement } from './placement.ts';

/** One place for each segment, in the order of the snippet; `total` is what speaks for all of them together, in bits. */
export interface Assignment<T extends Placement> {
  readonly places: readonly T[];
  readonly total: number;
}

/** A marker stands for code: two segments that touch leave it none. */
const nothingKept = 4;

interface Chain {
  /** For each segment and place: best total of the segments before (behind) it, and the place of the neighbour in it. */
  readonly total: readonly Float64Array[];
  readonly neighbour: readonly Int32Array[];
}

/** Best totals of all segments before each place: the segment before must end where the place begins, or earlier. */
function chainForward(options: readonly (readonly Placement[])[]): Chain {
  const total: Float64Array[] = [];
  const neighbour: Int32Array[] = [];
  options.forEach((places, segment) => {
    const totals = new Float64Array(places.length);
    const neighbours = new Int32Array(places.length).fill(-1);
    total.push(totals);
    neighbour.push(neighbours);
    const before = options[segment - 1];
    if (before === undefined) return;
    const sumBefore = total[segment - 1] ?? new Float64Array(0);
    const byEnd = [...before.keys()].sort((a, b) => (before[a]?.end ?? 0) - (before[b]?.end ?? 0));
    const byStart = [...places.keys()].sort((a, b) => (places[a]?.start ?? 0) - (places[b]?.start ?? 0));
    let next = 0;
    let apart = { total: -Infinity, index: -1 };
    let touching: { end: number; total: number; index: number } = { end: -1, total: -Infinity, index: -1 };
    for (const index of byStart) {
      const start = places[index]?.start ?? 0;
      while (next < byEnd.length && (before[byEnd[next] ?? 0]?.end ?? 0) <= start) {
        const candidate = byEnd[next] ?? 0;
        const end = before[candidate]?.end ?? 0;
        const sum = (sumBefore[candidate] ?? 0) + (before[candidate]?.score ?? 0);
        if (end !== touching.end) {
          if (touching.total > apart.total) apart = { total: touching.total, index: touching.index };
          touching = { end, total: -Infinity, index: -1 };
        }
        if (sum > touching.total) touching = { end, total: sum, index: candidate };
        next += 1;
      }
      const close = touching.total - (touching.end === start ? nothingKept : 0);
      const best = close > apart.total ? { total: close, index: touching.index } : apart;
      totals[index] = best.total;
      neighbours[index] = best.index;
    }
  });
  return { total, neighbour };
}

/** The same from the end: mirrored rows, mirrored order of segments. */
function chainBackward(options: readonly (readonly Placement[])[]): Chain {
  const mirror = options
    .map((places) => places.map((place) => ({ ...place, start: -place.end, end: -place.start })))
    .reverse();
  const chain = chainForward(mirror);
  return { total: [...chain.total].reverse(), neighbour: [...chain.neighbour].reverse() };
}

/**
 * The best places for all segments in the order of the snippet, then the best assignments that put at least one segment
 * elsewhere and lose at most `margin` bits, best first. Empty when the segments fit in no order.
 */
export function assignPlaces<T extends Placement>(
  options: readonly (readonly T[])[],
  margin: number,
  limit: number,
): Assignment<T>[] {
  const before = chainForward(options);
  const behind = chainBackward(options);
  const scored: { segment: number; index: number; total: number }[] = [];
  options.forEach((places, segment) => {
    places.forEach((place, index) => {
      const total = (before.total[segment]?.[index] ?? 0) + (behind.total[segment]?.[index] ?? 0) + place.score;
      if (total > -Infinity) scored.push({ segment, index, total });
    });
  });
  scored.sort((a, b) => b.total - a.total || a.segment - b.segment || a.index - b.index);
  const best = scored[0];
  if (best === undefined) return [];
  const found = new Map<string, Assignment<T>>();
  for (const { segment, index, total } of scored) {
    if (total < best.total - margin || found.size >= limit) break;
    const indexes = walk(options.length, segment, index, before, behind);
    const key = indexes.join(':');
    if (found.has(key)) continue;
    const places = indexes.flatMap((place, at) => options[at]?.[place] ?? []);
    found.set(key, { places, total });
  }
  return [...found.values()];
}

function walk(count: number, segment: number, index: number, before: Chain, behind: Chain): number[] {
  const indexes = new Array<number>(count).fill(-1);
  indexes[segment] = index;
  for (let at = segment; at > 0; at -= 1) indexes[at - 1] = before.neighbour[at]?.[indexes[at] ?? -1] ?? -1;
  for (let at = segment; at < count - 1; at += 1) indexes[at + 1] = behind.neighbour[at]?.[indexes[at] ?? -1] ?? -1;
  return indexes;
}
