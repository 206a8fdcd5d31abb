import { bracketRest } from '../anchored/bracket-rest.ts';
import { isWholeCode } from '../anchored/whole-code.ts';
import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { Span } from './file-lines.ts';
import type { GateFailure } from './gate-verdict.ts';
import { keptLines } from './kept-lines.ts';
import { isStrong, similarity } from './line-strength.ts';
import { nameUses, type NameUses } from './name-uses.ts';
import type { Reading } from './other-readings.ts';
import { hunksWithin, originsOf, readingsWithin, viewSegments, type SegmentView } from './segment-views.ts';
import { shown } from './text-rules.ts';

/** From here on a line that stays is the old form of one that comes. */
const alike = 0.6;

/** A part that changes nothing and begins with so many lines that stand before something else is there to take that out. */
const fewestLines = 2;

/** Comparisons of lines for all parts of one candidate; what was not compared is not alike. */
const comparisons = 100_000;

/** What a longer reading of a part would take out, and this one leaves where it is. */
interface Remnant {
  readonly view: SegmentView;
  readonly own: Reading;
  readonly longer: Reading;
  /** Position of the lines that both are readings of. */
  readonly offset: number;
  /** Positions of its lines among those of the file that are not blank. */
  readonly from: number;
  readonly to: number;
}

/**
 * G15: a part of which one end stands twice was put where less goes, but what it leaves behind looks as if it was meant to go: it
 * is the old form of what comes, the edit took out all that used it or all that it needs, or the lines around the gap fit better.
 */
export function leftBehindFailures(assembled: Assembled, before: readonly PlacedDefinition[]): GateFailure[] {
  const { file, input } = assembled;
  const failures: GateFailure[] = [];
  const uses = nameUses(assembled);
  const work = { left: comparisons };
  for (const view of viewSegments(assembled)) {
    const remnant = remnantsOf(assembled, view).find((one) => isMeantToGo(assembled, one, before, uses, work));
    if (remnant === undefined) continue;
    const [first, last] = [file.lineAt(remnant.from), file.lineAt(remnant.to - 1)];
    const message = `\`${shown(input.text.lines[first])}\` and ${last - first} lines more would stay, which the edit may have taken out`;
    failures.push({ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [first + 1, last + 1], leaves: true });
  }
  return failures;
}

/** Readings that have one end where this one has it and the other further out. */
function remnantsOf(assembled: Assembled, view: SegmentView): Remnant[] {
  const { file } = assembled;
  const origins = originsOf(assembled, view.placements);
  const [first, last] = [origins[0], origins.at(-1)];
  if (first === undefined || last === undefined) return [];
  const offset = file.placeOf(view.window.from);
  const start = file.placeOf(first) - offset;
  const end = file.placeOf(last) + 1 - offset;
  const within = file.linesWithin(view.window);
  const { lines } = view;
  const readings = readingsWithin(assembled, view);
  const endOf = ({ start: from, gone, fresh }: Reading): number => from + lines.length - fresh + gone;
  const isAsItStands = !view.isChanged && end - start === lines.length;
  const own = isAsItStands
    ? unchanged(start, lines.length)
    : readings.find((one) => one.start === start && endOf(one) === end);
  if (own === undefined) return [];
  return readings.flatMap((longer): Remnant[] => {
    // a part that stands as it is says something only where all of it stands around a gap
    if (isAsItStands && longer.fresh > 0) return [];
    const isBelow =
      !isAsItStands && longer.start === start && endOf(longer) > end && longer.longestTail >= own.longestTail;
    const isAbove =
      longer.start < start && endOf(longer) === end && (isAsItStands || longer.longestHead >= own.longestHead);
    if (!isBelow && !isAbove) return [];
    const size = isBelow ? endOf(longer) - end : start - longer.start;
    // where the repeated end is counted to what stays or to what goes is one and the same
    const slides = isBelow ? own.longestTail : Math.min(own.longestHead, longer.longestHead);
    const from = isBelow ? end : longer.start;
    const starts = Array.from({ length: slides + 1 }, (_, by) => (isBelow ? from - by : from + by));
    const whole = starts.find((at) => at >= 0 && isWholeCode(within.slice(at, at + size)));
    if (whole === undefined && !keepsBrackets(lines, within, longer)) return [];
    const at = whole ?? from;
    return [{ view, own, longer, offset, from: offset + at, to: offset + at + size }];
  });
}

function unchanged(start: number, length: number): Reading {
  return { start, head: length, tail: length, longestHead: length, longestTail: length, gone: 0, fresh: 0 };
}

/** What comes needs the same brackets around it as what goes. */
function keepsBrackets(part: readonly string[], lines: readonly string[], reading: Reading): boolean {
  const { start, head, tail, gone } = reading;
  const rest = bracketRest(lines.slice(start + head, start + head + gone));
  return rest !== undefined && rest === bracketRest(part.slice(head, part.length - tail));
}

function isMeantToGo(
  assembled: Assembled,
  remnant: Remnant,
  before: readonly PlacedDefinition[],
  uses: NameUses,
  work: { left: number },
): boolean {
  const { file } = assembled;
  const span = { from: file.lineAt(remnant.from), to: file.lineAt(remnant.to - 1) + 1 };
  const lines = file.linesWithin(span);
  const stays = keptLines(assembled.merged);
  // a directive may have taken them out
  if (![span.from, span.to - 1].every((line) => stays.has(line))) return false;
  return (
    fitsBetter(assembled, remnant) ||
    (!definesNames(span, before) && (isAsWellHeld(remnant) || isOldForm(assembled, remnant.view, lines, work))) ||
    uses.areOutOfUse(definedIn(span, before), span) ||
    uses.areInNeed(span)
  );
}

/** More of the part's end stands there in one run, or as many lines with the blank line before them that the edit has. */
function fitsBetter({ file }: Assembled, { own, longer, view, offset }: Remnant): boolean {
  if (own.fresh + own.gone === 0) return longer.longestHead >= fewestLines;
  if (longer.longestTail > own.longestTail || longer.longestHead > own.longestHead) return true;
  if (longer.start !== own.start) return false;
  const { lines, blanksBefore } = view;
  const tail = Math.min(own.longestTail, lines.length - 1);
  const isSet = (reading: Reading): boolean => {
    const place = offset + reading.start + lines.length - reading.fresh + reading.gone - tail;
    return file.lineAt(place) - file.lineAt(place - 1) > 1;
  };
  const inEdit = (blanksBefore[lines.length - tail] ?? 0) > 0;
  return isSet(own) !== inEdit && isSet(longer) === inEdit;
}

/** Nothing comes, and as many lines hold the longer deletion as the shorter one. */
function isAsWellHeld({ own, longer }: Remnant): boolean {
  if (own.gone === 0 || own.fresh + longer.fresh > 0) return false;
  return (longer.start === own.start ? longer.longestTail : longer.longestHead) >= fewestLines;
}

/** Most lines that stay are nearly the same as lines that come. */
function isOldForm(assembled: Assembled, view: SegmentView, lines: readonly string[], work: { left: number }): boolean {
  const { merged } = assembled;
  const fresh = hunksWithin(assembled, view.placements)
    .flatMap(({ rowStart, rowEnd }) => merged.rows.slice(rowStart, rowEnd))
    .map(({ line }) => line.trim());
  const strong = lines.filter(isStrong);
  if (strong.length === 0 || fresh.length === 0) return false;
  const old = strong.filter((line) => fresh.some((other) => (work.left -= 1) > 0 && similarity(line, other) >= alike));
  return 2 * old.length >= strong.length;
}

/** New definitions are often copies of those beside them. */
function definesNames({ from, to }: Span, before: readonly PlacedDefinition[]): boolean {
  return before.some(({ headerLine }) => from <= headerLine && headerLine < to);
}

function definedIn({ from, to }: Span, before: readonly PlacedDefinition[]): string[] {
  return before
    .filter(({ startLine, endLine }) => from <= startLine && endLine < to)
    .map(({ definition }) => definition.name);
}
