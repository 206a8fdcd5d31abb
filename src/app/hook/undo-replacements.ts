import type { Replacement } from './hook-event.ts';

/**
 * The text before an edit, from the text after it: what was put in is looked up, and what stood there is put back. Line ends
 * are those of the text. `undefined` when a place is not found, or not the only one that it can be.
 */
export function undoReplacements(text: string, replacements: readonly Replacement[]): string | undefined {
  const isCrlf = text.includes('\r\n');
  let before = isCrlf ? text.replaceAll('\r\n', '\n') : text;
  // the last one first: a later replacement may stand in the text that an earlier one put in
  for (const replacement of replacements.toReversed()) {
    const undone = undo(before, replacement);
    if (undone === undefined) return undefined;
    before = undone;
  }
  return isCrlf ? before.replaceAll('\n', '\r\n') : before;
}

function undo(text: string, replacement: Replacement): string | undefined {
  const before = replacement.before.replaceAll('\r\n', '\n');
  const after = replacement.after.replaceAll('\r\n', '\n');
  if (before === after) return text;
  if (after === '') return undefined;
  if (replacement.line !== undefined) return undoAtLine(text, before, after, replacement.line);
  if (replacement.isEverywhere === true) return text.includes(after) ? text.replaceAll(after, () => before) : undefined;
  const at = text.indexOf(after);
  if (at < 0 || text.includes(after, at + 1)) return undefined;
  return text.slice(0, at) + before + text.slice(at + after.length);
}

function undoAtLine(text: string, before: string, after: string, line: number): string | undefined {
  const lines = text.split('\n');
  const shown = after.split('\n');
  const from = line - 1;
  const isThere = shown.every((each, index) => lines[from + index] === each);
  if (!isThere) return undefined;
  return [...lines.slice(0, from), ...before.split('\n'), ...lines.slice(from + shown.length)].join('\n');
}
