import { isWholeCode } from '../anchored/whole-code.ts';
import { isStrong, similarity } from './line-strength.ts';

/** Another way to read a part of an edit: its first lines stand before, its last behind what it changes there. */
export interface Reading {
  /** Line of the part's beginning there, as an index into the lines that were searched. */
  readonly start: number;
  /** How many of its first and last lines stand there. */
  readonly head: number;
  readonly tail: number;
  /** Lines at the beginning and at the end that stand there in one run, those included that both have. */
  readonly longestHead: number;
  readonly longestTail: number;
  /** How many lines would go between them, and come. */
  readonly gone: number;
  readonly fresh: number;
}

/** Comparisons of lines for all readings of one part. */
const budget = 400_000;
/** A reading takes out so many lines at most. */
const longestDeletion = 60;

/**
 * All readings of a part among lines that leave its first and last line as they are and change something between them; for
 * each pair of places the one that keeps most.
 */
export function readingsOf(part: readonly string[], lines: readonly string[]): Reading[] {
  const readings: Reading[] = [];
  let left = budget;
  const tails = new Int32Array(lines.length + 1);
  for (let end = 1; end <= lines.length && left > 0; end += 1) {
    let tail = 0;
    while (tail < part.length && tail < end && lines[end - 1 - tail] === part[part.length - 1 - tail]) tail += 1;
    tails[end] = tail;
    left -= tail + 1;
  }
  for (
    let start = lines.indexOf(part[0] ?? '');
    start >= 0 && left > 0;
    start = lines.indexOf(part[0] ?? '', start + 1)
  ) {
    let head = 0;
    while (head < part.length && lines[start + head] === part[head]) head += 1;
    left -= head + 1;
    const limit = Math.min(lines.length, start + part.length + longestDeletion);
    for (let end = start + head + 1; end <= limit; end += 1) {
      const reading = joined(part, { start, end, head, tail: tails[end] ?? 0 });
      left -= 1;
      if (reading !== undefined) readings.push(reading);
    }
  }
  return readings;
}

interface Ends {
  readonly start: number;
  readonly end: number;
  readonly head: number;
  readonly tail: number;
}

function joined(part: readonly string[], { start, end, head, tail: found }: Ends): Reading | undefined {
  const tail = Math.min(found, part.length - 1, end - start - 1);
  if (tail === 0) return undefined;
  // where both would have a line, the head leaves it to the tail
  const first = Math.min(head, part.length - tail, end - start - tail);
  if (first < 1) return undefined;
  const gone = end - start - first - tail;
  const fresh = part.length - first - tail;
  if (gone === 0 && fresh === 0) return undefined;
  return { start, head: first, tail, longestHead: head, longestTail: found, gone, fresh };
}

/** Lines that say something at the beginning and at the end of a reading. */
export function strengthOf(part: readonly string[], { head, tail }: Reading): { head: number; tail: number } {
  return {
    head: part.slice(0, head).filter(isStrong).length,
    tail: part.slice(part.length - tail).filter(isStrong).length,
  };
}

/** Whether one of the lines that come is the new form of one that goes. */
export function isChangeOfLine(part: readonly string[], lines: readonly string[], reading: Reading): boolean {
  const { start, head, tail, gone } = reading;
  const fresh = part.slice(head, part.length - tail).filter(isStrong);
  return lines
    .slice(start + head, start + head + gone)
    .some((line) => isStrong(line) && fresh.some((other) => similarity(line, other) >= 0.5));
}

/** What goes could stand by itself. A line that both ends have may belong to either, so there are two ways to see it. */
export function takesWholeCode(part: readonly string[], lines: readonly string[], reading: Reading): boolean {
  const { start, head, longestHead, gone } = reading;
  return [head, Math.min(longestHead, part.length - 1)].some((kept) =>
    isWholeCode(lines.slice(start + kept, start + kept + gone)),
  );
}
