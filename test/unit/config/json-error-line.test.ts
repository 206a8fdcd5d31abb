import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonErrorLine } from '../../../src/config/json-error-line.ts';

describe('jsonErrorLine', () => {
  it.each([
    ['{\n  "a": 1,\n  "b": tru\n}', 3],
    ['{\n  "a": 1\n  "b": 2\n}', 3],
    ['{\n  "a": 1,\n}', 3],
    ['{\r\n  a: 1\r\n}', 2],
    ['[1,\n2,\n]', 3],
    ['{"a": [1}\n', 1],
    ['{\n"a":\n', 3],
    ['{"a": "x\ny"}', 1],
    ['{}\n{}', 2],
    ['{"a": 01}', 1],
    ['\n\n// comment\n{}', 3],
    ['', 1],
    ['{"a" 1}', 1],
    ['[,]', 1],
    [']', 1],
  ])('of %j is %d', (text, line) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(jsonErrorLine(text)).toBe(line);
  });

  it('is the line of a character that was put into valid JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const text = JSON.stringify(JSON.parse(json), undefined, 1);
        expect(jsonErrorLine(`${text}\n@`)).toBe(text.split('\n').length + 1);
      }),
    );
  });

  it('takes linear time for deep nesting', () => {
    expect(jsonErrorLine(`${'['.repeat(200_000)}\n?`)).toBe(2);
  });
});
