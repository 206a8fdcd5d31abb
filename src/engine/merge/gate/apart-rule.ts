import type { Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong } from './line-strength.ts';
import { isImportLine, type Piece } from './pieces.ts';
import type { Placement } from './place-pieces.ts';
import { shown } from './text-rules.ts';

/**
 * G15: two pieces that follow each other in the edit have lines between them in the result: whether these stay, the edit does not
 * say. Definitions that all bring something new are a list of what changes; one that is shown as it was shows what stands beside
 * it. An import may come before code from wherever it stands, but not behind it.
 */
export function apartFailures(assembled: Assembled): GateFailure[] {
  const failures: GateFailure[] = [];
  for (const upper of assembled.placements) {
    const lower = assembled.placements.find((other) => follows(upper.piece, other.piece));
    if (lower === undefined || lower.start <= upper.end || mayBeApart(assembled, upper, lower)) continue;
    const between = strangerBetween(assembled, upper, lower);
    if (between === undefined) continue;
    const message = `\`${shown(between.line)}\` stands between two parts that follow each other in the edit`;
    failures.push({ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [between.origin + 1] });
  }
  return failures;
}

function follows(upper: Piece, lower: Piece): boolean {
  if (lower === upper || lower.segment !== upper.segment) return false;
  const blanks = upper.blanksBefore.slice(1).reduce((sum, count) => sum + count, 0);
  return lower.firstLine - lower.blanksAbove === upper.firstLine + upper.lines.length + blanks;
}

function mayBeApart({ merged, solid }: Assembled, upper: Placement, lower: Placement): boolean {
  const isNew = (at: number): boolean => (merged.rows[solid.rows[at] ?? -1]?.origin ?? -1) < 0;
  if (lower.piece.isImport) return upper.piece.isImport && !isNew(upper.end - 1) && !isNew(lower.start);
  // new imports are added to a list of what changes; one that stands shows what follows it
  if (upper.piece.isImport) return isNew(upper.end - 1);
  const changes = ({ start, end }: Placement): boolean =>
    Array.from({ length: end - start }, (_, index) => start + index).some(isNew);
  return changes(upper) && changes(lower);
}

/** A line that stays and says something, and is no import among imports. */
function strangerBetween(
  { merged, solid, placements }: Assembled,
  upper: Placement,
  lower: Placement,
): { readonly line: string; readonly origin: number } | undefined {
  const areImports = upper.piece.isImport && lower.piece.isImport;
  for (let at = upper.end; at < lower.start; at += 1) {
    const row = merged.rows[solid.rows[at] ?? -1];
    if (row === undefined || !isStrong(row.line.trim())) continue;
    if (placements.some(({ start, end }) => start <= at && at < end)) continue;
    return row.origin < 0 || (areImports && isImportLine(row.line.trim())) ? undefined : row;
  }
  return undefined;
}
