import type { DefinitionKind } from '../outline.ts';
import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { MergedRows } from './merged-rows.ts';

const isMember: Readonly<Partial<Record<DefinitionKind, true>>> = { function: true, method: true, class: true };

const holdsMembers: Readonly<Partial<Record<DefinitionKind, true>>> = {
  class: true,
  interface: true,
  struct: true,
  enum: true,
  impl: true,
};

/**
 * Whether a member goes only because the edit shows its class from the first line to the last without it, while it changes
 * something else there: what was left out for brevity, without a marker, looks the same. An edit of the class that
 * brings nothing new can mean nothing but the deletion.
 */
export function isLeftOut(
  was: PlacedDefinition,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
  { merged, solid, placements }: Assembled,
): boolean {
  const holder = before[was.container];
  if (holder === undefined || isMember[was.definition.kind] !== true) return false;
  if (holdsMembers[holder.definition.kind] !== true) return false;
  return after.some((is) => {
    if (is.path !== holder.path || is.definition.kind !== holder.definition.kind) return false;
    const isShown = placements.some(
      ({ start, end }) =>
        (solid.rows[start] ?? Infinity) <= is.headerLine && is.endLine <= (solid.rows[end - 1] ?? -Infinity),
    );
    const inside = merged.rows.slice(is.startLine, is.endLine + 1);
    if (!isShown || !inside.some(({ origin, line }) => origin < 0 && line.trim() !== '')) return false;
    return !showsWhatStays(is, after, merged);
  });
}

/** So many members as they were, each with more than a line: such an edit leaves nothing out for brevity. */
const shownMembers = 2;

function showsWhatStays(holder: PlacedDefinition, after: readonly PlacedDefinition[], merged: MergedRows): boolean {
  const shown = after.filter(
    ({ container, definition, startLine, endLine }) =>
      after[container] === holder &&
      isMember[definition.kind] === true &&
      endLine > startLine + 1 &&
      merged.rows.slice(startLine, endLine + 1).every(({ origin }) => origin >= 0),
  );
  return shown.length >= shownMembers;
}
