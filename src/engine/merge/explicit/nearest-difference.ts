import type { Place, Refusal } from '../merge.ts';
import { oldLines, type HunkLine } from './hunk.ts';
import type { LineIndex } from './line-index.ts';

export interface NearestDifference {
  readonly place: Place;
  readonly difference: NonNullable<Refusal['difference']>;
}

/** Hunks are compared at this many places at most: for a message, not for the merge. */
const maximumStarts = 200;

/** Where most lines of a hunk stand, and the first that differs there. */
export function nearestDifference(index: LineIndex, lines: readonly HunkLine[]): NearestDifference | undefined {
  const old = oldLines(lines);
  let best = { start: 0, equal: 0 };
  for (const start of startsOf(index, old)) {
    const equal = old.filter(
      (line, at) => line.trim() !== '' && line.trim() === index.lines[start + at]?.trim(),
    ).length;
    if (equal > best.equal) best = { start, equal };
  }
  if (best.equal === 0) return undefined;
  const { start } = best;
  const at = old.findIndex((line, offset) => line.trimEnd() !== (index.lines[start + offset] ?? '').trimEnd());
  if (at < 0) return undefined;
  return {
    place: { startLine: start + 1, endLine: start + old.length, text: index.lines[start] ?? '' },
    difference: { line: start + at + 1, found: index.lines[start + at] ?? '', expected: old[at] ?? '' },
  };
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
