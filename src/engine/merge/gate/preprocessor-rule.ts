import type { GateFailure, GateInput } from './gate-verdict.ts';
import type { MergedRows } from './merged-rows.ts';
import { shown } from './text-rules.ts';

const condition = /^\s*#\s*(if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)\b/;

/**
 * G4: a condition of the preprocessor that was whole is not: its `#if` goes and its `#endif` stays, or the other way round. The
 * parser reads past these lines, or takes what they leave for macros.
 */
export function preprocessorFailures({ language, text }: GateInput, merged: MergedRows): GateFailure[] {
  if (language !== 'c' && language !== 'cpp') return [];
  const touched = merged.hunks.some(
    ({ start, end, rowStart, rowEnd }) =>
      text.lines.slice(start, end).some((line) => condition.test(line)) ||
      merged.rows.slice(rowStart, rowEnd).some(({ line }) => condition.test(line)),
  );
  if (!touched) return [];
  const broken = brokenLine(merged.rows.map(({ line }) => line));
  if (broken === undefined || brokenLine(text.lines) !== undefined) return [];
  const { line = '', origin = -1 } = merged.rows[broken] ?? {};
  const message = `the condition of the preprocessor at \`${shown(line)}\` would not be whole`;
  return [{ gate: 'G4', code: 'E_APPLY_SYNTAX', message, lines: origin < 0 ? [] : [origin + 1] }];
}

/** The first line of a condition that has no beginning, else the last beginning that has no end. */
function brokenLine(lines: readonly string[]): number | undefined {
  const open: { readonly line: number; hasElse: boolean }[] = [];
  for (const [index, line] of lines.entries()) {
    const word = condition.exec(line)?.[1];
    if (word === undefined) continue;
    if (word.startsWith('if')) {
      open.push({ line: index, hasElse: false });
      continue;
    }
    const last = open.at(-1);
    if (last === undefined) return index;
    if (word === 'endif') open.pop();
    else if (last.hasElse) return index;
    else last.hasElse = word === 'else';
  }
  return open.at(-1)?.line;
}
