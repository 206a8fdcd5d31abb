/** How the indentation of an edit becomes that of the file. `undefined` for a line that it cannot express. */
export type Reindent = (line: string) => string | undefined;

const leading = /^[ \t]*/u;
const tabWidths = [4, 2, 8, 3] as const;

/**
 * The one change of indentation that makes `edit` the lines of `file`, which are equal apart from white space at their
 * ends; `undefined` when no single one does.
 */
export function indentShift(edit: readonly string[], file: readonly string[]): Reindent | undefined {
  const pairs = edit.flatMap((line, at): [string, string][] =>
    line.trim() === '' ? [] : [[indentOf(line), indentOf(file[at] ?? '')]],
  );
  return constantShift(pairs) ?? tabShift(pairs);
}

function constantShift(pairs: readonly [string, string][]): Reindent | undefined {
  const [first] = pairs;
  if (first === undefined) return undefined;
  const [ours, theirs] = first;
  if (theirs.endsWith(ours)) {
    const more = theirs.slice(0, theirs.length - ours.length);
    if (pairs.every(([one, other]) => other === more + one)) return (line) => (isBlank(line) ? line : more + line);
  }
  if (ours.endsWith(theirs)) {
    const less = ours.slice(0, ours.length - theirs.length);
    if (pairs.every(([one, other]) => one === less + other)) {
      return (line) => (isBlank(line) ? line : line.startsWith(less) ? line.slice(less.length) : undefined);
    }
  }
  return undefined;
}

/** Tabs of the file that became spaces on their way through a model, and the reverse. */
function tabShift(pairs: readonly [string, string][]): Reindent | undefined {
  for (const width of tabWidths) {
    const tab = ' '.repeat(width);
    if (pairs.every(([one, other]) => /^\t*$/u.test(other) && one === tab.repeat(other.length))) {
      return (line) => swap(line, tab, '\t');
    }
    if (pairs.every(([one, other]) => /^\t*$/u.test(one) && other === tab.repeat(one.length))) {
      return (line) => swap(line, '\t', tab);
    }
  }
  return undefined;
}

function swap(line: string, from: string, to: string): string | undefined {
  if (isBlank(line)) return line;
  const indent = indentOf(line);
  const count = indent.length / from.length;
  if (!Number.isInteger(count) || indent !== from.repeat(count)) return undefined;
  return to.repeat(count) + line.slice(indent.length);
}

function indentOf(line: string): string {
  return leading.exec(line)?.[0] ?? '';
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}
