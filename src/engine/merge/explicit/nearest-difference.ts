import type { Place, Refusal } from '../merge.ts';
import { isStrong, similarity } from '../gate/line-strength.ts';
import { oldLines, type HunkLine } from './hunk.ts';
import type { LineIndex } from './line-index.ts';

export interface NearestDifference {
  readonly place: Place;
  readonly difference: NonNullable<Refusal['difference']>;
}

/** Hunks are compared at this many places at most: for a message, not for the merge. */
const maximumStarts = 200;

/** Lines of a hunk, and of the file, of which the likest pair is looked for when none stands in the file. */
const maximumLines = { hunk: 4, file: 20_000 };

/** Less than this two lines have in common by accident. */
const leastSimilarity = 0.6;

/** Where most lines of a hunk stand, else where one is much like a line, and the first that differs there. */
export function nearestDifference(index: LineIndex, lines: readonly HunkLine[]): NearestDifference | undefined {
  const old = oldLines(lines);
  let best = { start: 0, equal: 0 };
  for (const start of startsOf(index, old)) {
    const equal = old.filter(
      (line, at) => line.trim() !== '' && line.trim() === index.lines[start + at]?.trim(),
    ).length;
    if (equal > best.equal) best = { start, equal };
  }
  const start = best.equal > 0 ? best.start : likestStart(index, old);
  if (start === undefined) return undefined;
  const at = old.findIndex((line, offset) => line.trimEnd() !== (index.lines[start + offset] ?? '').trimEnd());
  if (at < 0) return undefined;
  return {
    place: { startLine: start + 1, endLine: start + old.length, text: index.lines[start] ?? '' },
    difference: { line: start + at + 1, found: index.lines[start + at] ?? '', expected: old[at] ?? '' },
  };
}

function likestStart({ lines }: LineIndex, old: readonly string[]): number | undefined {
  let start: number | undefined;
  let most = leastSimilarity;
  const telling = old.flatMap((line, at) => (isStrong(line.trim()) ? [{ line: line.trim(), at }] : []));
  for (const { line, at } of telling.slice(0, maximumLines.hunk)) {
    for (let position = at; position < Math.min(lines.length, maximumLines.file); position += 1) {
      const alike = similarity(line, (lines[position] ?? '').trim());
      if (alike > most || (alike === most && start === undefined)) [most, start] = [alike, position - at];
    }
  }
  return start;
}

function startsOf(index: LineIndex, old: readonly string[]): Set<number> {
  const starts = new Set<number>();
  for (const [at, line] of old.entries()) {
    if (line.trim() === '') continue;
    for (const position of index.occurrences([line])) {
      if (starts.size >= maximumStarts) return starts;
      if (position >= at) starts.add(position - at);
    }
  }
  return starts;
}
