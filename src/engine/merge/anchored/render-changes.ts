import type { LineChange } from '../candidate.ts';
import { matchLines } from '../gate/match-lines.ts';

/** A range of lines of the file, blank ones included, and all lines that take its place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
  readonly segment: number;
}

/** What of a replacement really changes: lines that are equal but for white space at their end keep the file's bytes. */
export function renderChanges(fileLines: readonly string[], replacement: Replacement): LineChange[] {
  const { start, end, lines, segment } = replacement;
  const old = fileLines.slice(start, end);
  const match = matchLines(old, lines);
  const changes: LineChange[] = [];
  let at = 0; // in old
  let from = 0; // in lines
  const flush = (oldEnd: number, newEnd: number): void => {
    if (oldEnd > at || newEnd > from)
      changes.push({ start: start + at, end: start + oldEnd, lines: lines.slice(from, newEnd), segment });
  };
  lines.forEach((line, index) => {
    const kept = match[index] ?? -1;
    if (kept < 0 || (old[kept] ?? '').trimEnd() !== line.trimEnd()) return;
    flush(kept, index);
    at = kept + 1;
    from = index + 1;
  });
  flush(old.length, lines.length);
  return changes;
}
