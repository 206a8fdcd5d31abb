import type { EditForm } from '../merge.ts';

/** `<<<<<<< SEARCH`, `------- SEARCH`, `<<<<<<< ORIGINAL`, `<<<< ORIGINAL`. */
export const searchLine = /^\s*(?:<{4,9}|-{5,9}) ?(?:SEARCH|ORIGINAL)>?\s*$/u;

/** `@@ -1,2 +1,3 @@ heading`. */
export const rangeLine = /^@@+ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@+(.*)$/u;

const patchStart = /^\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File: .+)$/u;
const diffStart = /^(?:diff --git |diff -|Index: |--- \S|From [0-9a-f]{7,40} )/u;

/**
 * Which explicit form the lines have; `undefined` for snippets. A line that the file itself has proves nothing: the file
 * may be a diff, or speak of them.
 */
export function explicitForm(
  lines: readonly string[],
  known: ReadonlySet<string>,
): Extract<EditForm, 'search-replace' | 'unified-diff' | 'patch'> | undefined {
  const first = lines.findIndex((line) => line.trim() !== '');
  const opening = lines[first] ?? '';
  if (patchStart.test(opening.trim()) && !known.has(opening.trim())) return 'patch';
  if (lines.some((line) => searchLine.test(line) && !known.has(line.trim()))) return 'search-replace';
  return isDiff(lines, first, known) ? 'unified-diff' : undefined;
}

function isDiff(lines: readonly string[], first: number, known: ReadonlySet<string>): boolean {
  const opening = lines[first] ?? '';
  if (known.has(opening.trim())) return false;
  if (opening.startsWith('@@')) return rangeLine.test(opening) || hasDiffBody(lines.slice(first + 1));
  if (!diffStart.test(opening)) return false;
  if (opening.startsWith('diff ')) return true;
  const header = lines.findIndex((line, index) => line.startsWith('--- ') && lines[index + 1]?.startsWith('+++ '));
  return header >= 0 && (lines[header + 2] ?? '').startsWith('@@');
}

/** A hunk without line numbers: every line says whether it stays, goes or comes. */
function hasDiffBody(body: readonly string[]): boolean {
  return body.every((line) => line === '' || /^[-+ \\@\t]/u.test(line)) && body.some((line) => /^[-+]/u.test(line));
}
