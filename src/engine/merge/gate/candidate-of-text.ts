import type { LineChange, MergeCandidate } from '../candidate.ts';
import type { MergeEngine } from '../merge.ts';
import { splitLines, type TextLines } from '../text-lines.ts';
import { matchLines } from './match-lines.ts';

/**
 * The line changes that lead from a file to a result that came as a whole text. Line ends, the final newline and blank lines at
 * the end of the result do not count: those of the file stay.
 */
export function candidateOfText(text: TextLines, result: string, engine: MergeEngine): MergeCandidate {
  const lines = withoutBlankEnd(splitLines(result).lines);
  const file = withoutBlankEnd(text.lines);
  const match = matchLines(file, lines);
  const changes: LineChange[] = [];
  let next = 0;
  let fresh: string[] = [];
  const close = (end: number): void => {
    if (end > next || fresh.length > 0) changes.push({ start: next, end, lines: fresh, segment: 0 });
    fresh = [];
  };
  lines.forEach((line, index) => {
    const origin = match[index] ?? -1;
    const old = file[origin];
    if (old === undefined || !keepsBytes(old, line)) {
      fresh.push(line);
      return;
    }
    close(origin);
    next = origin + 1;
  });
  close(file.length);
  return { engine, changes };
}

function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

/** White space at the end of a line is the file's own affair. */
function keepsBytes(old: string, line: string): boolean {
  return old.trimEnd() === line.trimEnd();
}
