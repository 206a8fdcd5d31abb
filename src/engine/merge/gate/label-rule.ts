import { lineOfRow, type Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { indentOf } from './line-strength.ts';
import { shown } from './text-rules.ts';

const label = /^case\s+([^"'`()[\]{}]+?)\s*(?::|->)/;

/** Lines at the left edge that are no code of the block around them. */
const beyondBlocks = /^(?:\/\/|\/\*|\*|#)/;

/** G6: a label comes in that another one of the same switch has, and that one stays: no switch has a case twice. */
export function labelFailures({ merged }: Assembled): GateFailure[] {
  const { rows, hunks } = merged;
  for (const row of hunks.flatMap(({ rowStart, rowEnd }) => range(rowStart, rowEnd))) {
    const line = rows[row]?.line ?? '';
    const values = valuesOf(line);
    if (values.length === 0) continue;
    const depth = indentOf(line).length;
    for (const step of [-1, 1]) {
      for (let at = row + step; ; at += step) {
        const other = rows[at];
        if (other === undefined) break;
        if (other.line.trim() === '') continue;
        const otherDepth = indentOf(other.line).length;
        if (otherDepth < depth && !beyondBlocks.test(other.line.trim())) break;
        if (otherDepth !== depth || other.origin < 0) continue;
        const twice = valuesOf(other.line).find((value) => values.includes(value));
        if (twice === undefined) continue;
        const message = `\`${shown(line)}\` comes in, and \`${shown(other.line)}\` stays in the same block`;
        return [{ gate: 'G6', code: 'E_APPLY_DUPLICATE', message, lines: [lineOfRow(merged, at)] }];
      }
    }
  }
  return [];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** What a case is about. */
function valuesOf(line: string): string[] {
  const values = label.exec(line.trim())?.[1];
  return values === undefined ? [] : values.split(',').map((value) => value.trim());
}
