import { lineStarts } from '../text-lines.ts';
import { lineOfRow, type Assembled } from './assembled.ts';
import type { GateFailure } from './gate-verdict.ts';
import { indentOf } from './line-strength.ts';
import { shown } from './text-rules.ts';

/** What a line may end with when the next one is deeper; a string or a comment is none of the rule's business. */
const mayGoDeeper = /(?:[:,([{\\]|[-+*/%=&|<>.]|\b(?:and|or|not|in|is|if|else|for|lambda)|"""|''')\s*$/;

/**
 * G14: in Python no line that stays is deeper than a line that opens no block, unless it was so in the file. The parser reads
 * past it; Python does not.
 */
export function pythonStepFailures({ input, merged, solid }: Assembled): GateFailure[] {
  if (input.language !== 'python') return [];
  const failures: GateFailure[] = [];
  const starts = lineStarts(input.text);
  for (let at = 1; at < solid.rows.length; at += 1) {
    const row = solid.rows[at] ?? 0;
    const above = merged.rows[solid.rows[at - 1] ?? 0];
    const below = merged.rows[row];
    if (above === undefined || below === undefined) continue;
    if (isOldPair(input.text.lines, above.origin, below.origin)) continue;
    // its block would be empty
    if (opensBlock.test(above.line) && !isDeeper(above.line, below.line)) {
      const old = starts[Math.max(above.origin, 0)] ?? 0;
      if (above.origin >= 0 && isInside(input.outline?.strings, old)) continue;
      const message = `\`${shown(above.line.trim())}\` would have nothing to do`;
      failures.push({ gate: 'G14', code: 'E_APPLY_INDENTATION', message, lines: [lineOfRow(merged, row)] });
      continue;
    }
    // two new lines are as their author wrote them
    if (below.origin < 0) continue;
    const step = indentOf(above.line);
    const next = indentOf(below.line);
    if (next.length <= step.length || !next.startsWith(step)) continue;
    const code = above.line.replace(/\s#[^"']*$/, '').trim();
    if (code.startsWith('#') || below.line.trim().startsWith('#') || mayGoDeeper.test(code)) continue;
    if (isInside(input.outline?.strings, starts[below.origin] ?? 0)) continue;
    const message = `\`${shown(below.line.trim())}\` would be deeper than \`${shown(code)}\`, which opens no block`;
    failures.push({ gate: 'G14', code: 'E_APPLY_INDENTATION', message, lines: [lineOfRow(merged, row)] });
  }
  return failures;
}

/** Begins a compound statement that goes on in the next line. */
const opensBlock =
  /^\s*(?:async\s+)?(?:if|elif|else|for|while|try|except|finally|with|def|class|match|case)\b[^#"']*:\s*$/;

function isDeeper(above: string, below: string): boolean {
  return below.trim().startsWith('#') || indentOf(below).length > indentOf(above).length;
}

/** @param ranges pairs of offsets */
function isInside(ranges: Int32Array | undefined, offset: number): boolean {
  if (ranges === undefined) return false;
  for (let index = 0; index + 1 < ranges.length; index += 2)
    if ((ranges[index] ?? 0) < offset && offset < (ranges[index + 1] ?? 0)) return true;
  return false;
}

/** Nothing but blank lines stood between the two in the file. */
function isOldPair(lines: readonly string[], above: number, below: number): boolean {
  if (above < 0 || below < above) return false;
  return !lines.slice(above + 1, below).some((line) => line.trim() !== '');
}
