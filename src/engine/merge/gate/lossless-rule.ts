import type { Assembled } from './assembled.ts';
import { isWholeCode } from '../anchored/whole-code.ts';
import type { DefinitionKind } from '../outline.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong, similarity } from './line-strength.ts';
import type { Hunk } from './merged-rows.ts';
import { strengthOf, type Reading } from './other-readings.ts';
import { hunksWithin, readingsWithin, viewSegments, type SegmentView } from './segment-views.ts';
import { shown } from './text-rules.ts';

/** From here on a line may be the old form of another. */
const alike = 0.4;

/** More comparisons of lines than this are not made; what was not compared counts as gone. */
const comparisons = 100_000;

/** What the candidate makes of a part, and of the names in it. */
interface LossyPart {
  readonly view: SegmentView;
  readonly hunks: readonly Hunk[];
  /** The header of a definition gives way to that of one with another name, which the file does not have. */
  readonly renames: boolean;
  /** Rows of the result with the header of a definition whose name the file has. */
  readonly known: ReadonlySet<number>;
}

/**
 * G15: lines go in a part that could as well come in between two lines that stand next to each other, with nothing gone. Then
 * nobody knows whether it is the new form of what goes, or new and a copy of it.
 */
export function losslessFailures(
  assembled: Assembled,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): GateFailure[] {
  const { input, file } = assembled;
  const failures: GateFailure[] = [];
  const names = new Set(before.map(({ path }) => path));
  const stay = new Set(after.map(({ path }) => path));
  const lost = before.filter(({ path, definition }) => !stay.has(path) && copied.has(definition.kind));
  const added = after.filter(({ path }) => !names.has(path));
  const known = new Set(after.filter(({ path }) => names.has(path)).map(({ headerLine }) => headerLine));
  const work = { left: comparisons };
  for (const view of viewSegments(assembled)) {
    const hunks = hunksWithin(assembled, view.placements);
    const renames = hunks.some((hunk) => takesName(hunk, lost, added) || takesTitle(assembled, hunk));
    const lossy = hunks.find((hunk) => losesLines(assembled, hunk, renames, work));
    const retitled = lossy ?? hunks.find((hunk) => takesText(assembled, hunk));
    if (retitled === undefined) continue;
    const place =
      lossy === undefined ? wholeInsertionOf(assembled, view) : insertionOf(assembled, { view, hunks, renames, known });
    if (place === undefined) continue;
    const line = file.lineAt(place) + 1;
    const message = `\`${shown(input.text.lines[retitled.start])}\` would go, although the lines fit at line ${line} with nothing gone`;
    failures.push({ gate: 'G15', code: 'E_APPLY_LOSSY', message, lines: [retitled.start + 1, line] });
  }
  return failures;
}

/** A line that says something goes without a new form; any such line where a definition gets another name. */
function losesLines({ input, merged }: Assembled, hunk: Hunk, renames: boolean, work: { left: number }): boolean {
  const fresh = merged.rows.slice(hunk.rowStart, hunk.rowEnd).map(({ line }) => line);
  return input.text.lines
    .slice(hunk.start, hunk.end)
    .some(
      (line) =>
        isStrong(line.trim()) &&
        (renames || !fresh.some((other) => (work.left -= 1) > 0 && similarity(line, other) >= alike)),
    );
}

/** Position of the part's beginning where it would only bring lines in. */
function insertionOf(assembled: Assembled, part: LossyPart): number | undefined {
  const { file } = assembled;
  const { lines, window } = part.view;
  const reading = readingsWithin(assembled, part.view).find(
    (one) => one.gone === 0 && isHeld(lines, one, part.renames) && !repeats(assembled, part, one),
  );
  return reading === undefined ? undefined : file.placeOf(window.from) + reading.start;
}

/**
 * Position of the part's beginning where all lines that change something in the candidate come in as code that stands by
 * itself, with what follows them in the part already there: a copy of a block with other values, or its new form.
 */
function wholeInsertionOf(assembled: Assembled, view: SegmentView): number | undefined {
  const { merged, solid, file } = assembled;
  const rows = view.placements.flatMap(({ start, end }) => [...solid.rows.subarray(start, end)]);
  const fresh = rows.flatMap((row, index) => ((merged.rows[row]?.origin ?? -1) < 0 ? [index] : []));
  const [first, last] = [fresh[0], fresh.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const reading = readingsWithin(assembled, view).find(
    (one) =>
      one.gone === 0 &&
      one.head <= first &&
      rows.length - one.tail > last &&
      strengthOf(view.lines, one).tail > 0 &&
      comesWhole(view.lines, one),
  );
  return reading === undefined ? undefined : file.placeOf(view.window.from) + reading.start;
}

const quoted = /(["'`])(?:(?!\1).)+\1/g;

/** A line gives way to one that is the same but for a text in quotes: the name of the block, in tests and routes. */
function takesText({ input, merged }: Assembled, hunk: Hunk): boolean {
  const shapeOf = (line: string): string | undefined => {
    const shape = line.trim().replace(quoted, '$1');
    return shape === line.trim() ? undefined : shape;
  };
  const fresh = new Set(merged.rows.slice(hunk.rowStart, hunk.rowEnd).flatMap(({ line }) => shapeOf(line) ?? []));
  return input.text.lines.slice(hunk.start, hunk.end).some((line) => fresh.has(shapeOf(line) ?? ''));
}

/** Lines that both ends have may belong to either, so what comes in can begin as many lines later. */
function comesWhole(lines: readonly string[], { head, fresh, longestHead }: Reading): boolean {
  const last = Math.min(longestHead, lines.length - fresh);
  for (let from = head; from <= last; from += 1) if (isWholeCode(lines.slice(from, from + fresh))) return true;
  return false;
}

function isHeld(lines: readonly string[], reading: Reading, renames: boolean): boolean {
  const { head, tail } = strengthOf(lines, reading);
  return renames ? head + tail > 0 : head > 0 && tail > 0;
}

/** What would come in defines a name that the file has, or is no copy with another name and has a line that stands but once. */
function repeats({ merged, solid, file }: Assembled, { view, renames, known }: LossyPart, reading: Reading): boolean {
  const rows = view.placements.flatMap(({ start, end }) => [...solid.rows.subarray(start, end)]);
  return rows.slice(reading.head, rows.length - reading.tail).some((row) => {
    if (known.has(row)) return true;
    const origin = merged.rows[row]?.origin ?? -1;
    return !renames && origin >= 0 && file.isUnique([origin]);
  });
}

/** Kinds of definitions that are copied whole to make another of the kind. */
const copied: ReadonlySet<DefinitionKind> = new Set([
  'function',
  'method',
  'class',
  'interface',
  'enum',
  'struct',
  'impl',
]);

/** A call that opens a block, as test frameworks have them: its title is its name. */
const titled = /^[\w.]+\(\s*(['"`])(.+)\1,.*[{(]$/;

/** The header of such a block gives way to others with other titles. */
function takesTitle({ input, merged }: Assembled, hunk: Hunk): boolean {
  const titleOf = (line: string): string | undefined => titled.exec(line.trim())?.[2];
  const gone = input.text.lines.slice(hunk.start, hunk.end).flatMap((line) => titleOf(line) ?? []);
  if (gone.length === 0) return false;
  const fresh = merged.rows.slice(hunk.rowStart, hunk.rowEnd).flatMap(({ line }) => titleOf(line) ?? []);
  return fresh.length > 0 && gone.some((title) => !fresh.includes(title));
}

function takesName(hunk: Hunk, lost: readonly PlacedDefinition[], added: readonly PlacedDefinition[]): boolean {
  return (
    lost.some(({ headerLine }) => hunk.start <= headerLine && headerLine < hunk.end) &&
    added.some(({ headerLine }) => hunk.rowStart <= headerLine && headerLine < hunk.rowEnd)
  );
}
