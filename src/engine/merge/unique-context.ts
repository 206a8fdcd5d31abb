import { isStrong } from './gate/line-strength.ts';
import type { Place } from './merge.ts';

/** Places for which the lines are named; more would be a list that nobody reads. */
const namedPlaces = 3;
/** Nobody repeats more lines than this to say which place is meant. */
const reach = 60;
const shownCharacters = 60;

/** What an edit has to repeat to be about one of several places: for each the nearest line that the file has once. */
export function uniqueContext(lines: readonly string[], places: readonly Place[]): string {
  const advice = 'Repeat more of the lines around the change, up to one that stands only once in the file';
  const trimmed = lines.map((line) => line.trim());
  const counts = new Map<string, number>();
  for (const line of trimmed) counts.set(line, (counts.get(line) ?? 0) + 1);
  const isUnique = (index: number): boolean => counts.get(trimmed[index] ?? '') === 1 && isStrong(trimmed[index] ?? '');
  const named = places.slice(0, namedPlaces).flatMap(({ startLine, endLine }) => {
    const line = nearestOutside(startLine - 1, endLine - 1, isUnique);
    if (line === undefined) return [];
    return [`line ${String(line + 1)} (\`${cut(trimmed[line] ?? '')}\`) to mean line ${String(startLine)}`];
  });
  return named.length === 0 ? `${advice}.` : `${advice}: ${named.join(', ')}.`;
}

function nearestOutside(first: number, last: number, isWanted: (index: number) => boolean): number | undefined {
  for (let by = 1; by <= reach; by += 1) {
    if (isWanted(first - by)) return first - by;
    if (isWanted(last + by)) return last + by;
  }
  return undefined;
}

function cut(line: string): string {
  return line.length <= shownCharacters
    ? line
    : `${line.slice(0, shownCharacters - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
