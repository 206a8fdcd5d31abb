import { headerBlocks } from './header-blocks.ts';
import { newLines, oldLines, type Hunk, type HunkList } from './hunk.ts';
import { equalLines, isTelling, placeHunk, type Ground, type Permit, type Placing } from './place-hunk.ts';

/**
 * Finds the place of each hunk. What stands in several places is looked for again between its neighbours, where the form
 * promises their order, and then at the line that it states, where all hunks stand exactly where they say.
 */
export function placeHunks(ground: Ground, { hunks, inOrder, soundNumbers }: HunkList): Placing[] {
  const permits = hunks.map((hunk) => permitOf(ground, hunk));
  const placings = hunks.map((hunk, at) => placeReadings(ground, hunk, permits[at] ?? everywhere));
  if (soundNumbers) hunks.forEach((hunk, at) => (placings[at] = believeNumbers(ground, hunk, placings[at] ?? nowhere)));
  else if (inOrder) believeOrder(placings);
  if (inOrder) placeBetween(ground, hunks, permits, placings);
  const open = placings.some(({ kind }) => kind === 'ambiguous');
  if (open && soundNumbers) placeAsStated(ground, hunks, placings);
  const isNew = placings.some(({ kind }) => kind === 'placed');
  return isNew ? placings.map((placing) => doubt(placing)) : placings;
}

/** An edit is applied whole: where one hunk is new, lines that stand there already are meant to come again, or they are not. */
function doubt(placing: Placing): Placing {
  return placing.kind === 'done' && placing.repeated === true ? { kind: 'missing', reason: 'perhaps-done' } : placing;
}

const everywhere: Permit = () => true;
const nowhere: Placing = { kind: 'missing', reason: 'not-found' };

/**
 * Applied once, a hunk whose place its line number told from a twin leaves the twin, which must not be taken for it the
 * second time.
 */
function believeNumbers({ index }: Ground, { statedLine, statedNewLine }: Hunk, placing: Placing): Placing {
  if (placing.kind !== 'placed' || placing.start === statedLine) return placing;
  const { start, alsoDone, lines, exact } = placing;
  const after = newLines(lines);
  const done = [statedLine, statedNewLine].find((at) => at !== undefined && equalLines(after, index.lines, at));
  if (done !== undefined && isTelling(after)) return { kind: 'done', start: done };
  if (alsoDone === undefined) return placing;
  return { kind: 'ambiguous', starts: [start, alsoDone], length: oldLines(lines).length, exact };
}

/** The same for a hunk that only its neighbours told from a twin. */
function believeOrder(placings: Placing[]): void {
  placings.forEach((placing, at) => {
    if (placing.kind !== 'placed' || placing.alsoDone === undefined) return;
    const before = Math.max(-1, ...placings.slice(0, at).map((other) => startOf(other) ?? -1));
    const after = Math.min(...placings.slice(at + 1).map((other) => startOf(other) ?? Infinity), Infinity);
    const fits = (start: number): boolean => before < start && start < after;
    if (!fits(placing.start) && fits(placing.alsoDone)) placings[at] = { kind: 'done', start: placing.alsoDone };
  });
}

function permitOf({ index: { lines } }: Ground, { headers, atEnd }: Hunk): Permit {
  const blocks = headers.length === 0 ? undefined : headerBlocks(lines, headers);
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return (start, length) =>
    (blocks === undefined || blocks.some(({ from, to }) => from <= start && start < to)) &&
    (!atEnd || start + length > last);
}

/** The first reading that fits exactly or is there already counts; only the first may fit in another way. */
function placeReadings(ground: Ground, { readings }: Hunk, permit: Permit): Placing {
  let first: Placing | undefined;
  for (const lines of readings) {
    const placing = placeHunk(ground, lines, permit);
    if (placing.kind === 'done' || (placing.kind !== 'missing' && placing.exact)) return placing;
    if (placing.kind === 'missing' && placing.reason === 'perhaps-done') return placing;
    first ??= placing;
  }
  return first ?? nowhere;
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
    const old = oldLines(hunk.readings[0] ?? []);
    if (placings[at]?.kind === 'ambiguous' && placing !== undefined && isTelling(old)) placings[at] = placing;
  });
}
