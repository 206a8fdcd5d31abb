import type { DefinitionKind } from '../outline.ts';
import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { keptLines } from './kept-lines.ts';
import { isStrong, similarity } from './line-strength.ts';
import { nameUses } from './name-uses.ts';
import { originsOf } from './segment-views.ts';

/** From here on a line is the old form of another. */
const alike = 0.6;

/** Longer definitions are compared by their first lines. */
const longest = 100;

/**
 * G15: a definition comes in, one much like it stays, and the edit took out all that used that one: most
 * likely it was renamed.
 */
export function renamedFailures(
  assembled: Assembled,
  before: readonly PlacedDefinition[],
  after: readonly PlacedDefinition[],
): GateFailure[] {
  const { merged, input } = assembled;
  const known = new Set(before.map(({ path }) => path));
  const added = after.filter(({ path, headerLine }) => !known.has(path) && (merged.rows[headerLine]?.origin ?? 0) < 0);
  if (added.length === 0) return [];
  const rows = merged.rows.map(({ line }) => line);
  const stay = new Set(after.map(({ path }) => path));
  const uses = nameUses(assembled);
  const shows = new Set(originsOf(assembled, assembled.placements));
  const kept = keptLines(merged);
  for (const was of before) {
    if (!stay.has(was.path) || shows.has(was.headerLine) || !kept.has(was.headerLine)) continue;
    const span = { from: was.startLine, to: was.endLine + 1 };
    if (!uses.areOutOfUse([was.definition.name], span)) continue;
    const old = input.text.lines.slice(span.from, Math.min(span.to, span.from + longest));
    const renamed = added.find(
      (is) =>
        isAlikeKind(is, was) &&
        isMostlyAlike(old, rows.slice(is.startLine, Math.min(is.endLine + 1, is.startLine + longest))),
    );
    if (renamed === undefined) continue;
    const message = `${renamed.path} comes in, and ${was.path}, which nothing uses any more, would stay`;
    return [{ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [was.headerLine + 1] }];
  }
  return [];
}

/** A method may become a function of its own. */
function isAlikeKind({ definition: is }: PlacedDefinition, { definition: was }: PlacedDefinition): boolean {
  const isCalled = (kind: DefinitionKind): boolean => kind === 'function' || kind === 'method';
  return is.kind === was.kind || (isCalled(is.kind) && isCalled(was.kind));
}

function isMostlyAlike(old: readonly string[], fresh: readonly string[]): boolean {
  const strong = old.filter((line) => isStrong(line.trim()));
  const like = strong.filter((line) => fresh.some((other) => similarity(line, other) >= alike));
  return strong.length > 0 && 2 * like.length >= strong.length;
}
