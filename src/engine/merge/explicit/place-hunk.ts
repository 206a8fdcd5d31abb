import { isStrong } from '../gate/line-strength.ts';
import { newLines, oldLines, type HunkLine } from './hunk.ts';
import { indentShift, type Reindent } from './indent-shift.ts';
import { LineIndex } from './line-index.ts';
import { plainPunctuation } from './plain-punctuation.ts';

/** Whether a hunk may stand at the lines `[start, start + length)` of the file. */
export type Permit = (start: number, length: number) => boolean;

/** Where the lines of a hunk stand. */
export type Placing =
  /** `lines` may have lost blank context at its ends. */
  | {
      readonly kind: 'placed';
      readonly start: number;
      readonly lines: readonly HunkLine[];
      readonly reindent: Reindent;
      /** All lines are equal, white space at their ends aside. */
      readonly exact: boolean;
      /** Somewhere else the file has what the hunk wants: it may have been applied there. */
      readonly alsoDone?: number;
    }
  /** The file has what the hunk wants. */
  | {
      readonly kind: 'done';
      readonly start: number;
      /** What it takes as given stands there too, so that it could be applied again. */
      readonly repeated?: boolean;
    }
  | { readonly kind: 'ambiguous'; readonly starts: readonly number[]; readonly length: number; readonly exact: boolean }
  | { readonly kind: 'missing'; readonly reason: 'no-context' | 'not-found' | 'indentation' | 'perhaps-done' };

/** What a file offers to place hunks in. */
export interface Ground {
  readonly index: LineIndex;
  /** Made when first asked for. */
  readonly plainIndex: () => LineIndex;
  /** What was found is not all that there is: the lines are too much alike for so many hunks. */
  readonly isSpent: () => boolean;
}

export function groundOf(lines: readonly string[]): Ground {
  const index = new LineIndex(lines);
  let plain: LineIndex | undefined;
  return {
    index,
    plainIndex: () => (plain ??= new LineIndex(lines, plainPunctuation)),
    isSpent: () => index.isSpent || plain?.isSpent === true,
  };
}

/** Characters of strong lines that stand in the file once: shorter ones, such as `next();`, may be wanted twice. */
const tellingLength = 16;

type Tier = 'exact' | 'line-end' | 'shift';

const same: Reindent = (line) => line;

/**
 * Finds the one place of a reading, by equal lines, then by lines that differ in white space at their end, then by lines
 * that are shifted as a block, then by lines with other punctuation. What is not unique in the first of these that finds
 * something is ambiguous.
 */
export function placeHunk(ground: Ground, lines: readonly HunkLine[], permit: Permit): Placing {
  const old = oldLines(lines);
  if (old.every((line) => line.trim() === '')) return { kind: 'missing', reason: 'no-context' };
  const found = placeExactly(ground, lines, old, permit);
  if (found !== undefined) return found;
  const done = findDone(ground.index, lines, permit);
  if (done !== undefined) return done;
  const core = withoutBlankEdges(lines);
  const inner = core.length < lines.length ? placeExactly(ground, core, oldLines(core), permit) : undefined;
  return inner ?? placeByPunctuation(ground, lines, old, permit);
}

function placeExactly(
  { index }: Ground,
  lines: readonly HunkLine[],
  old: readonly string[],
  permit: Permit,
): Placing | undefined {
  const tiers: Record<Tier, number[]> = { exact: [], 'line-end': [], shift: [] };
  const starts = index.occurrences(old).filter((start) => permit(start, old.length));
  if (starts.length === 0) return undefined;
  for (const start of starts) {
    const tier = tierOf(old, index.lines, start);
    if (tier !== undefined) tiers[tier].push(start);
  }
  const tier = (['exact', 'line-end', 'shift'] as const).find((name) => tiers[name].length > 0);
  if (tier === undefined) return { kind: 'missing', reason: 'indentation' };
  const exact = tier !== 'shift';
  const found = isTelling(old) ? tiers[tier] : starts;
  const [start, second] = found;
  if (start === undefined || second !== undefined) {
    return { kind: 'ambiguous', starts: found, length: old.length, exact };
  }
  const reindent = exact ? same : indentShift(old, index.lines.slice(start, start + old.length));
  if (reindent === undefined) return { kind: 'missing', reason: 'indentation' };
  const repeated = findRepeated(index, lines, start, exact);
  if (repeated !== undefined) return repeated;
  const done = findDone(index, lines, permit);
  return { kind: 'placed', start, lines, reindent, exact, ...(done !== undefined && { alsoDone: done.start }) };
}

/** One `}` is found in many places, and its indentation is not to be relied on. */
export function isTelling(old: readonly string[]): boolean {
  return old.length >= 3 || old.some((line) => isStrong(line.trim()));
}

function tierOf(old: readonly string[], file: readonly string[], start: number): Tier | undefined {
  let exact = true;
  let lineEnd = true;
  for (const [at, line] of old.entries()) {
    const other = file[start + at] ?? '';
    if (line === other) continue;
    exact = false;
    if (line.trimEnd() !== other.trimEnd()) lineEnd = false;
  }
  if (exact) return 'exact';
  if (lineEnd) return 'line-end';
  return indentShift(old, file.slice(start, start + old.length)) === undefined ? undefined : 'shift';
}

/**
 * A hunk that only adds lines still fits where it was applied before, unless it has context on both sides. When all of its
 * new text stands there, lines that nobody writes twice say that it was applied; without them it may have been.
 */
function findRepeated(
  index: LineIndex,
  lines: readonly HunkLine[],
  start: number,
  exact: boolean,
): Placing | undefined {
  const added = lines.filter(({ kind }) => kind === 'add');
  if (added.length === 0) return undefined;
  if (exact && lines.some(({ kind }) => kind === 'drop')) return undefined;
  const after = newLines(lines);
  const length = after.length;
  const there = index
    .occurrences(after)
    .find((at) => at <= start && start < at + length && equalLines(after, index.lines, at));
  if (there === undefined) return undefined;
  const strong = added.filter(({ text }) => isStrong(text.trim())).map(({ text }) => text.trim());
  const once = strong.every((text) => index.occurrences([text]).length === 1);
  return once && strong.join('').length >= tellingLength
    ? { kind: 'done', start: there, repeated: true }
    : { kind: 'missing', reason: 'perhaps-done' };
}

/** Apart from white space at their ends. */
export function equalLines(lines: readonly string[], file: readonly string[], start: number): boolean {
  return lines.every((line, at) => line.trimEnd() === (file[start + at] ?? '').trimEnd());
}

/** The lines that the hunk wants stand in one place, and those that it takes as given in none. */
function findDone(
  index: LineIndex,
  lines: readonly HunkLine[],
  permit: Permit,
): Extract<Placing, { kind: 'done' }> | undefined {
  const after = newLines(lines);
  const isTelling = lines.filter(({ kind, text }) => kind !== 'drop' && isStrong(text.trim())).length >= 2;
  const addsTelling = lines.some(({ kind, text }) => kind === 'add' && isStrong(text.trim()));
  if (!isTelling && !addsTelling) return undefined;
  const starts = index
    .occurrences(after)
    .filter((start) => permit(start, after.length) && equalLines(after, index.lines, start));
  const [start, second] = starts;
  return start === undefined || second !== undefined ? undefined : { kind: 'done', start };
}

/** Models put blank lines around blocks, and forget those of the file. */
function withoutBlankEdges(lines: readonly HunkLine[]): readonly HunkLine[] {
  const isEdge = ({ kind, text }: HunkLine): boolean => kind === 'keep' && text.trim() === '';
  const first = lines.findIndex((line) => !isEdge(line));
  const last = lines.findLastIndex((line) => !isEdge(line));
  return first < 0 ? lines : lines.slice(first, last + 1);
}

/** Only context may differ in punctuation: a line that changes would lose that of the file. */
function placeByPunctuation(
  ground: Ground,
  lines: readonly HunkLine[],
  old: readonly string[],
  permit: Permit,
): Placing {
  const index = ground.plainIndex();
  if (!isTelling(old)) return { kind: 'missing', reason: 'not-found' };
  const starts = index.occurrences(old).filter((start) => {
    if (!permit(start, old.length)) return false;
    const there = index.lines.slice(start, start + old.length);
    const replaced = lines.some(({ kind }) => kind === 'add');
    const context = lines.filter(({ kind }) => kind !== 'add');
    return context.every(({ kind, text }, at) => {
      const other = there[at] ?? '';
      const equal = text.trimEnd() === other.trimEnd();
      return equal || ((kind === 'keep' || !replaced) && sameIndent(text, other));
    });
  });
  const [start, second] = starts;
  if (start === undefined) return { kind: 'missing', reason: 'not-found' };
  if (second !== undefined) return { kind: 'ambiguous', starts, length: old.length, exact: false };
  return { kind: 'placed', start, lines, reindent: same, exact: false };
}

function sameIndent(line: string, other: string): boolean {
  return /^[ \t]*/u.exec(line)?.[0] === /^[ \t]*/u.exec(other)?.[0];
}
