import type * as Runtime from 'web-tree-sitter';
import { trimEdit } from '../engine/edit.ts';
import type { Edit } from '../engine/edit.ts';

export interface TextChange {
  readonly before: string;
  readonly after: string;
  /** Sorted, disjoint, against `before`; their texts may have been changed since, keeping their length. */
  readonly edits: readonly Edit[];
}

/** Tells the tree of one text how that became another: what it says of the rest is used again when the other is parsed. */
export function editTree(
  tree: Runtime.Tree,
  change: TextChange,
  { Edit: TreeEdit }: Pick<typeof Runtime, 'Edit'>,
): void {
  const points = new LinePoints(change.before);
  const changes = changesOf(change).map(({ start, end, text }) => {
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

/**
 * Edits that make the one text of the other: those that are known, with what stands there now, and what was changed further between
 * them, e.g. by blanking macros.
 */
function changesOf({ before, after, edits }: TextChange): readonly Edit[] {
  const changes: Edit[] = [];
  let at = 0;
  let shift = 0;
  const addUpTo = (end: number): void => {
    const text = after.slice(at + shift, end + shift);
    if (before.slice(at, end) !== text) changes.push(trimEdit(before, { start: at, end, text }));
  };
  for (const { start, end, text } of edits) {
    if (start < at) return [differenceOf(before, after)];
    addUpTo(start);
    changes.push({ start, end, text: after.slice(start + shift, start + shift + text.length) });
    at = end;
    shift += text.length - (end - start);
  }
  if (before.length + shift !== after.length) return [differenceOf(before, after)];
  addUpTo(before.length);
  return changes;
}

/** All between the first and the last character that differ. */
function differenceOf(before: string, after: string): Edit {
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
