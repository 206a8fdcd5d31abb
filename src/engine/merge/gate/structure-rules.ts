import type { Definition, Structure } from '../outline.ts';
import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import { bracketBalance } from './bracket-balance.ts';
import type { GateFailure, GateInput } from './gate-verdict.ts';
import type { Hunk, MergedRows } from './merged-rows.ts';
import { indentOf } from './line-strength.ts';
import { isLeftOut } from './partial-container.ts';
import { isImportLine } from './pieces.ts';
import { keepsDelimiters } from './delimiters.ts';
import { nameUses } from './name-uses.ts';
import { lowerBound } from './place-pieces.ts';
import type { Fate } from './pair-definitions.ts';

/** The result as its parser sees it; line numbers from 0, which are rows. */
interface ParsedResult {
  readonly outline: Structure;
  readonly lineOf: (offset: number) => number;
}

/** G4: not one syntax error more than before. */
export function syntaxFailures(
  input: GateInput,
  merged: MergedRows,
  before: Structure,
  result: ParsedResult,
): GateFailure[] {
  const had = before.errors.length / 2;
  const has = result.outline.errors.length / 2;
  if (has <= had || isMacroTrouble(input, merged, before, result)) return [];
  const at = result.lineOf(result.outline.errors[0] ?? 0) + 1;
  const message =
    had === 0
      ? `the result would not parse (near line ${at})`
      : `the result would have ${has - had} syntax errors more`;
  return [{ gate: 'G4', code: 'E_APPLY_SYNTAX', message, lines: [at] }];
}

/**
 * No parser reads C and C++ without the macros and conditions of the preprocessor. A new error within new lines is no proof
 * there, as long as the brackets of what comes and what goes weigh the same.
 */
function isMacroTrouble(
  { language, text }: GateInput,
  merged: MergedRows,
  before: Structure,
  result: ParsedResult,
): boolean {
  if (language !== 'c' && language !== 'cpp') return false;
  const { errors } = result.outline;
  let elsewhere = 0;
  for (let index = 0; index < errors.length; index += 2) {
    const first = result.lineOf(errors[index] ?? 0);
    const last = result.lineOf(Math.max(errors[index] ?? 0, (errors[index + 1] ?? 0) - 1));
    if (!merged.hunks.some(({ rowStart, rowEnd }) => first < rowEnd && rowStart <= last)) elsewhere += 1;
  }
  if (elsewhere > before.errors.length / 2) return false;
  const gone = merged.hunks.flatMap(({ start, end }) => text.lines.slice(start, end));
  const fresh = merged.hunks.flatMap(({ rowStart, rowEnd }) =>
    merged.rows.slice(rowStart, rowEnd).map(({ line }) => line),
  );
  return String(bracketBalance(gone.join('\n'))) === String(bracketBalance(fresh.join('\n')));
}

/** G5: a definition that is gone was held on both sides by lines of the edit, renamed in place, or taken out by a directive. */
export function lossFailures(
  fates: readonly Fate[],
  after: readonly PlacedDefinition[],
  assembled: Assembled,
): GateFailure[] {
  const { input, merged, solid, placements } = assembled;
  const failures: GateFailure[] = [];
  const before = fates.map(({ was }) => was);
  const uses = nameUses(assembled);
  for (const { was, fate } of fates) {
    if (fate !== 'lost' || input.snippet.removes.includes(was.definition.name)) continue;
    const hunk = merged.hunks.find(({ start, end }) => start <= was.headerLine && was.headerLine < end);
    // its text stands, and no comment or string swallows it: the parser takes it for something else
    if (hunk === undefined && keepsDelimiters(merged, input.text.lines)) continue;
    const held =
      hunk !== undefined &&
      placements.some(({ start, end }) => {
        const isKept = (at: number): boolean => (merged.rows[solid.rows[at] ?? -1]?.origin ?? -1) >= 0;
        const inside = Array.from({ length: end - start }, (_, index) => start + index);
        const before = inside.some((at) => (solid.rows[at] ?? 0) < hunk.rowStart && isKept(at));
        return before && inside.some((at) => (solid.rows[at] ?? 0) >= hunk.rowEnd && isKept(at));
      });
    const isMeant =
      held &&
      (uses.wentOutOfUse(was) ||
        (!isBetweenRedefinitions(hunk, after, assembled) && !isLeftOut(was, before, after, assembled)));
    if (isMeant) continue;
    const message = `${was.path} would be lost, and the edit does not take it out`;
    failures.push({ gate: 'G5', code: 'E_APPLY_LOST_DEFINITION', message, lines: [was.headerLine + 1] });
  }
  return failures;
}

/**
 * Two definitions, one of them changed, that the edit has in full, one after the other, or such a definition behind an import:
 * whether what stands between them in the file is to go, or was left out for it stays, nobody can tell.
 */
function isBetweenRedefinitions(hunk: Hunk, after: readonly PlacedDefinition[], assembled: Assembled): boolean {
  const { merged, solid, placements } = assembled;
  const at = lowerBound(solid.rows, hunk.rowEnd);
  const above = solid.rows[lowerBound(solid.rows, hunk.rowStart) - 1];
  const below = solid.rows[at];
  const placement = placements.find(({ start, end }) => start < at && at < end);
  if (above === undefined || below === undefined || placement === undefined) return false;
  const first = solid.rows[placement.start] ?? 0;
  const last = solid.rows[placement.end - 1] ?? 0;
  const isChanged = ({ startLine, endLine }: PlacedDefinition): boolean =>
    merged.hunks.some(({ rowStart, rowEnd }) => rowStart <= endLine && startLine < rowEnd);
  const before = after.find(({ startLine, endLine }) => endLine === above && startLine >= first);
  const behind = after.find(({ startLine, endLine }) => startLine === below && endLine <= last);
  if (behind === undefined) return false;
  if (isImportLine((merged.rows[above]?.line ?? '').trim())) return isChanged(behind);
  return before !== undefined && (isChanged(before) || isChanged(behind));
}

const namedOnce: Readonly<Partial<Record<Definition['kind'], true>>> = {
  function: true,
  method: true,
  class: true,
  interface: true,
  enum: true,
  struct: true,
  type: true,
  variable: true,
};

/** G6: no name is defined twice in one block where it was not before; overloads differ in their signature. */
export function twiceFailures(
  { input, merged }: Assembled,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): GateFailure[] {
  const had = new Map<string, number>();
  const groups = new Map<string, PlacedDefinition[]>();
  for (const placed of after) {
    if (!mayCollide(placed, input.language)) continue;
    const key = keyOf(placed);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [placed]);
    else group.push(placed);
  }
  const collisions = [...groups].filter(([, group]) => group.length > 1);
  if (collisions.length === 0) return [];
  for (const placed of before) had.set(keyOf(placed), (had.get(keyOf(placed)) ?? 0) + 1);
  const isNew = ({ headerLine }: PlacedDefinition): boolean => (merged.rows[headerLine]?.origin ?? -1) < 0;
  const lines = merged.rows.map(({ line }) => line);
  const failures: GateFailure[] = [];
  for (const [key, group] of collisions) {
    if (group.length <= Math.max(1, had.get(key) ?? 0)) continue;
    const fresh = group.find(isNew);
    const rival = group.find(
      (one) => one !== fresh && !isNew(one) && fresh !== undefined && inOneBlock(one, fresh, lines),
    );
    if (rival === undefined) continue;
    const message = `${rival.path} would be defined twice`;
    const line = (merged.rows[rival.headerLine]?.origin ?? 0) + 1;
    failures.push({ gate: 'G6', code: 'E_APPLY_DUPLICATE', message, lines: [line] });
  }
  return failures;
}

function keyOf({ path, definition }: PlacedDefinition): string {
  return `${path}\0${definition.signature}`;
}

function mayCollide({ definition }: PlacedDefinition, language: string): boolean {
  if (namedOnce[definition.kind] !== true || definition.name === '_' || definition.name === '') return false;
  if (definition.kind === 'variable') return !['python', 'c', 'cpp', 'text'].includes(language);
  return !(language === 'go' && definition.name === 'init');
}

/** Nothing between the two is less deep than they are: no block ends between them. */
function inOneBlock(one: PlacedDefinition, other: PlacedDefinition, lines: readonly string[]): boolean {
  const [first, last] = one.headerLine < other.headerLine ? [one, other] : [other, one];
  const depth = Math.min(indentOf(lines[first.headerLine] ?? '').length, indentOf(lines[last.headerLine] ?? '').length);
  if (depth === 0) return true;
  for (let index = first.headerLine + 1; index < last.headerLine; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() !== '' && indentOf(line).length < depth) return false;
  }
  return true;
}
