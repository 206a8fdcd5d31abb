import type { Refusal } from '../merge.ts';
import { refuse } from '../refuse.ts';
import type { Snippet } from '../snippet.ts';
import { fileHead } from './belongs-together.ts';
import { editLineOf } from './edit-line.ts';
import { isImportLine } from '../gate/pieces.ts';
import { bracketRest } from './bracket-rest.ts';
import { gapsOf, range, type Gap } from './gaps.ts';
import { lineSimilarity } from './line-similarity.ts';
import { indentOf, isStructural, type LineTable } from './line-table.ts';
import type { Place } from './place.ts';

/** Similarity from which a line is the new form of another. */
const sameLine = 0.5;

/**
 * An edit that begins (ends) without a marker, so few lines behind the beginning (before the end) of the file that it may
 * mean to delete them. With markers elsewhere the author knows how to say that code stays.
 */
export const fewLines = { withMarkers: 8, without: 3 };

/** Refuses where it is open whether the lines beyond an edge of the edit stay: never delete there, never guess that they stay. */
export function impliedEdge(
  snippet: Snippet,
  places: readonly Place[],
  table: LineTable,
  lines: readonly string[],
): Refusal | undefined {
  const hasMarkers = snippet.isMarker.includes(true);
  const limit = (place: Place): number =>
    hasMarkers ? (isAsItStands(place, table) ? Infinity : fewLines.withMarkers) : fewLines.without;
  const { lineOfRow } = table;
  const dropped = places.flatMap((place) => droppedAtEdge(place, table) ?? [])[0];
  if (dropped !== undefined) return refuseDropped(dropped, table);
  const first = places[0];
  const last = places.at(-1);
  if (
    first !== undefined &&
    !first.rows.segment.markerBefore &&
    first.start > 0 &&
    first.start <= limit(first) &&
    (hasMarkers || !beginsInside(first, table))
  ) {
    return refuse(
      'E_APPLY_EDGE',
      `The edit begins without a marker, ${count(first.start)} after the beginning of the file.`,
      {
        editLine: editLineOf(snippet, first.rows.segment.firstLine),
        candidates: [{ startLine: 1, endLine: lineOfRow[first.start] ?? 1, text: lines[0] ?? '' }],
        advice: 'Begin the edit with a marker such as `... existing code ...` when these lines stay.',
      },
    );
  }
  const rest = lineOfRow.length - (last?.end ?? 0);
  if (
    last !== undefined &&
    !last.rows.segment.markerAfter &&
    rest > 0 &&
    rest <= limit(last) &&
    (hasMarkers || !stopsInside(last, table))
  ) {
    const startLine = (lineOfRow[last.end] ?? 0) + 1;
    return refuse('E_APPLY_EDGE', `The edit ends without a marker, ${count(rest)} before the end of the file.`, {
      candidates: [{ startLine, endLine: lines.length, text: lines[startLine - 1] ?? '' }],
      advice: 'End the edit with a marker such as `... existing code ...` when these lines stay.',
    });
  }
  return undefined;
}

function refuseDropped({ start, end }: Gap, table: LineTable): Refusal {
  const { lineOfRow } = table;
  const [startLine, endLine] = [(lineOfRow[start] ?? 0) + 1, (lineOfRow[end - 1] ?? 0) + 1];
  return refuse('E_APPLY_EDGE', 'The edit has nothing for lines at an edge of the file.', {
    candidates: [{ startLine, endLine, text: table.lineAt(start) }],
    advice: 'Put a marker such as `... existing code ...` there when they stay.',
  });
}

function count(lines: number): string {
  return lines === 1 ? 'one line' : `${String(lines)} lines`;
}

/** A part inside of a block, or that changes something in the midst of a file, says nothing of what comes before it. */
function beginsInside(place: Place, table: LineTable): boolean {
  const open = bracketRest(range(0, place.start).map((row) => table.lineAt(row)));
  if (open !== undefined && open !== '') return true;
  if (table.exact.length - place.end <= fewLines.without) return false;
  const line = place.rows.lines[place.rows.lineOfRow[0] ?? 0] ?? '';
  return !isAsItStands(place, table) && !isImportLine(line) && !fileHead.test(line);
}

/** An attribute says nothing without what it belongs to. */
const attribute = /^\s*(?:@[\w.]|#\[)/;

/** Without what comes behind it the part is no whole code: brackets stay open, a block breaks off. */
function stopsInside(place: Place, table: LineTable): boolean {
  const { lines, lineOfRow } = place.rows;
  const rest = range(place.end, table.exact.length).map((row) => table.lineAt(row));
  const open = bracketRest(rest);
  if (open !== undefined && open !== '') return true;
  if (attribute.test(lines[lineOfRow.at(-1) ?? 0] ?? '')) return true;
  if (isDocumented(place, table)) return true;
  if (place.start <= fewLines.without) return false;
  const [next = ''] = rest;
  return !isAsItStands(place, table) && indentOf(next) !== '' && !isStructural(next.trim());
}

/** A line of comment that is whole. */
const comment = /^\s*(?:\/\/|\/\*(?!.*\*\/.).*\*\/$|#(?!\[|\s*(?:if|else|endif|define|include)\b)|\*\/$)/;

/** The part ends with a comment of the file that belongs to the line behind it: that one stays with its comment. */
function isDocumented({ end, rows }: Place, table: LineTable): boolean {
  const { exact, lineOfRow } = table;
  const line = table.lineAt(end - 1);
  if (rows.exact.at(-1) !== exact[end - 1] || !comment.test(line) || rows.segment.blankAfter > 0) return false;
  return lineOfRow[end] === (lineOfRow[end - 1] ?? 0) + 1 && !comment.test(table.lineAt(end));
}

/** The segment changes nothing: it may have been sent only to show that what is beyond goes. */
function isAsItStands({ start, end, rows }: Place, table: LineTable): boolean {
  const { exact } = rows;
  if (end - start !== exact.length || rows.lines.every((line) => isStructural(line.trim()))) return false;
  return exact.every((number, row) => number === table.exact[start + row]);
}

/** Lines of the file that go at its edge, and for which the edit has nothing alike. */
function droppedAtEdge({ head, tail, start, end, rows }: Place, table: LineTable): Gap | undefined {
  if (head !== 'file' && tail !== 'file') return undefined;
  return gapsOf(rows, table, start, end).find((gap) => {
    const isAtEdge = (head === 'file' && gap.start === start) || (tail === 'file' && gap.end === end);
    if (!isAtEdge) return false;
    return range(gap.start, gap.end).some((row) => {
      const old = table.lineAt(row);
      return !isStructural(old.trim()) && !gap.fresh.some((line) => lineSimilarity(old, line) >= sameLine);
    });
  });
}
