import type * as Runtime from 'web-tree-sitter';
import { trimEdit } from '../engine/edit.ts';
import type { Edit } from '../engine/edit.ts';

export interface TextChange {
  readonly before: string;
  readonly after: string;
  /** Sorted, disjoint, against `before`, as far as is known. */
  readonly edits: readonly Edit[];
}

/** Tells the tree of one text how that became another: what it says of the rest is used again when the other is parsed. */
export function editTree(
  tree: Runtime.Tree,
  change: TextChange,
  { Edit: TreeEdit }: Pick<typeof Runtime, 'Edit'>,
): void {
  const edits = leadsThere(change) ? change.edits : [differenceOf(change)];
  const points = new LinePoints(change.before);
  const changes = edits.map(({ start, end, text }) => {
    const startPosition = points.at(start);
    return new TreeEdit({
      startIndex: start,
      oldEndIndex: end,
      newEndIndex: start + text.length,
      startPosition,
      oldEndPosition: points.at(end),
      newEndPosition: behind(startPosition, text),
    });
  });
  // from the last to the first: those before keep their offsets
  for (const one of changes.reverse()) tree.edit(one);
}

/** Whether the edits make the one text of the other: both may have been changed further, e.g. by blanking macros. */
function leadsThere({ before, after, edits }: TextChange): boolean {
  let at = 0;
  let atAfter = 0;
  for (const { start, end, text } of edits) {
    if (start < at || !hasAt(after, atAfter, before.slice(at, start))) return false;
    atAfter += start - at;
    if (!hasAt(after, atAfter, text)) return false;
    atAfter += text.length;
    at = end;
  }
  return after.length - atAfter === before.length - at && hasAt(after, atAfter, before.slice(at));
}

function hasAt(text: string, at: number, part: string): boolean {
  return text.startsWith(part, at);
}

/** All between the first and the last character that differ. */
function differenceOf({ before, after }: TextChange): Edit {
  return trimEdit(before, { start: 0, end: before.length, text: after });
}

/** Rows and columns of offsets that are asked for in order. */
class LinePoints {
  readonly #text: string;
  #row = 0;
  #start = 0;

  constructor(text: string) {
    this.#text = text;
  }

  at(offset: number): Runtime.Point {
    for (let end = this.#text.indexOf('\n', this.#start); end >= 0 && end < offset;) {
      this.#row += 1;
      this.#start = end + 1;
      end = this.#text.indexOf('\n', this.#start);
    }
    return { row: this.#row, column: offset - this.#start };
  }
}

/** Where a text ends that begins at a point. */
function behind({ row, column }: Runtime.Point, text: string): Runtime.Point {
  const last = text.lastIndexOf('\n');
  if (last < 0) return { row, column: column + text.length };
  return { row: row + text.split('\n').length - 1, column: text.length - last - 1 };
}
