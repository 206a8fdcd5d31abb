import { Edit } from 'web-tree-sitter';
import type { Tree } from 'web-tree-sitter';
import { expect, test } from 'vitest';
import type { TextChange } from '../../../src/wasm/edit-tree.ts';
import { editTree } from '../../../src/wasm/edit-tree.ts';

/** What the tree is told, as offsets in the order of the text. */
function toldOf(change: TextChange): number[][] {
  const told: number[][] = [];
  const tree = {
    edit: ({ startIndex, oldEndIndex, newEndIndex }: Edit) => told.unshift([startIndex, oldEndIndex, newEndIndex]),
  };
  editTree(tree as unknown as Tree, change, { Edit });
  return told;
}

test('edits that lead to the other text are told as they are', () => {
  const edits = [
    { start: 0, end: 1, text: 'xy' },
    { start: 4, end: 4, text: 'z' },
  ];
  expect(toldOf({ before: 'a = b;', after: 'xy = zb;', edits })).toEqual([
    [0, 1, 2],
    [4, 4, 5],
  ]);
});

test('texts of edits and what is between them may have been blanked: all stay small and apart', () => {
  const edits = [
    { start: 0, end: 1, text: 'M x' },
    { start: 12, end: 13, text: 'N' },
  ];
  expect(toldOf({ before: 'a; API b; c;d', after: '  x;     b; c;N', edits })).toEqual([
    [0, 1, 3],
    [3, 6, 6],
    [12, 13, 13],
  ]);
});

test('edits that cannot lead to the other text give way to all that differs', () => {
  const edits = [{ start: 0, end: 1, text: 'x' }];
  expect(toldOf({ before: 'a; b;', after: 'a; bcd;', edits })).toEqual([[4, 4, 6]]);
});
