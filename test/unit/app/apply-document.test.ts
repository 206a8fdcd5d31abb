import { describe, expect, it } from 'vitest';
import { readApplyDocument } from '../../../src/app/apply-document.ts';

const limit = 1000;

function failure(text: string): string {
  try {
    readApplyDocument(text, limit);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return `${code ?? ''} ${message}`;
  }
  return 'no failure';
}

describe('readApplyDocument', () => {
  it('reads one object', () => {
    const text = JSON.stringify({
      file: 'a.ts',
      edit: '\uFEFFx',
      language: 'TS',
      strictness: 'strict',
      expectHash: 'ABCDEF01',
    });
    expect(readApplyDocument(text, limit)).toEqual({
      isList: false,
      items: [
        {
          target: { kind: 'file', path: 'a.ts' },
          edit: 'x',
          language: 'typescript',
          strictness: 'strict',
          expectHash: 'abcdef01',
        },
      ],
    });
  });

  it('reads a list, and remembers that it was one', () => {
    const document = readApplyDocument('[{ "code": "\\uFEFFa\\r\\nb", "edit": "" }]', limit);
    expect(document.isList).toBe(true);
    expect(document.items).toMatchObject([
      { edit: '', target: { kind: 'code', source: { text: 'a\r\nb', bom: true, eol: 'crlf' } } },
    ]);
  });

  it.each([
    ['', 'E_APPLY_DOCUMENT standard input: nothing came'],
    ['{\n"file": }', 'E_APPLY_DOCUMENT standard input: no JSON, broken in line 2'],
    ['[]', 'E_APPLY_DOCUMENT standard input: the list is empty'],
    ['null', 'E_APPLY_DOCUMENT standard input: not an object'],
    ['"text"', 'E_APPLY_DOCUMENT standard input: not an object'],
    ['[[]]', 'E_APPLY_DOCUMENT standard input: [0]: not an object'],
    ['{ "file": "a" }', 'E_APPLY_DOCUMENT standard input: edit is missing'],
    ['{ "edit": "a" }', 'E_APPLY_DOCUMENT standard input: file or code is missing'],
    ['{ "file": "", "edit": "a" }', 'E_APPLY_DOCUMENT standard input: file is empty'],
    ['{ "file": "a", "code": "a", "edit": "a" }', 'E_APPLY_DOCUMENT standard input: give file or code, not both'],
    ['{ "file": 1, "edit": "a" }', 'E_APPLY_DOCUMENT standard input: file is not a text'],
    ['{ "file": "a", "edits": "a" }', 'E_APPLY_DOCUMENT standard input: unknown key "edits"; did you mean edit?'],
    ['{ "path": "a", "edit": "a" }', 'E_APPLY_DOCUMENT standard input: unknown key "path"; did you mean file?'],
    ['{ "constructor": "a" }', 'E_APPLY_DOCUMENT standard input: unknown key "constructor"; known are file, code'],
    ['{ "__proto__": "a" }', 'E_APPLY_DOCUMENT standard input: unknown key "__proto__"; known are'],
    ['{ "file": "a", "edit": "a", "strictness": "lax" }', 'E_APPLY_DOCUMENT standard input: strictness is not one of'],
    ['{ "file": "a", "edit": "a", "expectHash": "abc" }', 'E_APPLY_DOCUMENT standard input: expectHash is not 8 to 64'],
    [
      '{ "file": "a", "edit": "a", "language": "pyton" }',
      'E_APPLY_LANGUAGE unknown language "pyton" (did you mean python?)',
    ],
    [
      '[{ "file": "a", "edit": "a" }, { "file": "a", "edit": "a", "language": "constructor" }]',
      'E_APPLY_LANGUAGE [1]: unknown language "constructor"',
    ],
    ['{ "code": "a\\u0000", "edit": "a" }', 'E_FILE_NOT_TEXT standard input: code: holds a NUL byte at offset 1'],
    [
      '[{ "code": "a", "edit": "\\ud800" }]',
      'E_FILE_NOT_TEXT standard input: [0].edit: holds half of a surrogate pair',
    ],
    [`{ "code": "${'ü'.repeat(501)}", "edit": "" }`, 'E_FILE_TOO_LARGE standard input: code: 1,002 bytes'],
  ])('refuses %s', (text, message) => {
    expect(failure(text)).toContain(message);
  });

  it('refuses JSON that is nested beyond all reason', () => {
    expect(failure('['.repeat(200_000))).toContain('E_APPLY_DOCUMENT');
  });
});
