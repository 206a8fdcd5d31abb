import type { Assembled } from './assembled.ts';
import { isRedefined } from './deletion-rules.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import { FileLines, keptRuns, type Run, type Span } from './file-lines.ts';
import type { GateFailure } from './gate-verdict.ts';
import { indentOf } from './line-strength.ts';
import { lowerBound, type Placement } from './place-pieces.ts';
import { shown } from './text-rules.ts';

/** Another place counts when what it would replace is at most so many lines longer. */
const slack = 3;

/**
 * G12: the lines that hold a change stand in one place only, between the parts of the edit before and behind that are placed
 * without doubt; or at least no two of them stand about as far apart anywhere else.
 */
export function placeFailures(
  assembled: Assembled,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): GateFailure[] {
  const { input, merged, solid, placements } = assembled;
  if (input.strictness === 'permissive') return [];
  const file = new FileLines(input.text.lines);
  const runsOf = ({ start, end }: Placement): Run[] => keptRuns(merged, solid, start, end);
  const failures: GateFailure[] = [];
  placements.forEach((placement, index) => {
    const runs = runsOf(placement);
    if (placement.piece.isImport || runs.length === 0 || !asksForPlace(assembled, placement, before, after)) return;
    const span = spanOf(
      placements,
      index,
      (other) => runsOf(other).filter((run) => file.isUnique(run)),
      input.text.lines.length,
    );
    const exactly = isUnshifted(assembled, placement);
    const narrow = narrowed(span, runs, before);
    if (runs.some((run) => file.isStrong(run) && file.placesWithin(run, narrow, exactly).length === 1)) return;
    const rival = rivalOf(assembled, placement, file, narrow);
    if (rival === undefined) return;
    const first = runs[0]?.[0] ?? 0;
    const message = `the lines from \`${shown(input.text.lines[first])}\` on could be meant as well at line ${rival + 1}`;
    failures.push({ gate: 'G12', code: 'E_APPLY_AMBIGUOUS', message, lines: [first + 1, rival + 1] });
  });
  return failures;
}

/** What changes in a part is not all inside a definition that the part has from its first line to its last. */
function asksForPlace(
  assembled: Assembled,
  placement: Placement,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): boolean {
  const { merged, solid } = assembled;
  const changes = merged.hunks.filter((hunk) => {
    const first = lowerBound(solid.rows, hunk.rowStart);
    const last = lowerBound(solid.rows, hunk.rowEnd);
    return (first < placement.end && placement.start < last) || (placement.start < first && first < placement.end);
  });
  return !changes.every((hunk) => isRedefined(assembled, hunk, placement, before, after));
}

/** Between the nearest parts before and behind that have a line that is unique in the file. */
function spanOf(placements: readonly Placement[], index: number, pins: (of: Placement) => Run[], length: number): Span {
  let from = 0;
  let to = length;
  for (let at = index - 1; at >= 0 && from === 0; at -= 1) {
    const placement = placements[at];
    const last = placement === undefined || placement.piece.isImport ? undefined : pins(placement).at(-1)?.at(-1);
    if (last !== undefined) from = last + 1;
  }
  for (let at = index + 1; at < placements.length && to === length; at += 1) {
    const placement = placements[at];
    const first = placement === undefined || placement.piece.isImport ? undefined : pins(placement)[0]?.[0];
    if (first !== undefined) to = first;
  }
  return { from, to };
}

/** A part right behind the header of a definition is meant inside it. */
function narrowed(span: Span, runs: readonly Run[], before: readonly PlacedDefinition[]): Span {
  const own = runs[0]?.[0] ?? 0;
  const holder = before.find(
    ({ headerLine, endLine }) => span.from > 0 && headerLine === span.from - 1 && own > headerLine && own <= endLine,
  );
  return holder === undefined ? span : { from: span.from, to: Math.min(span.to, holder.endLine + 1) };
}

/** What stays is as deep in the edit as in the file: then depth tells places apart. */
function isUnshifted({ merged, solid, input }: Assembled, { piece, start, end }: Placement): boolean {
  for (let at = start; at < end; at += 1) {
    const line = input.text.lines[merged.rows[solid.rows[at] ?? -1]?.origin ?? -1];
    if (line !== undefined && indentOf(line) !== indentOf(piece.lines[at - start] ?? '')) return false;
  }
  return true;
}

/** First line of another place where both ends of the part stand about as close, or its only end. */
function rivalOf(assembled: Assembled, placement: Placement, file: FileLines, span: Span): number | undefined {
  const { merged, solid } = assembled;
  const { start, end } = placement;
  const origin = (at: number): number => merged.rows[solid.rows[at] ?? -1]?.origin ?? -1;
  const runs = keptRuns(merged, solid, start, end);
  const exactly = isUnshifted(assembled, placement);
  const head = origin(start) >= 0 ? runs[0] : undefined;
  const tail = origin(end - 1) >= 0 ? runs.at(-1) : undefined;
  const only = head ?? tail;
  if (only === undefined) return undefined;
  const lineOf = (place: number): number => file.lineAt(place);
  if (head === undefined || tail === undefined || head === tail) {
    const others = file.placesWithin(only, span, exactly).filter((place) => lineOf(place) !== only[0]);
    return others[0] === undefined ? undefined : lineOf(others[0]);
  }
  const heads = file.placesWithin(head, span, exactly);
  const tails = file.placesWithin(tail, span, exactly);
  const ownHead = file.placeOf(head[0] ?? 0);
  const ownGap = file.placeOf(tail[0] ?? 0) - ownHead - head.length;
  const limit = Math.max(ownGap, end - start - head.length - tail.length) + slack;
  for (const place of heads) {
    const next = tails[lowerBound(tails, place + head.length)];
    if (place !== ownHead && next !== undefined && next - place - head.length <= limit) return lineOf(place);
  }
  return undefined;
}
