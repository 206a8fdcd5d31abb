/** Lines `[from, to)` of the file that a header opens. */
export interface HeaderBlock {
  readonly from: number;
  readonly to: number;
}

/**
 * The blocks that a chain of headers (`@@ class Store`, `@@ def add(self)`) names, by indentation. Several when the headers
 * stand in several places; none when one of them stands nowhere.
 */
export function headerBlocks(lines: readonly string[], headers: readonly string[]): HeaderBlock[] {
  let blocks: HeaderBlock[] = [{ from: 0, to: lines.length }];
  for (const header of headers) {
    const wanted = header.trim().replace(/\s*[:{]$/u, '');
    blocks = blocks.flatMap(({ from, to }) => blocksIn(lines, wanted, from, to));
  }
  return blocks;
}

function blocksIn(lines: readonly string[], wanted: string, from: number, to: number): HeaderBlock[] {
  const starts: number[] = [];
  const whole: number[] = [];
  for (let at = from; at < to; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (!line.startsWith(wanted)) continue;
    starts.push(at);
    if (line.replace(/\s*[:{]$/u, '') === wanted) whole.push(at);
  }
  return (whole.length > 0 ? whole : starts).map((start) => ({ from: start, to: blockEnd(lines, start, to) }));
}

/**
 * Behind the last line that is further in than the header or closes it, and the line that comes next: diffs name the header
 * before their first line, which may be the next header. A header that nothing is further in than only says "behind me".
 */
function blockEnd(lines: readonly string[], start: number, limit: number): number {
  const depth = indentWidth(lines[start] ?? '');
  let deeper = false;
  for (let at = start + 1; at < limit; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (indentWidth(line) > depth) deeper = true;
    else if (!/^(?:[)\]}{#@*]|\/[/*]|--)/u.test(line.trim())) return deeper ? at + 1 : limit;
  }
  return limit;
}

function indentWidth(line: string): number {
  return line.length - line.trimStart().length;
}
