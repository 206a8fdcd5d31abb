import type { Hunk } from './merged-rows.ts';

/** Shorter deletions are lines of one statement, which may begin and end at any depth. */
const fewestLines = 3;

/** How far the lines around a deletion are compared with its own: longer repetitions are no code. */
const longestSlide = 200;

/** At the left edge these are no code of the block around them. */
const beyondBlocks = /^(?:\/\/|\/\*|\*|#|--|<!--)/;

/**
 * Whether a deletion takes the end of one block together with the beginning of the next, so that what is left of both would
 * grow into one. Told by indentation, which all languages have: a line that goes is less deep than the lines that stay on
 * both sides. A deletion whose lines can be counted one further up or down (`}` goes, and `}` stays) is judged at its best.
 */
export function tearsBlocks(lines: readonly string[], { start, end }: Hunk): boolean {
  if (lines.slice(start, end).filter((line) => line.trim() !== '').length < fewestLines) return false;
  if (!dips(lines, start, end)) return false;
  const same = (one: number, other: number): boolean =>
    lines[one] !== undefined && lines[one].trim() === lines[other]?.trim();
  for (let by = 1; by <= longestSlide && same(start - by, end - by); by += 1)
    if (!dips(lines, start - by, end - by)) return false;
  for (let by = 1; by <= longestSlide && same(start + by - 1, end + by - 1); by += 1)
    if (!dips(lines, start + by, end + by)) return false;
  return true;
}

function dips(lines: readonly string[], start: number, end: number): boolean {
  const isFilled = (line: string): boolean => line.trim() !== '';
  const above = lines.slice(0, start).findLast(isFilled);
  const below = lines.slice(end).find(isFilled);
  if (above === undefined || below === undefined) return false;
  const depth = Math.min(depthOf(above), depthOf(below));
  return lines
    .slice(start, end)
    .some((line) => isFilled(line) && !beyondBlocks.test(line.trim()) && depthOf(line) < depth);
}

/** Tabs and spaces count alike: a file that mixes them says nothing certain, and a tab is never less than a space. */
function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}
