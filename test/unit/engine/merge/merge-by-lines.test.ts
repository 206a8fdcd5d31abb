import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../../src/engine/edit.ts';
import { mergeByLines } from '../../../../src/engine/merge/merge-by-lines.ts';

const file = `import a from 'a';
import b from 'b';

export function one(list) {
  const first = list[0];
  return first.name;
}

export function two(list) {
  const last = list.at(-1);
  return last.name;
}

export function three(list) {
  return list.length;
}
`;

function merge(edit: string, code = file): string {
  const result = mergeByLines({ text: code, edit, language: 'typescript', strictness: 'balanced' });
  if (result.status === 'refused') return result.code;
  expect(result.engine).toBe('fallback');
  return applyEdits(code, result.edits);
}

describe('mergeByLines', () => {
  it('replaces what unique lines hold at both ends', () => {
    const edit = `// ... existing code ...
export function two(list) {
  const last = list.at(-1);
  check(last);
  return last.name;
}

export function three(list) {
// ... existing code ...
`;
    expect(merge(edit)).toBe(file.replace('list.at(-1);\n', 'list.at(-1);\n  check(last);\n'));
  });

  it('refuses when one end is not unique', () => {
    const edit = '// ... existing code ...\nexport function two(list) {\n  return 2;\n}\n// ... existing code ...\n';
    expect(merge(edit)).toBe('E_APPLY_NOT_FOUND');
  });

  it('refuses to drop lines that nothing replaces, since one may be a definition', () => {
    const edit = `// ... existing code ...
  return first.name;
}

export function three(list) {
// ... existing code ...
`;
    expect(merge(edit)).toBe('E_APPLY_NOT_FOUND');
  });

  it('refuses an edge without a marker that leaves code', () => {
    const edit = "import b from 'b';\n\nexport function one(list) {\n  return 1;\n// ... existing code ...\n";
    expect(merge(edit)).toBe('E_APPLY_NOT_FOUND');
  });

  it('refuses segments in another order', () => {
    const edit = `// ... existing code ...
  return list.length;
// ... existing code ...
  const first = list[0];
// ... existing code ...
`;
    expect(merge(edit)).toBe('E_APPLY_NOT_FOUND');
  });

  it('merges explicit forms', () => {
    expect(merge('<<<<<<< SEARCH\n  return list.length;\n=======\n  return list.size;\n>>>>>>> REPLACE\n')).toBe(
      file.replace('list.length', 'list.size'),
    );
  });

  it('takes a whole file', () => {
    const whole = file.replace('list.length', 'list.size').replace('list[0]', 'list.at(0)');
    expect(merge(whole)).toBe(whole);
  });

  it('says unchanged when the file has what the edit says', () => {
    const edit = '// ... existing code ...\n  return list.length;\n// ... existing code ...\n';
    expect(mergeByLines({ text: file, edit, language: 'typescript', strictness: 'strict' }).status).toBe('unchanged');
  });

  it('cannot follow a directive that removes a definition', () => {
    expect(merge('// ... existing code ...\n// remove two\n// ... existing code ...\n')).toBe('E_APPLY_NOT_FOUND');
  });

  it('refuses what the intake refuses', () => {
    expect(merge('')).toBe('E_APPLY_EMPTY');
  });

  it('keeps the line ends of the file', () => {
    const crlf = file.replaceAll('\n', '\r\n');
    const edit = '  const first = list[0];\n  check(first);\n  return first.name;\n';
    const marked = `// ... existing code ...\n${edit}// ... existing code ...\n`;
    expect(merge(marked, crlf)).toBe(crlf.replace('list[0];\r\n', 'list[0];\r\n  check(first);\r\n'));
  });
});
