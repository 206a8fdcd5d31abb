import type { Definition, Outline } from '../outline.ts';
import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { indentOf } from './line-strength.ts';
import type { Fate } from './pair-definitions.ts';

/** G4: not one syntax error more than before. */
export function syntaxFailures(before: Outline, after: Outline, lineOf: (offset: number) => number): GateFailure[] {
  const had = before.errors.length / 2;
  const has = after.errors.length / 2;
  if (has <= had) return [];
  const at = lineOf(after.errors[0] ?? 0);
  const message =
    had === 0
      ? `the result would not parse (near line ${at})`
      : `the result would have ${has - had} syntax errors more`;
  return [{ gate: 'G4', code: 'E_APPLY_SYNTAX', message, lines: [at] }];
}

/** G5: a definition that is gone was held on both sides by lines of the edit, renamed in place, or taken out by a directive. */
export function lossFailures(fates: readonly Fate[], { input, merged, solid, placements }: Assembled): GateFailure[] {
  const failures: GateFailure[] = [];
  for (const { was, fate } of fates) {
    if (fate !== 'lost' || input.snippet.removes.includes(was.definition.name)) continue;
    const hunk = merged.hunks.find(({ start, end }) => start <= was.headerLine && was.headerLine < end);
    const held =
      hunk !== undefined &&
      placements.some(({ start, end }) => {
        const isKept = (at: number): boolean => (merged.rows[solid.rows[at] ?? -1]?.origin ?? -1) >= 0;
        const inside = Array.from({ length: end - start }, (_, index) => start + index);
        const before = inside.some((at) => (solid.rows[at] ?? 0) < hunk.rowStart && isKept(at));
        return before && inside.some((at) => (solid.rows[at] ?? 0) >= hunk.rowEnd && isKept(at));
      });
    if (held) continue;
    const message = `${was.path} would be lost, and the edit does not take it out`;
    failures.push({ gate: 'G5', code: 'E_APPLY_LOST_DEFINITION', message, lines: [was.headerLine + 1] });
  }
  return failures;
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
  for (const placed of before) had.set(keyOf(placed), (had.get(keyOf(placed)) ?? 0) + 1);
  const groups = new Map<string, PlacedDefinition[]>();
  for (const placed of after) {
    if (!mayCollide(placed, input.language)) continue;
    groups.set(keyOf(placed), [...(groups.get(keyOf(placed)) ?? []), placed]);
  }
  const isNew = ({ headerLine }: PlacedDefinition): boolean => (merged.rows[headerLine]?.origin ?? -1) < 0;
  const lines = merged.rows.map(({ line }) => line);
  const failures: GateFailure[] = [];
  for (const [key, group] of groups) {
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
