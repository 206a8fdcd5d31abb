import { lineOfRow, type Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { indentOf } from './line-strength.ts';
import { pythonStepFailures } from './python-step-rule.ts';
import { shown } from './text-rules.ts';

/**
 * G14: lines of one piece that are equally deep in the edit are equally deep in the result, and deeper ones deeper: what is
 * kept tells what the indentation of the edit means, and the new lines must mean the same. In Python a wrong level is
 * another program that parses as well.
 */
export function indentationFailures(assembled: Assembled): GateFailure[] {
  const { merged, solid, placements } = assembled;
  const failures = pythonStepFailures(assembled);
  for (const { piece, start, end } of placements) {
    const rows = Array.from({ length: end - start }, (_, index) => merged.rows[solid.rows[start + index] ?? 0]);
    if (rows.every((row) => row !== undefined && row.origin >= 0)) continue;
    const levels = new Map<string, string>();
    const odd = rows.findIndex((row, index) => {
      const inEdit = indentOf(piece.lines[index] ?? '');
      const inResult = indentOf(row?.line ?? '');
      const known = levels.get(inEdit);
      levels.set(inEdit, known ?? inResult);
      return (known ?? inResult) !== inResult || !keepsOrder(levels, inEdit, inResult);
    });
    if (odd < 0) continue;
    const message = `the indentation of \`${shown(piece.lines[odd])}\` fits no single shift of the lines around it`;
    const line = lineOfRow(merged, solid.rows[start + odd] ?? 0);
    failures.push({ gate: 'G14', code: 'E_APPLY_INDENTATION', message, lines: [line] });
  }
  return failures;
}

function keepsOrder(levels: ReadonlyMap<string, string>, inEdit: string, inResult: string): boolean {
  for (const [edit, result] of levels) {
    if (edit !== inEdit && edit.startsWith(inEdit) && !(result !== inResult && result.startsWith(inResult)))
      return false;
    if (edit !== inEdit && inEdit.startsWith(edit) && !(result !== inResult && inResult.startsWith(result)))
      return false;
  }
  return true;
}
