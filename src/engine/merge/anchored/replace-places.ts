import type { LineChange } from '../candidate.ts';
import type { TextLines } from '../text-lines.ts';
import type { LineTable } from './line-table.ts';
import { renderChanges } from './render-changes.ts';
import type { Place } from './place.ts';

const opensBlock = /[{([:]\s*$/;

/** The changes that put each segment at its place. */
export function replacePlaces(places: readonly Place[], table: LineTable, text: TextLines): LineChange[] {
  return places.flatMap((place) => {
    const start = ownsGapAbove(place, table)
      ? lineOf(table, place.start - 1, text) + 1
      : lineOf(table, place.start, text);
    const end = place.end > place.start ? lineOf(table, place.end - 1, text) + 1 : start;
    const lines = [...place.rows.lines];
    const { segment } = place.rows;
    const before = text.lines[start - 1];
    const wantsGapBefore = place.head === 'open' && segment.blankBefore > 0 && before !== undefined;
    if (wantsGapBefore && before.trim() !== '' && !opensBlock.test(before)) lines.unshift('');
    const behind = text.lines[end];
    const wantsGapBehind = place.tail === 'open' && segment.blankAfter > 0 && behind !== undefined;
    if (wantsGapBehind && behind.trim() !== '' && !/^\s*[)\]}]/.test(behind)) lines.push('');
    return renderChanges(text.lines, { start, end, lines, segment: place.segment });
  });
}

/**
 * New lines right behind a marker, a blank line, then a line that stands: the blank line above that one is the edit's, and the
 * new lines come behind what is above it.
 */
function ownsGapAbove({ head, start, rows }: Place, table: LineTable): boolean {
  if (head !== 'open' || start === 0 || rows.segment.blankBefore > 0 || !rows.segment.markerBefore) return false;
  const held = rows.exact.indexOf(table.exact[start] ?? -2);
  return held > 0 && rows.blankBefore[held] === 1 && table.blankBefore[start] === 1;
}

function lineOf(table: LineTable, row: number, text: TextLines): number {
  return table.lineOfRow[row] ?? text.lines.length;
}
