import { matchLines } from '../gate/match-lines.ts';

export interface HunkLine {
  /** `keep`: context. */
  readonly kind: 'keep' | 'drop' | 'add';
  readonly text: string;
}

/** What an explicit form says of one place: the lines there, which of them go and which come. */
export interface Hunk {
  /** More than one where the form leaves open whether context lines carry a space in front; best first. */
  readonly readings: readonly (readonly HunkLine[])[];
  /** Line of the edit (from 1) that the hunk begins with. */
  readonly editLine: number;
  /** Line of the file (from 0) that the hunk says it begins at. */
  readonly statedLine?: number;
  /** Line of the result (from 0) that it says it begins at. */
  readonly statedNewLine?: number;
  /** Lines that the hunk comes behind, the inner ones last. */
  readonly headers: readonly string[];
  /** The hunk ends where the file ends. */
  readonly atEnd: boolean;
}

/** Hunks of an edit for one file. */
export interface HunkList {
  readonly hunks: readonly Hunk[];
  /** They stand in the order of the file, as diffs and patches promise. */
  readonly inOrder: boolean;
  /** All line numbers and counts agree with each other, as those of a program do and those of a model seldom. */
  readonly soundNumbers: boolean;
  /** Whether the last line of the result ends with a line end, where the edit speaks of it. */
  readonly finalLineEnd?: boolean;
}

export function oldLines(lines: readonly HunkLine[]): string[] {
  return lines.flatMap(({ kind, text }) => (kind === 'add' ? [] : [text]));
}

export function newLines(lines: readonly HunkLine[]): string[] {
  return lines.flatMap(({ kind, text }) => (kind === 'drop' ? [] : [text]));
}

/** Lines that come and go unchanged stay instead, so that their bytes do. */
export function hunkLinesOf(before: readonly string[], after: readonly string[]): HunkLine[] {
  const match = matchLines(before, after);
  const lines: HunkLine[] = [];
  let next = 0;
  const dropUntil = (end: number): void => {
    for (; next < end; next += 1) lines.push({ kind: 'drop', text: before[next] ?? '' });
  };
  after.forEach((text, index) => {
    const origin = match[index] ?? -1;
    const old = before[origin];
    if (old !== text) {
      lines.push({ kind: 'add', text });
      return;
    }
    dropUntil(origin);
    lines.push({ kind: 'keep', text });
    next = origin + 1;
  });
  dropUntil(before.length);
  return lines;
}

/** The same for lines that are marked already: only runs that both lose and gain lines are compared. */
export function settleRuns(marked: readonly HunkLine[]): HunkLine[] {
  const lines: HunkLine[] = [];
  let run: HunkLine[] = [];
  const settle = (): void => {
    lines.push(...hunkLinesOf(oldLines(run), newLines(run)));
    run = [];
  };
  for (const line of marked) {
    if (line.kind === 'keep') {
      settle();
      lines.push(line);
    } else run.push(line);
  }
  settle();
  return lines;
}
