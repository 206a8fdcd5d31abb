import { hunksAround, type Assembled } from './assembled.ts';
import { isRedefined } from './deletion-rules.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import { keptRuns, type Run, type Span } from './file-lines.ts';
import type { GateFailure } from './gate-verdict.ts';
import { indentOf, isStrong } from './line-strength.ts';
import type { MergedRows } from './merged-rows.ts';
import { lowerBound, type Placement } from './place-pieces.ts';
import { shown } from './text-rules.ts';

/** Another place counts when what it would replace is at most so many lines longer. */
const slack = 3;

/**
 * How near the same beginning or end has to stand again: then a line of it may have gone, or another have taken its place.
 */
const repeatReach = 2;

/** Places that are named. */
const mostPlaces = 10;

/** So many lines of an end tell a place where one end is not. */
const enough = 3;

/**
 * G12: the lines that hold a change stand in one place only, between the parts of the edit before and behind that are placed
 * without doubt; or at least no two of them stand about as far apart anywhere else.
 */
export function placeFailures(
  assembled: Assembled,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): GateFailure[] {
  const { input, merged, solid, placements, file } = assembled;
  if (input.strictness === 'permissive') return [];
  const runsOf = ({ start, end }: Placement): Run[] => keptRuns(merged, solid, start, end);
  const pins = new Map<Placement, readonly Run[]>();
  const pinsOf = (placement: Placement): readonly Run[] => {
    const found = pins.get(placement) ?? runsOf(placement).filter((run) => file.isUnique(run));
    pins.set(placement, found);
    return found;
  };
  const failures: GateFailure[] = [];
  placements.forEach((placement, index) => {
    const runs = runsOf(placement);
    if (placement.piece.isImport || runs.length === 0 || isAtShownEdge(assembled, index)) return;
    if (!asksForPlace(assembled, placement, before, after)) return;
    const span = spanOf(placements, index, pinsOf, input.text.lines.length);
    const exactly = isUnshifted(assembled, placement);
    const narrow = narrowed(span, runs, before);
    const unique = runs.filter((run) => file.isStrong(run) && file.placesWithin(run, narrow, exactly).length === 1);
    const rival = shiftedPlace(assembled, placement, runs) ?? rivalOf(assembled, placement, narrow, runs, unique);
    if (rival === undefined) return;
    const first = runs[0]?.[0] ?? 0;
    const message = `the lines from \`${shown(input.text.lines[first])}\` on could be meant as well at line ${rival + 1}`;
    const others = file.placesWithin(runs[0] ?? [], narrow, exactly).map((place) => file.lineAt(place));
    const lines = [...new Set([first, rival, ...others])].slice(0, mostPlaces).map((line) => line + 1);
    failures.push({ gate: 'G12', code: 'E_APPLY_AMBIGUOUS', message, lines });
  });
  return failures;
}

/**
 * The part adds lines at the end of the file and has no marker behind it, in an edit that says with markers where code stays. At
 * no other place would it say so.
 */
function isAtShownEdge({ input, solid, placements, merged }: Assembled, index: number): boolean {
  if (!input.snippet.isMarker.includes(true)) return false;
  const rest = placements.slice(index);
  const isJoined = rest.every(({ end }, at) => end === (rest[at + 1]?.start ?? solid.rows.length));
  if (!isJoined || placements.at(-1)?.piece.markerAfter !== false) return false;
  const from = solid.rows[placements[index]?.start ?? 0] ?? 0;
  const last = merged.hunks.filter(({ rowStart }) => rowStart >= from);
  const [added] = last;
  if (added === undefined || last.length > 1 || added.start < added.end) return false;
  return !input.text.lines.slice(added.end).some((line) => isStrong(line.trim()));
}

/** What changes in a part is not all inside a definition that the part has from its first line to its last. */
function asksForPlace(
  assembled: Assembled,
  placement: Placement,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): boolean {
  const { solid } = assembled;
  const changes = hunksAround(assembled, placement).filter((hunk) => {
    const first = lowerBound(solid.rows, hunk.rowStart);
    const last = lowerBound(solid.rows, hunk.rowEnd);
    return (first < placement.end && placement.start < last) || (placement.start < first && first < placement.end);
  });
  return !changes.every((hunk) => isRedefined(assembled, hunk, placement, before, after));
}

/** Between the nearest parts before and behind that have a line that is unique in the file. */
function spanOf(
  placements: readonly Placement[],
  index: number,
  pins: (of: Placement) => readonly Run[],
  length: number,
): Span {
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

/** First line of a place nearby where more lines of the part's beginning or end stand than where it was put. */
function shiftedPlace(
  { merged, solid, file }: Assembled,
  { piece, start, end }: Placement,
  runs: readonly Run[],
): number | undefined {
  const isKept = (at: number): boolean => (merged.rows[solid.rows[at] ?? -1]?.origin ?? -1) >= 0;
  const reach = piece.lines.length + slack;
  const [head] = runs;
  const tail = runs.at(-1);
  if (head !== undefined && isKept(start)) {
    const place = file.placeOf(head[0] ?? 0);
    const [other] = [
      ...file.placesNear(piece.lines.slice(0, head.length + 1), place, reach),
      ...(head === tail ? [] : file.placesNear(piece.lines.slice(0, head.length), place, repeatReach)),
    ];
    if (other !== undefined) return file.lineAt(other);
  }
  if (tail === undefined) return undefined;
  const place = file.placeOf(tail[0] ?? 0);
  // a last line that is new here and stands a little further on, where the part may be meant to end
  if (!isKept(end - 1)) {
    if (piece.lines.length <= tail.length) return undefined;
    const others = file.placesNear(piece.lines.slice(-1), place, reach).map((other) => file.lineAt(other));
    // where it ends like the line that it comes behind, the part may as well come in before that one: that is the same text
    return others.find((line) => line !== tail.at(-1) || takesOut(merged, solid.rows[end - 1] ?? -1));
  }
  const [other] = [
    ...file.placesNear(piece.lines.slice(-tail.length - 1), place - 1, reach),
    ...(head === tail ? [] : file.placesNear(piece.lines.slice(-tail.length), place, repeatReach)),
  ];
  return other === undefined ? undefined : file.lineAt(other);
}

/** The change that brings a row in takes lines out as well. */
function takesOut({ hunks }: MergedRows, row: number): boolean {
  return hunks.some(({ start, end, rowStart, rowEnd }) => start < end && rowStart <= row && row < rowEnd);
}

/**
 * First line of another place where both ends of the part stand about as close, or its only end. Where one end is unique,
 * it may be so because the other place has some of its lines in their old form: there three lines of it are enough. Where
 * both ends stand together and only lines come in between, another beginning before the same end is no other place: it would
 * take out what lies between, and G15 looks for what speaks for that.
 */
function rivalOf(
  assembled: Assembled,
  placement: Placement,
  span: Span,
  runs: readonly Run[],
  unique: readonly Run[],
): number | undefined {
  const { merged, solid, file } = assembled;
  const { start, end } = placement;
  const isKept = (at: number): boolean => (merged.rows[solid.rows[at] ?? -1]?.origin ?? -1) >= 0;
  const exactly = isUnshifted(assembled, placement);
  const head = isKept(start) ? runs[0] : undefined;
  const tail = isKept(end - 1) ? runs.at(-1) : undefined;
  const only = head ?? tail ?? runs[0];
  if (only === undefined) return undefined;
  if (head === undefined || tail === undefined || head === tail) {
    if (unique.length > 0) return undefined;
    const others = file.placesWithin(only, span, exactly).map((place) => file.lineAt(place));
    return others.find((line) => line !== only[0]);
  }
  if (unique.length > 0 && (runs.length > 2 || (unique.includes(head) && unique.includes(tail)))) return undefined;
  const wantedHead = unique.includes(head) ? head.slice(0, enough) : head;
  const wantedTail = unique.includes(tail) ? tail.slice(-enough) : tail;
  const ownHead = file.placeOf(head[0] ?? 0);
  const ownGap = file.placeOf(wantedTail[0] ?? 0) - ownHead - wantedHead.length;
  const limit = Math.max(ownGap, end - start - wantedHead.length - wantedTail.length) + slack;
  const ownTail = file.placeOf(wantedTail[0] ?? 0);
  const isAdded = runs.length === 2 && file.placeOf(tail[0] ?? 0) === ownHead + head.length;
  const tails = file.placesWithin(wantedTail, span, exactly);
  for (const place of file.placesWithin(wantedHead, span, exactly)) {
    const next = tails[lowerBound(tails, place + wantedHead.length)];
    if (place === ownHead || next === undefined || next - place - wantedHead.length > limit) continue;
    if (isAdded && next === ownTail) continue;
    return file.lineAt(place);
  }
  return undefined;
}
