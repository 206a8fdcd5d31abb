import type { Assembled } from './assembled.ts';
import type { PlacedDefinition } from './definition-tree.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong, similarity } from './line-strength.ts';
import { shown } from './text-rules.ts';

/** So many lines may go at the end of a file that is sent as a whole; more looks like an edit that stopped early. */
const tolerated = 2;

/**
 * G11: an edit taken for the whole file that stops before the file does. It may as well be a part of it, with all behind that
 * part left as it is.
 */
export function cutEndFailures({ input, merged }: Assembled): GateFailure[] {
  const { lines } = input.text;
  const last = merged.hunks.findLast(({ end }) => !lines.slice(end).some((line) => isStrong(line.trim())));
  if (last === undefined) return [];
  const fresh = merged.rows.slice(last.rowStart, last.rowEnd).map(({ line }) => line.trim());
  const gone = lines
    .slice(last.start, last.end)
    .map((line) => line.trim())
    .filter((line) => isStrong(line) && !fresh.some((other) => similarity(line, other) >= 0.5));
  if (gone.length <= tolerated) return [];
  const message = `the edit stops before the end of the file, at \`${shown(gone[0])}\``;
  return [{ gate: 'G11', code: 'E_APPLY_EDGE', message, lines: [last.start + 1, last.end] }];
}

/** So few lines behind an edit that ends without a marker may be meant to go. */
const few = 8;

/** G11: an edit that uses markers ends without one, just before the end of the file. */
export function openEndFailures(
  { input, merged, solid, placements }: Assembled,
  after: readonly PlacedDefinition[],
): GateFailure[] {
  const last = placements.at(-1);
  if (last === undefined || input.snippet.form !== 'lazy' || last.piece.markerAfter) return [];
  const rest = [...solid.rows.slice(last.end)];
  if (rest.length > few || !rest.some((row) => isStrong((merged.rows[row]?.line ?? '').trim()))) return [];
  const row = solid.rows[last.end - 1];
  if (after.some(({ endLine }) => endLine === row)) return [];
  const line = (merged.rows[rest[0] ?? 0]?.origin ?? 0) + 1;
  const message = 'the edit ends without a marker, just before the end of the file';
  return [{ gate: 'G11', code: 'E_APPLY_EDGE', message, lines: [line] }];
}
