import { readMarkerLine } from '../intake/marker-line.ts';
import type { Snippet } from '../snippet.ts';
import { numberLines, type LineNumbers } from '../line-numbers.ts';
import { trimmedLines } from '../trimmed-lines.ts';
import { lineOfRow, type Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong } from './line-strength.ts';
import type { MergedRows } from './merged-rows.ts';
import { lowerBound } from './place-pieces.ts';

/** G1: no marker of the edit, and nothing that reads like one, becomes a line of the file. */
export function markerFailures(snippet: Snippet, merged: MergedRows): GateFailure[] {
  const markers = new Set<string>();
  const content = new Set<string>();
  snippet.lines.forEach((line, index) => (snippet.isMarker[index] === true ? markers : content).add(line.trim()));
  const leaked = merged.rows.findIndex(({ line, origin }) => {
    if (origin >= 0) return false;
    const trimmed = line.trim();
    return markers.has(trimmed) || (!content.has(trimmed) && readMarkerLine(line) === 'marker');
  });
  if (leaked < 0) return [];
  const message = `the marker \`${shown(merged.rows[leaked]?.line)}\` would become a line of the file`;
  return [{ gate: 'G1', code: 'E_APPLY_MARKER_LEFT', message, lines: [lineOfRow(merged, leaked)] }];
}

/** G2 and G3: every new row is a line of the edit at its place, and nothing goes where the edit says nothing. */
export function coverFailures({ input, merged, solid, placements }: Assembled): GateFailure[] {
  const failures: GateFailure[] = [];
  for (const hunk of merged.hunks) {
    const first = lowerBound(solid.rows, hunk.rowStart);
    const last = lowerBound(solid.rows, hunk.rowEnd);
    const line = Math.min(hunk.start + 1, input.text.lines.length);
    const foreign = range(first, last).find((at) => !placements.some(({ start, end }) => start <= at && at < end));
    if (foreign !== undefined) {
      const row = merged.rows[solid.rows[foreign] ?? -1]?.line;
      const message = `the line \`${shown(row)}\` would come in, which the edit does not have there`;
      failures.push({ gate: 'G2', code: 'E_APPLY_FOREIGN_LINE', message, lines: [line] });
    } else if (!placements.some(({ start, end }) => start <= last && first <= end)) {
      if (isRemoved(input.snippet, input.text.lines.slice(hunk.start, hunk.end))) continue;
      const message = `line ${line} would change although the edit does not speak of it`;
      failures.push({ gate: 'G3', code: 'E_APPLY_COLLATERAL', message, lines: [line] });
    }
  }
  return failures;
}

/** What a directive takes out needs no lines around it. */
function isRemoved(snippet: Snippet, lines: readonly string[]): boolean {
  return snippet.removes.some((name) => lines.some((line) => line.includes(name)));
}

/** G3: between two lines that both stay, blank lines are as the file has them or as the edit has them. */
export function blankFailures({ merged, solid, placements }: Assembled): GateFailure[] {
  const failures: GateFailure[] = [];
  for (const { piece, start, end } of placements) {
    for (let at = start + 1; at < end; at += 1) {
      const upper = solid.rows[at - 1] ?? 0;
      const lower = solid.rows[at] ?? 0;
      const from = merged.rows[upper]?.origin ?? -1;
      const to = merged.rows[lower]?.origin ?? -1;
      if (from < 0 || to < 0) continue;
      const blanks = lower - upper - 1;
      if (blanks === to - from - 1 || blanks === (piece.blanksBefore[at - start] ?? 0)) continue;
      if (blanks <= 1) continue; // lines went between the two
      const message = `${blanks} blank lines would stand where neither file nor edit has them`;
      failures.push({ gate: 'G3', code: 'E_APPLY_COLLATERAL', message, lines: [from + 1, to + 1] });
    }
  }
  return failures;
}

/** Lines around a new one among which its like is looked for. */
const nearby = 12;

const topLevelName =
  /^(?:import\b|from\s+\S+\s+import\b|use\s|pub\s+use\s|#\s*include\b|#\s*define\s|using\s|package\s|export\s|const\s|let\s|var\s|type\s|interface\s|func\s|def\s|fn\s|class\s|\}\s*from\s)/;

/** Begins a group, of which a file may have several: what is in it tells which it is. */
const groupHead = /^(?:(?:const|var|type) \(|(?:import|export|const|let|var)(?: type)? [{[])$/;

/** G7: what stood once stands twice, one of the two new, and the edit has it once. */
export function duplicateFailures({ input, merged, solid, placements }: Assembled): GateFailure[] {
  const inFile = numberLines(input.text.lines);
  let inResult: ReturnType<typeof countRows> | undefined;
  const openEnds = new Set(
    placements.flatMap(({ piece, start, end }) => [
      ...(piece.markerBefore ? [solid.rows[start]] : []),
      ...(piece.markerAfter ? [solid.rows[end - 1]] : []),
    ]),
  );
  const twice = merged.rows.findIndex(({ line, origin }, row) => {
    if (origin >= 0) return false;
    const trimmed = line.trim();
    if (countOf(trimmed, inFile) !== 1 || !isStrong(trimmed) || groupHead.test(trimmed)) return false;
    if (!topLevelName.test(line) && (trimmed.length < 12 || !openEnds.has(row))) return false;
    inResult ??= countRows(merged.rows);
    const { all = 0, kept = 0 } = inResult.get(trimmed) ?? {};
    return kept > 0 && all > countOf(trimmed, numberLines(input.snippet.lines));
  });
  if (twice < 0) return echoFailures(merged, inFile, numberLines(input.snippet.lines));
  const message = `\`${shown(merged.rows[twice]?.line)}\` would stand twice`;
  const lines = [input.text.lines.findIndex((line) => line.trim() === merged.rows[twice]?.line.trim()) + 1];
  return [{ gate: 'G7', code: 'E_APPLY_DUPLICATE', message, lines }];
}

/** Lines that set apart or close, which come again and again close together. */
const punctuation = /^(?:<\/[\w.-]+>|(?:public|private|protected):)[;,)]*$/;

/**
 * All that comes in at a place stays close by as well: the edit may mean those lines, with what is between gone. One that the edit
 * has as often as the result is shown at both places.
 */
function echoFailures({ rows, hunks }: MergedRows, inFile: LineNumbers, inEdit: LineNumbers): GateFailure[] {
  for (const { start, end, rowStart, rowEnd } of hunks) {
    const fresh = rows.slice(rowStart, rowEnd).map(({ line }) => line.trim());
    const strong = fresh.filter(isStrong);
    if (end > start || strong.length === 0) continue;
    const around = rows.slice(Math.max(0, rowStart - nearby), rowEnd + nearby);
    const isEcho = (wanted: string): boolean =>
      countOf(wanted, inFile) === 1 &&
      countOf(wanted, inEdit) < 2 &&
      !punctuation.test(wanted) &&
      around.some(({ line, origin }) => origin >= 0 && line.trim() === wanted);
    if (!strong.every(isEcho)) continue;
    const message = `\`${shown(strong[0])}\` would stand twice, close together`;
    return [{ gate: 'G7', code: 'E_APPLY_DUPLICATE', message, lines: [start + 1] }];
  }
  return [];
}

/** G7: a whole insertion that is a copy of lines that stay elsewhere is most likely the same lines, taken for new ones. */
export function copiedBlockFailures({ input, merged, solid, placements }: Assembled): GateFailure[] {
  const file = solidLines(input.text.lines);
  const inEdit = solidLines(input.snippet.lines);
  for (const hunk of merged.hunks) {
    const block = solidLines(merged.rows.slice(hunk.rowStart, hunk.rowEnd).map(({ line }) => line));
    if (hunk.end > hunk.start || block.filter(isStrong).length < 3) continue;
    const first = lowerBound(solid.rows, hunk.rowStart);
    const last = lowerBound(solid.rows, hunk.rowEnd);
    if (placements.some(({ start, end }) => start < first && last < end)) continue; // the edit shows both neighbours
    const at = runsOf(file, block);
    if (at.length === 0 || runsOf(inEdit, block).length > at.length) continue;
    const message = `the ${block.length} new lines from \`${shown(block[0])}\` on are in the file already`;
    return [{ gate: 'G7', code: 'E_APPLY_DUPLICATE', message, lines: [hunk.start + 1] }];
  }
  return [];
}

function solidLines(lines: readonly string[]): string[] {
  return trimmedLines(lines).filter((line) => line !== '');
}

/** Where a run of lines stands in others; compares at most a million lines. */
function runsOf(lines: readonly string[], run: readonly string[]): number[] {
  const found: number[] = [];
  let left = 1_000_000;
  for (
    let start = lines.indexOf(run[0] ?? '');
    start >= 0 && left > 0;
    start = lines.indexOf(run[0] ?? '', start + 1)
  ) {
    let length = 0;
    while (length < run.length && lines[start + length] === run[length]) length += 1;
    left -= length;
    if (length === run.length) found.push(start);
  }
  return found;
}

/** How often each line stands in the result, and how often as a line that stays. */
function countRows(rows: MergedRows['rows']): ReadonlyMap<string, { readonly all: number; readonly kept: number }> {
  const counts = new Map<string, { all: number; kept: number }>();
  for (const { line, origin } of rows) {
    const trimmed = line.trim();
    const count = counts.get(trimmed) ?? { all: 0, kept: 0 };
    count.all += 1;
    if (origin >= 0) count.kept += 1;
    counts.set(trimmed, count);
  }
  return counts;
}

/** How many lines are this one, which is not blank. */
function countOf(trimmed: string, { numberOf, places }: LineNumbers): number {
  return places[numberOf.get(trimmed) ?? -1]?.length ?? 0;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

export function shown(line: string | undefined): string {
  const trimmed = (line ?? '').trim();
  return trimmed.length > 60 ? `${trimmed.slice(0, 59)}…` : trimmed;
}
