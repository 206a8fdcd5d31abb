import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit } from '../../../src/engine/edit.ts';
import { gateReason } from '../../../src/engine/gate.ts';
import { parser } from './analyse.ts';

function judge(before: string, edits: readonly Edit[], after = applyEdits(before, edits)): string | undefined {
  const trees = [before, after].map((text) => parser.parse(text, 'typescript'));
  const [old, now] = trees;
  if (old === undefined || now === undefined) throw new Error('no trees');
  return gateReason(old, now, edits);
}

/** The edit that puts `text` in the place of the first `part`. */
function replacing(before: string, part: string, text: string): Edit[] {
  return [{ start: before.indexOf(part), end: before.indexOf(part) + part.length, text }];
}

describe('gateReason', () => {
  it.each([
    ['a comment moved into a text', 'f(1); // c\n', '1); // c', "'// c');", /comment would be lost/],
    ['a comment that comes twice', 'f(/* c */ 1);\n', '1', '1 /* c */', /comment would be added/],
    ['code that becomes a comment', 'a = b /x;\n', 'x', '/x', /comment would be added/],
    ['a changed hashbang', '#!/bin/a\nf();\n', '/bin/a', '/bin/b', /#!/],
    ['a lost final newline', 'f();\n', ';\n', ';', /final newline/],
    ['a syntax error', 'f(1);\n', '1', '(', /syntax error/],
  ])('refuses %s', (_title, before, part, text, reason) => {
    expect(judge(before, replacing(before, part, text))).toMatch(reason);
  });

  it('refuses edits that do not give the result', () => {
    expect(judge('f(1);\r\ng();\n', replacing('f(1);', '1', '2'), 'f(2);\ng();\n')).toMatch(/do not give the result/);
  });

  it('refuses edits that overlap or lie outside', () => {
    expect(
      judge('f(1);\n', [
        { start: 0, end: 3, text: 'f(' },
        { start: 2, end: 3, text: '1' },
      ]),
    ).toMatch(/overlap/);
    expect(judge('f(1);\n', [{ start: 6, end: 9, text: '' }])).toMatch(/overlap/);
  });

  it('lets a plain edit pass', () => {
    expect(judge('f(1); // c\r\ng();\n', replacing('f(1);', '1', '2'))).toBeUndefined();
  });
});
