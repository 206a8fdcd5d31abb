import type { DefinitionKind } from '../outline.ts';
import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';

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
    return isShown && inside.some(({ origin, line }) => origin < 0 && line.trim() !== '');
  });
}
