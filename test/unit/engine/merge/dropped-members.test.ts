import { describe, expect, it } from 'vitest';
import { trimEdit } from '../../../../src/engine/edit.ts';
import { droppedMembers } from '../../../../src/engine/merge/dropped-members.ts';
import { mergeEdit } from '../../../../src/engine/merge/merge-edit.ts';
import type { MergeResult, Strictness } from '../../../../src/engine/merge/merge.ts';
import { splitLines } from '../../../../src/engine/merge/text-lines.ts';
import { noParser } from './anchored/merged.ts';

/** Members that go where one text takes the place of another. */
function lost(before: string, after: string): (readonly string[])[] {
  const edits = [trimEdit(before, { start: 0, end: before.length, text: after })];
  return droppedMembers({ text: splitLines(before), source: before, edits }).map(({ members }) => members);
}

describe('a list on one line', () => {
  it('that loses members is told of, whatever its brackets', () => {
    expect(lost('use({ a: 1, b: 2, c: 3 });\n', 'use({ a: 1, b: 2 });\n')).toEqual([['c']]);
    expect(lost('f(one, two(1, 2), "x, y");\n', 'f(one, "x, y");\n')).toEqual([['two(1, 2)']]);
    expect(lost('const list = [1, 2, 3];\n', 'const list = [3];\n')).toEqual([['1', '2']]);
    expect(lost('{ "a": 1, "b": 2 }\n', '{ "a": 5 }\n')).toEqual([['b']]);
  });

  it('is told of when its new form has several lines', () => {
    expect(lost('use({ a: 1, b: 2, c: 3 });\n', 'use({\n  a: 1,\n  b: 2,\n});\n')).toEqual([['c']]);
  });

  it('is not told of when as many come as go, when all go, or none', () => {
    expect(lost('f(a, b);\n', 'f(a, c);\n')).toEqual([]);
    expect(lost('f(a, b);\n', 'f();\n')).toEqual([]);
    expect(lost('f(a, b);\n', 'f(b, a, c);\n')).toEqual([]);
    expect(lost('g({ a: 1, b: 2 });\n', 'g({ b: 3, a: 4 });\n')).toEqual([]);
  });

  it('is not told of when its line goes or is another one', () => {
    expect(lost('f(a, b);\nrest();\n', 'rest();\n')).toEqual([]);
    expect(lost('f(a, b);\n', 'g(a);\n')).toEqual([]);
  });

  it('is told of by its line, with any line ends', () => {
    const before = 'first;\r\nuse({ a, b });\r\nlast;\r\n';
    const start = before.indexOf(', b');
    const [warning] = droppedMembers({
      text: splitLines(before),
      source: before,
      edits: [{ start, end: start + 3, text: '' }],
    });
    expect(warning).toEqual({
      code: 'APPLY_DROPS_MEMBERS',
      line: 2,
      members: ['b'],
      message: '`b` of `{ a, b }` would go: the line of the edit takes the place of the whole line',
    });
  });
});

describe('an edit that takes a member out of a list on one line', () => {
  const before = 'head of it\nfirst line here\nsecond line here\n';
  const behind = 'last line here\nend of it\n';
  const text = `${before}options = { a: 1, b: 2, c: 3 }\n${behind}`;
  const merge = (edit: string, strictness: Strictness): MergeResult =>
    mergeEdit({ text, edit, language: 'text', strictness }, noParser);
  const marker = '# ... existing code ...\n';
  const lazy = `${marker}${before.slice(11)}options = { a: 1, b: 2 }\n${behind.slice(0, 15)}${marker}`;

  it('is merged with a warning', () => {
    const result = merge(lazy, 'balanced');
    expect(result.status === 'refused' ? result : result.warnings).toMatchObject([{ line: 4, members: ['c'] }]);
  });

  it('is refused where it has to be certain', () => {
    expect(merge(lazy, 'strict')).toMatchObject({ status: 'refused', code: 'E_APPLY_LOSSY' });
  });

  it('needs no warning where it says itself what goes', () => {
    const diff = '@@ -4 +4 @@\n-options = { a: 1, b: 2, c: 3 }\n+options = { a: 1, b: 2 }\n';
    const result = merge(diff, 'strict');
    expect(result).toMatchObject({ status: 'applied' });
    expect('warnings' in result).toBe(false);
  });
});
