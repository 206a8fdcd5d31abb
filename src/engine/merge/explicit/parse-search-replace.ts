import { isFence, isFileName } from '../intake/unwrap-fence.ts';
import { searchLine } from '../intake/explicit-form.ts';
import type { Refusal } from '../merge.ts';
import { refuse } from '../refuse.ts';
import { hunkLinesOf, type Hunk, type HunkList } from './hunk.ts';

const divider = /^\s*={5,9}\s*$/u;
const endLine = /^\s*(?:>{4,9}|\+{5,9}) ?(?:REPLACE|UPDATED)?>?\s*$/u;
const statedLine = /^\s*:(?<edge>start|end)_line:\s*(?<line>\d+)\s*$/u;

/** One SEARCH/REPLACE block, as lines of the edit (from 0). */
export interface SearchBlock {
  /** The line of the file name above, when the edit has one there. */
  readonly path?: string;
  readonly start: number;
  /** Behind its last line. */
  readonly end: number;
  readonly search: readonly string[];
  readonly replace: readonly string[];
  /** Line of the file, from 1. */
  readonly statedLine?: number;
}

export function parseSearchReplace(lines: readonly string[]): HunkList | Refusal {
  const blocks = readSearchBlocks(lines);
  if (!Array.isArray(blocks)) return blocks;
  const paths = new Set(blocks.flatMap(({ path }) => path ?? []));
  if (paths.size > 1) {
    return refuse('E_APPLY_SEVERAL_FILES', `The edit has blocks for ${String(paths.size)} files.`);
  }
  const hunks = blocks.map((block): Hunk => ({
    readings: [hunkLinesOf(block.search, block.replace)],
    editLine: block.start + 1,
    headers: [],
    atEnd: false,
    ...(block.statedLine !== undefined && { statedLine: block.statedLine - 1 }),
  }));
  return { hunks, inOrder: false, soundNumbers: hunks.every((hunk) => hunk.statedLine !== undefined) };
}

export function readSearchBlocks(lines: readonly string[]): SearchBlock[] | Refusal {
  const blocks: SearchBlock[] = [];
  let path: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (searchLine.test(line)) {
      const block = readBlock(lines, at, path);
      if ('status' in block) return block;
      blocks.push(block);
      at = block.end - 1;
    } else if (isFileName(line)) path = bareName(line);
    else if (line.trim() !== '' && !isFence(line)) {
      return malformed(at, 'stands outside of the SEARCH/REPLACE blocks');
    } else path = fenceName(line) ?? path;
  }
  return blocks;
}

function readBlock(lines: readonly string[], start: number, path: string | undefined): SearchBlock | Refusal {
  const marks = (lines[start] ?? '').trim().replace(/[^<-].*$/u, '').length;
  let end = start + 1;
  while (end < lines.length && !isEnd(lines, end) && !searchLine.test(lines[end] ?? '')) end += 1;
  if (end === lines.length || searchLine.test(lines[end] ?? '')) {
    return malformed(start, 'begins a SEARCH block that is not closed');
  }
  let first = start + 1;
  let stated: number | undefined;
  for (let found = statedLine.exec(lines[first] ?? ''); found !== null; found = statedLine.exec(lines[first] ?? '')) {
    if (found.groups?.['edge'] === 'start') stated = Number(found.groups['line']);
    first += 1;
  }
  if (first > start + 1 && /^-{5,9}$/u.test((lines[first] ?? '').trim())) first += 1;
  const middle = findDivider(lines, first, end, marks);
  if (middle === undefined) return malformed(start, 'begins a SEARCH block without exactly one line of `=======`');
  return {
    start,
    end: end + 1,
    search: lines.slice(first, middle),
    replace: lines.slice(middle + 1, end),
    ...(path !== undefined && { path }),
    ...(stated !== undefined && { statedLine: stated }),
  };
}

/** A line of marks alone may be content, e.g. of a heading; the end comes behind a divider. */
function isEnd(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (!endLine.test(line)) return false;
  return /REPLACE|UPDATED/u.test(line) || /^\s*(?:>{7}|\+{7})\s*$/u.test(line);
}

/** Headings are underlined with `=` too; the divider has as many as the block has marks. */
function findDivider(lines: readonly string[], from: number, to: number, marks: number): number | undefined {
  const all: number[] = [];
  for (let at = from; at < to; at += 1) if (divider.test(lines[at] ?? '')) all.push(at);
  const fitting = all.filter((at) => (lines[at] ?? '').trim().length === marks);
  const [one, other] = fitting.length > 0 ? fitting : all;
  return other === undefined ? one : undefined;
}

function bareName(line: string): string {
  return line
    .trim()
    .replace(/^(?:#{1,4}\s+)?(?:file(?:name| ?path)?:\s*)?/iu, '')
    .replace(/^(?:\*\*|`)|(?:\*\*|`)?:?$/gu, '');
}

/** ```` ```python src/main.py ````. */
function fenceName(line: string): string | undefined {
  const [, ...rest] = line.trim().split(/\s+/u);
  const name = rest.join(' ');
  return isFence(line) && name !== '' && isFileName(name) ? name : undefined;
}

function malformed(at: number, what: string): Refusal {
  return refuse('E_APPLY_MALFORMED', `Line ${String(at + 1)} of the edit ${what}.`, {
    editLine: at + 1,
    form: 'search-replace',
    advice: 'Send blocks of `<<<<<<< SEARCH`, `=======` and `>>>>>>> REPLACE`, and nothing between them.',
  });
}
