import { gapsOf, range, type Gap } from './gaps.ts';
import type { LineTable } from './line-table.ts';
import { lineSimilarity } from './line-similarity.ts';
import type { Place } from './place.ts';
import type { SegmentRows } from './segment-rows.ts';

/** Places this much worse than a segment's best, and more of them than this, are not looked at again. */
export const nearBits = 24;
const nearPlaces = 12;
/** Lines of one gap that are compared with each other. */
const gapLines = 24;
/** Similarity from which a new line is the old one, changed. */
const sameLine = 0.5;
/** Bits of a line that is the same but for nothing: the first of a place, and each further one. */
const firstLikeness = 4;
const furtherLikeness = 2;

/** A definition goes whose name the new lines do not have: seldom is one renamed and changed at once. */
const lostDefinition = 8;
/** Similarity from which a line with its name is the header of a definition, changed. */
const sameHeader = 0.6;

/**
 * Adds what the alignment does not see: a new line that is like the line it takes the place of speaks for the place, a
 * definition that goes against it.
 */
export function refinePlaces(
  places: readonly Place[],
  table: LineTable,
  definitions: ReadonlyMap<number, string>,
): Place[] {
  const best = places[0]?.score ?? 0;
  const refined = places.map((place, index) =>
    index < nearPlaces && place.score > best - nearBits ? { ...place, ...weighGaps(place, table, definitions) } : place,
  );
  return refined.sort((a, b) => b.score - a.score);
}

function weighGaps(
  { start, end, rows, score }: Place,
  table: LineTable,
  definitions: ReadonlyMap<number, string>,
): Pick<Place, 'score' | 'isLossy'> {
  const gaps = gapsOf(rows, table, start, end);
  let bits = 0;
  for (const gap of gaps) {
    const olds = range(gap.start, Math.min(gap.end, gap.start + gapLines)).map((row) => table.lineAt(row));
    let from = 0;
    for (const fresh of gap.fresh.slice(0, gapLines)) {
      let best = sameLine;
      let at = -1;
      olds.forEach((old, index) => {
        const similarity = index < from ? 0 : lineSimilarity(old, fresh);
        if (similarity > best) [best, at] = [similarity, index];
      });
      if (at < 0) continue;
      bits += ((bits === 0 ? firstLikeness : furtherLikeness) * (best - sameLine)) / (1 - sameLine);
      from = at + 1;
    }
  }
  const isLossy = losesName(gaps, rows, table, definitions);
  return { score: score + bits - (isLossy ? lostDefinition : 0), isLossy };
}

function losesName(
  gaps: readonly Gap[],
  rows: SegmentRows,
  table: LineTable,
  definitions: ReadonlyMap<number, string>,
): boolean {
  return gaps.some(({ start, end }) =>
    range(start, end).some((row) => {
      const name = definitions.get(row);
      if (name === undefined) return false;
      const header = table.lineAt(row);
      return !rows.lines.some((line) => line.includes(name) && lineSimilarity(line, header) >= sameHeader);
    }),
  );
}
