import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../../../src/engine/edit.ts';
import type { LineChange } from '../../../../../src/engine/merge/candidate.ts';
import { mergeRows } from '../../../../../src/engine/merge/gate/merged-rows.ts';
import { splitLines } from '../../../../../src/engine/merge/text-lines.ts';

function merge(source: string, ...changes: Omit<LineChange, 'segment'>[]): ReturnType<typeof mergeRows> {
  return mergeRows(
    splitLines(source),
    source,
    changes.map((change) => ({ ...change, segment: 0 })),
  );
}

describe('rows of a merge', () => {
  it('gives a new line the line end of the line before it', () => {
    expect(merge('a\r\nb\n', { start: 1, end: 1, lines: ['x'] })?.text).toBe('a\r\nx\r\nb\n');
  });

  it('gives a new first line the line end of the line behind it', () => {
    expect(merge('a\r\nb\r\n', { start: 0, end: 0, lines: ['x'] })?.text).toBe('x\r\na\r\nb\r\n');
  });

  it('keeps a file without final newline without one when a line comes at its end', () => {
    expect(merge('a\nb', { start: 2, end: 2, lines: ['x'] })?.text).toBe('a\nb\nx');
  });

  it('keeps a file without final newline without one when its last line goes', () => {
    expect(merge('a\nb', { start: 1, end: 2, lines: [] })?.text).toBe('a');
  });

  it('keeps the final newline when the last line is replaced', () => {
    expect(merge('a\nb\n', { start: 1, end: 2, lines: ['x'] })?.text).toBe('a\nx\n');
  });

  it('keeps lone carriage returns as line ends', () => {
    expect(merge('a\rb\r', { start: 1, end: 1, lines: ['x'] })?.text).toBe('a\rx\rb\r');
  });

  it('fills an empty file', () => {
    expect(merge('', { start: 0, end: 0, lines: ['x', 'y'] })?.text).toBe('x\ny\n');
  });

  it('makes edits that are as small as can be', () => {
    const source = 'one\n😀 two\nthree\n';
    const merged = merge(source, { start: 0, end: 3, lines: ['one', '😁 two', 'three'] });
    expect(merged?.edits).toEqual([{ start: 4, end: 6, text: '😁' }]);
    expect(applyEdits(source, merged?.edits ?? [])).toBe(merged?.text);
  });

  it('makes no edit of a change that changes nothing', () => {
    expect(merge('a\nb\n', { start: 0, end: 2, lines: ['a', 'b'] })?.edits).toEqual([]);
  });

  it('knows a line with another indentation as the line that it was', () => {
    expect(merge('a\nb\n', { start: 1, end: 2, lines: ['  b'] })?.rows[1]).toEqual({ line: '  b', origin: 1 });
  });

  it.each<[string, ...Omit<LineChange, 'segment'>[]]>([
    ['overlap', { start: 0, end: 2, lines: [] }, { start: 1, end: 2, lines: [] }],
    ['are out of order', { start: 1, end: 2, lines: [] }, { start: 0, end: 1, lines: [] }],
    ['leave the file', { start: 0, end: 3, lines: [] }],
    ['end before they begin', { start: 1, end: 0, lines: [] }],
    ['hide a line end', { start: 0, end: 1, lines: ['x\ny'] }],
    ['have a fraction', { start: 0.5, end: 1, lines: [] }],
  ])('refuses changes that %s', (_, ...changes) => {
    expect(merge('a\nb\n', ...changes)).toBeUndefined();
  });
});
