import { bracketRest } from '../anchored/bracket-rest.ts';
import { isWholeCode } from '../anchored/whole-code.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { Run } from './file-lines.ts';
import { isStrong } from './line-strength.ts';
import type { Hunk } from './merged-rows.ts';

interface HeldDeletion {
  readonly hunk: Hunk;
  /** Runs of lines of the file that stay in the piece, nearest first, before and behind it. */
  readonly above: readonly Run[];
  readonly below: readonly Run[];
}

/** So many strong lines do not go because of one line above or below that stays, unless they are one definition. */
const thinFrom = 8;

/** Much goes, and no more than one line that says something holds it on one side. */
export function isThin(
  { hunk, above, below }: HeldDeletion,
  before: readonly PlacedDefinition[],
  lines: readonly string[],
): boolean {
  const isStrongLine = (line: number): boolean => isStrong((lines[line] ?? '').trim());
  const strong = (runs: readonly Run[]): number => runs.flat().filter(isStrongLine).length;
  if (Math.min(strong(above), strong(below)) > 1) return false;
  const gone = Array.from({ length: hunk.end - hunk.start }, (_, index) => hunk.start + index);
  if (gone.filter(isStrongLine).length < thinFrom) return false;
  if (isSetOff(hunk, above[0] ?? [], below[0] ?? [], lines)) return false;
  const isGone = (is: PlacedDefinition | undefined): boolean =>
    is !== undefined && hunk.start <= is.headerLine && is.headerLine < hunk.end;
  return before.filter((was) => isGone(was) && !isGone(before[was.container])).length !== 1;
}

/** Lines that stay on one side of what goes when they are there to show its place. */
const shownLines = 3;

/** Whole statements with some lines shown before and behind them, and not all that one block has. */
function isSetOff({ start, end }: Hunk, above: Run, below: Run, lines: readonly string[]): boolean {
  if (above.length < shownLines || below.length < shownLines || !isWholeCode(lines.slice(start, end))) return false;
  const last = lines[above.at(-1) ?? -1] ?? '';
  const first = lines[below[0] ?? -1] ?? '';
  return bracketRest([first]) === '' || bracketRest([last, first]) !== '';
}
