import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { keptLines } from './kept-lines.ts';
import { isStrong } from './line-strength.ts';
import { originsOf, viewSegments } from './segment-views.ts';
import { shown } from './text-rules.ts';

/** From this share of the lines on an edit that begins with the file may be meant for all of it. */
const mostOfFile = 2 / 3;

/**
 * G11: an edit without markers that begins with the file and is most of it, but stops before its end: what it leaves out may be
 * meant to stay or to go. The same where an edit has markers, but none beyond a first (last) part that says nothing new: it can
 * only be there to show an edge.
 */
export function shortEdgeFailures(assembled: Assembled, before: readonly PlacedDefinition[]): GateFailure[] {
  const { input, file, placements, merged } = assembled;
  const { lines } = input.text;
  const origins = originsOf(assembled, placements).sort((one, other) => one - other);
  const [from, to] = [origins[0], origins.at(-1)];
  if (from === undefined || to === undefined) return [];
  const stays = keptLines(merged);
  const hasMarkers = input.snippet.isMarker.includes(true);
  const total = file.linesWithin({ from: 0, to: lines.length }).length;
  const isMost = !hasMarkers && file.placeOf(from) === 0 && file.placeOf(to) + 1 >= mostOfFile * total;
  const shows = hasMarkers ? edgesOf(assembled) : { first: false, last: false };
  // the header of a definition says where the edit begins, and its last line where it ends
  const begins = before.some(({ startLine, headerLine }) => from === startLine || from === headerLine);
  const ends = before.some(({ startLine, endLine }) => startLine >= from && endLine === to);
  const isOne = before.some(
    (first) =>
      first.startLine <= from &&
      from <= first.startLine + 1 &&
      // overloads are definitions of one name
      before.some((last) => last.path === first.path && to <= last.endLine),
  );
  const rest = [
    { start: 0, end: from, isOpen: shows.first && !begins },
    { start: to + 1, end: lines.length, isOpen: (shows.last && !ends) || (isMost && !isOne) },
  ];
  return rest.flatMap(({ start, end, isOpen }): GateFailure[] => {
    if (!isOpen) return [];
    const left = lines.slice(start, end).findIndex((line, index) => isStrong(line.trim()) && stays.has(start + index));
    if (left < 0) return [];
    const message = `the edit leaves out the lines from \`${shown(lines[start + left])}\` on without a marker`;
    return [{ gate: 'G11', code: 'E_APPLY_EDGE', message, lines: [start + left + 1, end] }];
  });
}

/** Whether the first and the last part have no marker beyond them and change nothing. */
function edgesOf(assembled: Assembled): { readonly first: boolean; readonly last: boolean } {
  const { segments } = assembled.input.snippet;
  const unchanged = new Set(
    viewSegments(assembled)
      .filter(({ isChanged }) => !isChanged)
      .map(({ placements }) => placements[0]?.piece.segment),
  );
  return {
    first: segments[0]?.markerBefore === false && unchanged.has(0),
    last: segments.at(-1)?.markerAfter === false && unchanged.has(segments.length - 1),
  };
}
