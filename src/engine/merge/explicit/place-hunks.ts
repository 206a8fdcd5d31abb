import { isStrong } from '../gate/line-strength.ts';
import { headerBlocks } from './header-blocks.ts';
import { oldLines, type Hunk, type HunkList } from './hunk.ts';
import { placeHunk, type Ground, type Permit, type Placing } from './place-hunk.ts';

/**
 * Finds the place of each hunk. What stands in several places is looked for again between its neighbours, where the form
 * promises their order, and then at the line that it states, where all hunks stand exactly where they say.
 */
export function placeHunks(ground: Ground, { hunks, inOrder, soundNumbers }: HunkList): Placing[] {
  const permits = hunks.map((hunk) => permitOf(ground, hunk));
  const placings = hunks.map((hunk, at) => placeReadings(ground, hunk, permits[at] ?? everywhere));
  if (inOrder) placeBetween(ground, hunks, permits, placings);
  const open = placings.some(({ kind }) => kind === 'ambiguous');
  if (open && soundNumbers) placeAsStated(ground, hunks, placings);
  return placings;
}

const everywhere: Permit = () => true;

function permitOf({ index: { lines } }: Ground, { headers, atEnd }: Hunk): Permit {
  const blocks = headers.length === 0 ? undefined : headerBlocks(lines, headers);
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return (start, length) =>
    (blocks === undefined || blocks.some(({ from, to }) => from <= start && start < to)) &&
    (!atEnd || start + length > last);
}

/** The first reading that fits exactly counts, then the first that fits at all. */
function placeReadings(ground: Ground, { readings }: Hunk, permit: Permit): Placing {
  const placings = readings.map((lines) => placeHunk(ground, lines, permit));
  const exact = placings.find(
    (placing) => (placing.kind === 'placed' || placing.kind === 'ambiguous') && placing.exact,
  );
  const best = exact ?? placings.find(({ kind }) => kind !== 'missing') ?? placings[0];
  return best ?? { kind: 'missing', reason: 'not-found' };
}

function placeBetween(ground: Ground, hunks: readonly Hunk[], permits: readonly Permit[], placings: Placing[]): void {
  const starts = placings.map(startOf);
  const known = starts.filter((start) => start !== undefined);
  if (!known.every((start, at) => at === 0 || start > (known[at - 1] ?? 0))) return;
  hunks.forEach((hunk, at) => {
    if (placings[at]?.kind !== 'ambiguous') return;
    const before = starts.slice(0, at).findLast((start) => start !== undefined) ?? -1;
    const after = starts.slice(at + 1).find((start) => start !== undefined) ?? Infinity;
    const permit = permits[at] ?? everywhere;
    const placing = placeReadings(
      ground,
      hunk,
      (start, length) => permit(start, length) && before < start && start < after,
    );
    if (placing.kind !== 'missing') placings[at] = placing;
    starts[at] = startOf(placing);
  });
}

function startOf(placing: Placing): number | undefined {
  return placing.kind === 'placed' || placing.kind === 'done' ? placing.start : undefined;
}

/** A single hunk at line 1 is what models write who do not know the line. */
function placeAsStated(ground: Ground, hunks: readonly Hunk[], placings: Placing[]): void {
  if (hunks.length === 1 && hunks[0]?.statedLine === 0) return;
  const stated = hunks.map((hunk) => placeReadings(ground, hunk, (start) => start === hunk.statedLine));
  if (!stated.every((placing) => placing.kind === 'placed' && placing.exact)) return;
  hunks.forEach((hunk, at) => {
    const placing = stated[at];
    if (placings[at]?.kind === 'ambiguous' && placing !== undefined && isTelling(hunk)) placings[at] = placing;
  });
}

/** One `}` is found at any line that happens to have it. */
function isTelling({ readings: [lines = []] }: Hunk): boolean {
  const old = oldLines(lines);
  return old.length >= 3 || old.some((line) => isStrong(line.trim()));
}
