import type { Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { isStrong } from './line-strength.ts';
import { isImportLine, type Piece } from './pieces.ts';
import { shown } from './text-rules.ts';

/**
 * G15: two imports that follow each other in the edit, at least one of them new, have lines between them in the result that are
 * no imports: whether these stay, the edit does not say.
 */
export function apartFailures({ merged, solid, placements, file }: Assembled): GateFailure[] {
  const imports = placements.filter(({ piece }) => piece.isImport);
  const isNew = (at: number): boolean => (merged.rows[solid.rows[at] ?? -1]?.origin ?? -1) < 0;
  const failures: GateFailure[] = [];
  for (const upper of placements) {
    const lower = imports.find(
      ({ piece }) =>
        piece.segment === upper.piece.segment &&
        piece !== upper.piece &&
        piece.firstLine - piece.blanksAbove === endOf(upper.piece),
    );
    if (lower === undefined || lower.start <= upper.end) continue;
    if (upper.piece.isImport && !isNew(upper.end - 1) && !isNew(lower.start)) continue;
    const between = Array.from({ length: lower.start - upper.end }, (_, index) => upper.end + index);
    const other = between.find(
      (at) =>
        isStrong((merged.rows[solid.rows[at] ?? -1]?.line ?? '').trim()) &&
        !placements.some(({ start, end }) => start <= at && at < end),
    );
    const origin = merged.rows[solid.rows[other ?? -1] ?? -1]?.origin ?? -1;
    if (other === undefined || origin < 0 || isImportLine(file.linesWithin({ from: origin, to: origin + 1 })[0] ?? ''))
      continue;
    const message = `\`${shown(merged.rows[solid.rows[other] ?? -1]?.line)}\` stands between two imports that follow each other in the edit`;
    failures.push({ gate: 'G15', code: 'E_APPLY_AMBIGUOUS', message, lines: [origin + 1] });
  }
  return failures;
}

/** Line of the edit right behind its last one. */
function endOf({ firstLine, lines, blanksBefore }: Piece): number {
  return firstLine + lines.length + blanksBefore.slice(1).reduce((sum, blanks) => sum + blanks, 0);
}
