import type { Strictness } from '../merge.ts';
import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong, similarity } from './line-strength.ts';
import type { Hunk } from './merged-rows.ts';
import { lowerBound, type Placement } from './place-pieces.ts';
import { shown } from './text-rules.ts';

/** From how many strong lines on, without a like of theirs in the edit, a deletion needs two anchors that are unique. */
const lossyFrom: Readonly<Record<Strictness, number>> = { strict: 1, balanced: 3, permissive: 12 };

/** More comparisons of lines than this per deletion are not made; what was not compared counts as gone. */
const comparisons = 40_000;

/** A deletion with the piece that it lies in. */
interface Deletion {
  readonly hunk: Hunk;
  readonly placement: Placement;
  /** Solid rows of the piece before and behind it that stay, as lines of the file; empty when the piece is open there. */
  readonly above: readonly number[];
  readonly below: readonly number[];
}

/**
 * G9: what goes lies between lines of the piece that stay and are recognised without doubt, or it is the old form of a
 * definition that the piece has in full, or line by line the old form of what comes.
 */
export function deletionFailures(
  assembled: Assembled,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): GateFailure[] {
  const failures: GateFailure[] = [];
  const { text, strictness } = assembled.input;
  for (const deletion of deletionsOf(assembled)) {
    const { hunk } = deletion;
    const gone = text.lines.slice(hunk.start, hunk.end).map((line) => line.trim());
    const lost = withoutLike(gone, deletion.placement.piece.lines);
    const isOpen = deletion.above.length === 0 || deletion.below.length === 0;
    if (isOpen ? lost.length === 0 : lost.length < lossyFrom[strictness]) continue;
    if (isRedefined(assembled, deletion, before, after)) continue;
    if (!isOpen && isUnique(assembled, deletion.above) && isUnique(assembled, deletion.below)) continue;
    const where = isOpen ? 'at the open end of a part of the edit' : 'between lines that stand in several places';
    const message = `\`${shown(lost[0])}\` and ${gone.length - 1} lines more would go, ${where}`;
    failures.push({ gate: 'G9', code: 'E_APPLY_LOSSY', message, lines: [hunk.start + 1, hunk.end] });
  }
  return failures;
}

function deletionsOf({ merged, solid, placements, input }: Assembled): Deletion[] {
  return merged.hunks.flatMap((hunk) => {
    if (!input.text.lines.slice(hunk.start, hunk.end).some((line) => line.trim() !== '')) return [];
    const first = lowerBound(solid.rows, hunk.rowStart);
    const last = lowerBound(solid.rows, hunk.rowEnd);
    const around = placements.filter(({ start, end }) => start <= last && first <= end);
    const placement = around.find(({ start, end }) => start < first && last < end) ?? around[0];
    if (placement === undefined) return [];
    const origin = (at: number): number => merged.rows[solid.rows[at] ?? -1]?.origin ?? -1;
    const above: number[] = [];
    for (let at = first - 1; at >= placement.start && origin(at) >= 0; at -= 1) above.unshift(origin(at));
    const below: number[] = [];
    for (let at = last; at < placement.end && origin(at) >= 0; at += 1) below.push(origin(at));
    return [{ hunk, placement, above, below }];
  });
}

/** Strong lines among those that go for which the edit has nothing alike. */
function withoutLike(gone: readonly string[], lines: readonly string[]): string[] {
  let left = comparisons;
  return gone.filter((line) => {
    if (!isStrong(line)) return false;
    return !lines.some((other) => (left -= 1) > 0 && similarity(line, other.trim()) >= 0.5);
  });
}

/** Whether lines of the file, blank ones apart, stand in this order in one place only, and say enough. */
function isUnique({ input }: Assembled, anchor: readonly number[]): boolean {
  const lines = input.text.lines.map((line) => line.trim()).filter((line) => line !== '');
  const wanted = anchor.map((index) => (input.text.lines[index] ?? '').trim());
  if (!wanted.some(isStrong)) return false;
  let places = 0;
  for (let start = lines.indexOf(wanted[0] ?? ''); start >= 0; start = lines.indexOf(wanted[0] ?? '', start + 1)) {
    if (wanted.every((line, index) => lines[start + index] === line)) places += 1;
    if (places > 1) return false;
  }
  return places === 1;
}

/** The lines that go belong to one definition, and the piece has its new form from the first line to the last. */
function isRedefined(
  { merged, solid, placements }: Assembled,
  { hunk, placement }: Deletion,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): boolean {
  const from = solid.rows[placement.start] ?? 0;
  const to = solid.rows[placement.end - 1] ?? 0;
  return before.some((was) => {
    if (hunk.start < was.startLine || hunk.end > was.endLine + 1) return false;
    if (!isNamedOnce(was, before) && !isInNamedContainer(was, before, merged.rows, placements, solid.rows))
      return false;
    return after.some(
      (is) =>
        is.path === was.path && is.definition.kind === was.definition.kind && from <= is.headerLine && is.endLine <= to,
    );
  });
}

function isNamedOnce({ definition }: PlacedDefinition, before: readonly PlacedDefinition[]): boolean {
  const same = before.filter(
    (other) => other.definition.name === definition.name && other.definition.signature === definition.signature,
  );
  return same.length === 1;
}

/** The edit shows the header of the container, as a line that stays. */
function isInNamedContainer(
  was: PlacedDefinition,
  before: readonly PlacedDefinition[],
  rows: Assembled['merged']['rows'],
  placements: readonly Placement[],
  solidRows: Int32Array,
): boolean {
  const container = before[was.container];
  if (container === undefined) return false;
  return placements.some(({ start, end }) => {
    for (let at = start; at < end; at += 1) if (rows[solidRows[at] ?? -1]?.origin === container.headerLine) return true;
    return false;
  });
}
