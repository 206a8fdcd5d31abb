import { bracketRest } from '../anchored/bracket-rest.ts';
import type { Strictness } from '../merge.ts';
import type { Assembled } from './assembled.ts';
import { isCommentLine } from './comment-line.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { indentOf, isStrong, KnownWords, similarity } from './line-strength.ts';
import { deletionsOf, type Deletion } from './deletions.ts';
import type { FileLines, Run } from './file-lines.ts';
import type { Hunk } from './merged-rows.ts';
import { lowerBound, type Placement } from './place-pieces.ts';
import { trimmedLines } from '../trimmed-lines.ts';
import { shown } from './text-rules.ts';
import { isThin } from './thin-hold.ts';
import { tearsBlocks } from './torn-block.ts';

/** From how many strong lines on, without a like of theirs in the edit, a deletion needs two anchors that are unique. */
const lossyFrom: Readonly<Record<Strictness, number>> = { strict: 1, balanced: 3, permissive: 12 };

/** More comparisons of lines than this per deletion are not made; what was not compared counts as gone. */
const comparisons = 40_000;

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
  const { file } = assembled;
  const { text, strictness } = assembled.input;
  const deletions = deletionsOf(assembled);
  if (deletions.length === 0) return failures;
  for (const deletion of deletions) {
    const { hunk } = deletion;
    if (isDirected(assembled, hunk, before)) continue;
    if (isUnderMarker(deletion) && strictness !== 'permissive') {
      failures.push(markerFailure(text.lines.slice(hunk.start, hunk.end), hunk));
      continue;
    }
    const gone = text.lines.slice(hunk.start, hunk.end).map((line) => line.trim());
    const isOpen = deletion.above.length === 0 || deletion.below.length === 0;
    const fresh = freshLines(assembled, hunk);
    // where nothing comes, nothing can be the new form of what goes
    const isPure = fresh.length === 0;
    const tears = isPure ? gone.some(isStrong) && tearsBlocks(text.lines, hunk) : joinsBlocks(gone, fresh);
    if (tears && strictness !== 'permissive') {
      failures.push(tornFailure(gone, hunk));
      continue;
    }
    if (strictness !== 'permissive' && isMostOfText(assembled, deletion, gone, fresh)) {
      failures.push(partFailure(gone, hunk));
      continue;
    }
    if (isPure && strictness !== 'permissive' && isThin(deletion, before, text.lines)) {
      // a definition that is there from its first line to its last says of its comments too that they go
      const isRewritten =
        withoutComments(gone) <= fewStatements && isRedefined(assembled, hunk, deletion.placement, before, after);
      if (!isRewritten) failures.push(thinFailure(gone, hunk));
      continue;
    }
    const lost = isOpen || isPure ? withoutPartner(gone, fresh) : withoutLike(gone, deletion.placement.piece.lines);
    const isFar = reachesPast(file, deletion, gone, strictness);
    const tolerated = isOpen || isPure ? 1 : lossyFrom[strictness];
    if (lost.length < tolerated && !isFar) continue;
    if (isRedefined(assembled, hunk, deletion.placement, before, after)) continue;
    if (!isOpen && isHeld(file, deletion, strictness)) continue;
    const where = isOpen ? 'at the open end of a part of the edit' : 'between lines that stand in several places';
    const message = `\`${shown(lost[0])}\` and ${gone.length - 1} lines more would go, ${where}`;
    failures.push({ gate: 'G9', code: 'E_APPLY_LOSSY', message, lines: [hunk.start + 1, hunk.end] });
  }
  return failures;
}

/** So many lines that say something may go among comments. */
const fewStatements = 2;

function withoutComments(gone: readonly string[]): number {
  return gone.filter((line) => isStrong(line) && !isCommentLine(line)).length;
}

/** Nothing but lines that go between a line that stays and a marker: the marker says that they stay. */
function isUnderMarker({ hunk, placement, above, below }: Deletion): boolean {
  if (hunk.rowEnd > hunk.rowStart) return false;
  return (
    (placement.piece.markerAfter && above.length > 0 && below.length === 0) ||
    (placement.piece.markerBefore && below.length > 0 && above.length === 0)
  );
}

function markerFailure(gone: readonly string[], { start, end }: Hunk): GateFailure {
  const message = `\`${shown(gone.find((line) => line.trim() !== ''))}\` would go where a marker of the edit says that code stays`;
  return { gate: 'G9', code: 'E_APPLY_LOSSY', message, lines: [start + 1, end] };
}

/** A directive of the edit names what goes; the comment above it goes along. */
function isDirected({ input }: Assembled, { start, end }: Hunk, before: readonly PlacedDefinition[]): boolean {
  const { removes } = input.snippet;
  if (removes.length === 0) return false;
  const named = before.filter(({ definition }) => removes.includes(definition.name));
  const gone = Array.from({ length: end - start }, (_, index) => start + index);
  return gone.every((line) => {
    const trimmed = (input.text.lines[line] ?? '').trim();
    const isCode = trimmed !== '' && !/^(?:\/[/*]|\*|#)/.test(trimmed);
    return !isCode || named.some((was) => was.startLine <= line && line <= was.endLine);
  });
}

/**
 * Text without a syntax tree, sent without any marker: more goes than is shown of what stays. That may be the new text, or a
 * part of it sent as if it were a definition.
 */
function isMostOfText(
  { input, merged, solid }: Assembled,
  { placement }: Deletion,
  gone: readonly string[],
  fresh: readonly string[],
): boolean {
  if (input.outline !== undefined || input.snippet.form !== 'definition') return false;
  const lost = withoutPartner(gone, fresh).length;
  const rows = Array.from(
    { length: placement.end - placement.start },
    (_, at) => solid.rows[placement.start + at] ?? -1,
  );
  const stays = rows.filter((row) => {
    const { origin = -1, line = '' } = merged.rows[row] ?? {};
    return origin >= 0 && isStrong(line.trim());
  });
  return lost > 1 && lost >= stays.length;
}

function partFailure(gone: readonly string[], { start, end }: Hunk): GateFailure {
  const message = `\`${shown(gone.find(isStrong))}\` would go although the edit has no markers and may be a part`;
  return { gate: 'G9', code: 'E_APPLY_LOSSY', message, lines: [start + 1, end] };
}

function thinFailure(gone: readonly string[], { start, end }: Hunk): GateFailure {
  const message = `\`${shown(gone.find(isStrong))}\` and ${gone.length - 1} lines more would go, held by a single line`;
  return { gate: 'G9', code: 'E_APPLY_LOSSY', message, lines: [start + 1, end] };
}

/** From so many strong lines on, most of them without a new form, it counts which blocks they end and begin. */
const joinedFrom = 2;

/** Much goes, with the end of one block and the beginning of another, and little comes that ends and begins no such blocks. */
function joinsBlocks(gone: readonly string[], fresh: readonly string[]): boolean {
  const strong = gone.filter(isStrong).length;
  if (strong < joinedFrom || strong < 2 * fresh.filter(isStrong).length) return false;
  const rest = bracketRest(gone);
  return rest !== undefined && /^[)\]}]+[([{]+$/.test(rest) && rest !== bracketRest(fresh);
}

function tornFailure(gone: readonly string[], { start, end }: Hunk): GateFailure {
  const message = `\`${shown(gone.find(isStrong))}\` would go with the end of one block and the beginning of another`;
  return { gate: 'G9', code: 'E_APPLY_LOSSY', message, lines: [start + 1, end] };
}

/** Strong lines among those that go for which the edit has nothing alike. */
function withoutLike(gone: readonly string[], lines: readonly string[]): string[] {
  let left = comparisons;
  const others = trimmedLines(lines);
  const words = new KnownWords();
  return gone.filter((line) => {
    if (!isStrong(line)) return false;
    return !others.some((other) => (left -= 1) > 0 && isAlike(line, other, words));
  });
}

/**
 * A definition of Python goes on where a marker of its own level stands behind it; and where one of any level does right behind its
 * last line, without a blank one between: that is often as deep as what comes next.
 */
function goesOn({ input, solid }: Assembled, { piece, start, end }: Placement, is: PlacedDefinition): boolean {
  if (input.language !== 'python' || !piece.markerAfter || is.endLine !== solid.rows[end - 1]) return false;
  if (input.snippet.segments[piece.segment]?.blankAfter === 0) return true;
  const header = piece.lines[lowerBound(solid.rows, is.headerLine) - start] ?? '';
  return piece.markerAfterIndent.length > indentOf(header).length;
}

function freshLines({ merged }: Assembled, { rowStart, rowEnd }: Hunk): string[] {
  return merged.rows
    .slice(rowStart, rowEnd)
    .map(({ line }) => line.trim())
    .filter((line) => line !== '');
}

/** Strong lines that go and are not, one for one, the old form of a line that comes. */
function withoutPartner(gone: readonly string[], fresh: readonly string[]): string[] {
  const free = new Set(fresh.slice(0, 200));
  const words = new KnownWords();
  return gone.filter((line) => {
    if (!isStrong(line)) return false;
    const partner = [...free].find((other) => isAlike(line, other, words));
    return partner === undefined || !free.delete(partner);
  });
}

/** A decorator is the same one with other arguments. */
function isAlike(line: string, other: string, words: KnownWords): boolean {
  if (similarity(line, other, words.of) >= 0.5) return true;
  const decorator = line.startsWith('@') ? /^@[\w.]+/.exec(line)?.[0] : undefined;
  return decorator !== undefined && decorator === /^@[\w.]+/.exec(other)?.[0];
}

/**
 * Both sides are recognised without doubt; or one is, and the other is the nearest of its kind, so that no shorter deletion
 * would fit as well.
 */
function isHeld(file: FileLines, { hunk, above, below }: Deletion, strictness: Strictness): boolean {
  const fromAbove = above.some((run) => file.isUnique(run));
  const fromBelow = below.some((run) => file.isUnique(run));
  if (fromAbove && fromBelow) return true;
  if (strictness === 'strict') return false;
  const isNearest = (run: Run | undefined): boolean =>
    run !== undefined && !file.standsWithin(run, hunk.start, hunk.end);
  return (fromAbove && isNearest(below[0])) || (fromBelow && isNearest(above[0]));
}

/** A shorter deletion would fit the lines of the edit as well: what holds it stands within what goes. */
function reachesPast(
  file: FileLines,
  { hunk, above, below }: Deletion,
  gone: readonly string[],
  strictness: Strictness,
): boolean {
  if (strictness === 'permissive' || !gone.some(isStrong)) return false;
  return [above[0], below[0]].some(
    (run) => run !== undefined && file.isStrong(run) && file.standsWithin(run, hunk.start, hunk.end),
  );
}

/** The lines that go belong to one definition, and the piece has its new form from the first line to the last. */
export function isRedefined(
  assembled: Assembled,
  hunk: Hunk,
  placement: Placement,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): boolean {
  const { merged, solid, placements } = assembled;
  const from = solid.rows[placement.start] ?? 0;
  const to = solid.rows[placement.end - 1] ?? 0;
  return before.some((was) => {
    if (hunk.start < was.startLine || hunk.end > was.endLine + 1) return false;
    if (!isNamedOnce(was, before) && !isInNamedContainer(was, before, merged.rows, placements, solid.rows))
      return false;
    return after.some(
      (is) =>
        is.path === was.path &&
        is.definition.kind === was.definition.kind &&
        from <= is.headerLine &&
        is.endLine <= to &&
        !goesOn(assembled, placement, is),
    );
  });
}

/** How many definitions have a name and signature, counted once for each list. */
const knownCounts = new WeakMap<readonly PlacedDefinition[], ReadonlyMap<string, number>>();

function isNamedOnce(placed: PlacedDefinition, before: readonly PlacedDefinition[]): boolean {
  const counts = knownCounts.get(before) ?? countNames(before);
  knownCounts.set(before, counts);
  return counts.get(nameKey(placed)) === 1;
}

function nameKey({ definition }: PlacedDefinition): string {
  return `${definition.name}\0${definition.signature}`;
}

function countNames(placed: readonly PlacedDefinition[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of placed) counts.set(nameKey(one), (counts.get(nameKey(one)) ?? 0) + 1);
  return counts;
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
