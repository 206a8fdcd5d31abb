/** The line of a replaced block with which its indentation begins, blank lines above it included. */
const leadingSpace = /^(?:[ \t]*\n)*[ \t]*/;

/**
 * The engine answers with the file in which one block has given way to the snippet, word for word. Its blocks begin at the blank
 * lines above them, so these and the indentation are lost; a decorator or comment that stands above the block and in the
 * snippet is there twice; so is a `;` behind it. This takes the answer apart and puts it together with all of that mended.
 * All texts have `\n` as line end; the snippet has no blank lines at its ends.
 * @returns `undefined` when the answer is not of that kind, or when indentation cannot be mended without touching text in
 * literals of several lines, or when the snippet would share its last line with something else
 */
export function restoreLayout(text: string, answer: string, snippet: string): string | undefined {
  const range = replacedRange(text, answer, snippet);
  if (range === undefined) return undefined;
  const replaced = text.slice(range.start, range.end);
  const space = leadingSpace.exec(replaced)?.[0] ?? '';
  if (space.length === replaced.length) return undefined;
  const blankLines = space.slice(0, space.lastIndexOf('\n') + 1);
  const shifted = shiftTo(space.slice(blankLines.length), snippet);
  if (shifted === undefined) return undefined;
  const before = text.slice(0, range.start) + blankLines;
  const after = text.slice(range.end);
  const doubled = doubledLines(before, shifted);
  // its Python blocks end behind the blank lines below them
  const below = replaced.slice(replaced.trimEnd().length);
  if (!endsLikeIt(replaced, shifted, after)) return undefined;
  const isDoubledSemicolon = below === '' && shifted.endsWith(';') && after.startsWith(';');
  return before.slice(0, before.length - doubled) + shifted + below + after.slice(isDoubledSemicolon ? 1 : 0);
}

/** What is left of the last line suits the snippet: nothing, or what stood behind the same last line before. */
function endsLikeIt(replaced: string, snippet: string, after: string): boolean {
  if (/^[ \t]*(?:\n|$)/.test(after) || replaced.endsWith('\n') || snippet.endsWith(';')) return true;
  return lastLine(replaced) === lastLine(snippet);
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1).trim();
}

/** Which part of the text the answer has the snippet for; the first when several come to the same. */
function replacedRange(
  text: string,
  answer: string,
  snippet: string,
): { readonly start: number; readonly end: number } | undefined {
  const growth = answer.length - text.length;
  const same = commonStart(text, answer);
  for (let start = 0; start >= 0 && start <= same; start = nextLine(text, start)) {
    const end = start + snippet.length - growth;
    if (end < start || !answer.startsWith(snippet, start)) continue;
    if (answer.slice(start + snippet.length) === text.slice(end)) return { start, end };
  }
  return undefined;
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one.charCodeAt(length) === other.charCodeAt(length)) length += 1;
  return length;
}

function nextLine(text: string, offset: number): number {
  const lineEnd = text.indexOf('\n', offset);
  return lineEnd < 0 ? -1 : lineEnd + 1;
}

/** Moves all lines by the same amount, so that the first has this indentation. */
function shiftTo(indentation: string, snippet: string): string | undefined {
  const own = /^[ \t]*/.exec(snippet)?.[0] ?? '';
  if (own === indentation) return snippet;
  if (/`|"""|'''/.test(snippet)) return undefined;
  const lines = snippet.split('\n');
  if (lines.some((line) => line.trim() !== '' && !line.startsWith(own))) return undefined;
  return lines.map((line) => (line.trim() === '' ? line : indentation + line.slice(own.length))).join('\n');
}

/** Length of the end of `before` whose lines the snippet begins with, white space at their ends apart. */
function doubledLines(before: string, snippet: string): number {
  const above = before.split('\n');
  // what stands behind the last line end is the line that the snippet takes
  above.pop();
  const own = snippet.split('\n');
  for (let count = Math.min(above.length, own.length - 1); count > 0; count -= 1) {
    const tail = above.slice(-count);
    if (tail.every((line, index) => line.trimEnd() === own[index]?.trimEnd()) && tail[0]?.trim() !== '') {
      return tail.join('\n').length + 1;
    }
  }
  return 0;
}
