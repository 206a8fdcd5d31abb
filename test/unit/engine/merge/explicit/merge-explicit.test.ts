import { describe, expect, it } from 'vitest';
import { mergeExplicit } from '../../../../../src/engine/merge/explicit/merge-explicit.ts';
import { mergeRows } from '../../../../../src/engine/merge/gate/merged-rows.ts';
import { readSnippet } from '../../../../../src/engine/merge/intake/read-snippet.ts';
import type { Refusal } from '../../../../../src/engine/merge/merge.ts';
import { isRefusal } from '../../../../../src/engine/merge/refuse.ts';
import { splitLines } from '../../../../../src/engine/merge/text-lines.ts';

function merge(code: string, edit: string): string | Refusal {
  const text = splitLines(code);
  const snippet = readSnippet(edit, text, 'typescript');
  if (isRefusal(snippet)) return snippet;
  const candidate = mergeExplicit(snippet, text, 'typescript');
  if (isRefusal(candidate)) return candidate;
  return mergeRows(text, code, candidate.changes, candidate.finalLineEnd)?.text ?? 'unsound';
}

function merged(code: string, edit: string): string {
  const result = merge(code, edit);
  if (typeof result !== 'string') throw new Error(`${result.code}: ${result.message}`);
  return result;
}

function refusal(code: string, edit: string): Refusal {
  const result = merge(code, edit);
  if (typeof result === 'string') throw new Error(`merged to ${result}`);
  return result;
}

function block(search: string, replace: string): string {
  return `<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n`;
}

const file = `import a from 'a';

function one() {
  const x = first();
  return x;
}

function two() {
  const x = second();
  return x;
}
`;

describe('mergeExplicit: search and replace', () => {
  it('replaces what stands once', () => {
    expect(merge(file, block('  const x = first();\n', '  const x = third();\n'))).toBe(file.replace('first', 'third'));
  });

  it.each([
    '------- SEARCH\n  const x = first();\n=======\n  const x = third();\n+++++++ REPLACE\n',
    '<<<<<<< ORIGINAL\n  const x = first();\n=======\n  const x = third();\n>>>>>>> UPDATED\n',
    '<<<<<<< SEARCH\n:start_line:4\n-------\n  const x = first();\n=======\n  const x = third();\n>>>>>>> REPLACE\n',
    'src/x.ts\n```ts\n<<<<<<< SEARCH\n  const x = first();\n=======\n  const x = third();\n>>>>>>> REPLACE\n```\n',
    '```ts src/x.ts\n<<<<<<< SEARCH\n  const x = first();\n=======\n  const x = third();\n>>>>>>> REPLACE\n```\n',
  ])('reads the spelling %j', (edit) => {
    expect(merge(file, edit)).toBe(file.replace('first', 'third'));
  });

  it('refuses what stands twice and names the places', () => {
    expect(refusal(file, block('  return x;\n', '  return y;\n'))).toMatchObject({
      code: 'E_APPLY_AMBIGUOUS',
      candidates: [{ startLine: 5 }, { startLine: 10 }],
    });
  });

  it('takes the place at the stated line, and no other', () => {
    const edit = (line: number): string =>
      `<<<<<<< SEARCH\n:start_line:${String(line)}\n-------\n  return x;\n=======\n  return y;\n>>>>>>> REPLACE\n`;
    expect(merge(file, edit(10))).toBe(file.replace(/return x;\n\}\n$/u, 'return y;\n}\n'));
    expect(refusal(file, edit(9)).code).toBe('E_APPLY_AMBIGUOUS');
  });

  it('shows the first line that differs when nothing fits', () => {
    const result = refusal(file, block('function one() {\n  const x = last();\n', 'function one() {\n'));
    expect(result).toMatchObject({
      code: 'E_APPLY_NOT_FOUND',
      editLine: 1,
      difference: { line: 4, found: '  const x = first();', expected: '  const x = last();' },
    });
  });

  it('shifts the new lines as the old ones are shifted', () => {
    const edit = block('const x = first();\nreturn x;\n', 'const x = third();\nif (x) {\n  return x;\n}\n');
    expect(merge(file, edit)).toBe(
      file.replace('const x = first();\n  return x;', 'const x = third();\n  if (x) {\n    return x;\n  }'),
    );
  });

  it('turns spaces of the edit into the tabs of the file', () => {
    const tabs = 'if (a) {\n\tif (b) {\n\t\tcall();\n\t}\n}\n';
    const edit = block('    if (b) {\n        call();\n', '    if (c) {\n        call();\n        more();\n');
    expect(merge(tabs, edit)).toBe('if (a) {\n\tif (c) {\n\t\tcall();\n\t\tmore();\n\t}\n}\n');
  });

  it('refuses an indentation that differs unevenly', () => {
    expect(refusal('a {\n  b();\n    c();\n}\n', block('b();\nc();\n', 'd();\n')).code).toBe('E_APPLY_NOT_FOUND');
  });

  it('forgives white space at the end of lines, and keeps that of the file', () => {
    const code = 'one();  \ntwo();\t\nthree();\n';
    expect(merge(code, block('one();\ntwo();\n', 'one();\n2();\n'))).toBe('one();  \n2();\nthree();\n');
  });

  it('forgives plain quotes in context, and keeps those of the file', () => {
    const code = 'say(“a – b”);\nnext();\n';
    expect(merge(code, block('say("a - b");\nnext();\n', 'say("a - b");\nlast();\n'))).toBe('say(“a – b”);\nlast();\n');
  });

  it('does not write plain quotes over those of a line that changes', () => {
    expect(refusal('say(“a”);\n', block('say("a");\n', 'say("b");\n')).code).toBe('E_APPLY_NOT_FOUND');
  });

  it('forgives blank lines around a block', () => {
    expect(merge('a();\nb();\nc();\n', block('\nb();\n\n', '\nd();\n\n'))).toBe('a();\nd();\nc();\n');
  });

  it('changes all blocks or none', () => {
    const good = block('  const x = first();\n', '  const x = third();\n');
    expect(merge(file, `${good}\n${block("import a from 'a';\n", '')}`)).toBe(
      file.replace('first', 'third').replace("import a from 'a';\n", ''),
    );
    expect(refusal(file, `${good}\n${block('nothing\n', '')}`).code).toBe('E_APPLY_NOT_FOUND');
  });

  it('refuses blocks that change the same line', () => {
    const edit = `${block('  const x = first();\n', '  a();\n')}${block('  const x = first();\n', '  b();\n')}`;
    expect(refusal(file, edit).code).toBe('E_APPLY_OVERLAP');
  });

  it('refuses a block whose context another block takes away', () => {
    const edit = `${block('  const x = first();\n  return x;\n', '  const x = first();\n  return 1;\n')}${block(
      "import a from 'a';\n\nfunction one() {\n  const x = first();\n",
      'function one() {\n',
    )}`;
    expect(refusal(file, edit).code).toBe('E_APPLY_OVERLAP');
  });

  it('finds that it was applied before', () => {
    const edit = block('  const x = first();\n', '  const x = third();\n  check(x);\n');
    const once = merged(file, edit);
    expect(merge(once, edit)).toBe(once);
  });

  it('does not insert the same line again', () => {
    const edit = block("import a from 'a';\n", "import a from 'a';\nimport b from 'b';\n");
    const once = merged(file, edit);
    expect(once).toContain("'b'");
    expect(merge(once, edit)).toBe(once);
  });

  it('refuses a weak line that may have been inserted before', () => {
    expect(refusal('call(a);\n\nend();\n', block('call(a);\n', 'call(a);\n\n')).code).toBe('E_APPLY_AMBIGUOUS');
  });

  it('names the place that is most alike when no line of the search stands in the file', () => {
    const { candidates, difference } = refusal(file, block('  const x = frist();\n', '  const x = third();\n'));
    expect(candidates).toEqual([{ startLine: 4, endLine: 4, text: '  const x = first();' }]);
    expect(difference).toEqual({ line: 4, found: '  const x = first();', expected: '  const x = frist();' });
  });

  it('names no place when nothing is alike', () => {
    expect(refusal(file, block('  launch(rocket, moon);\n', '  stay();\n'))).toMatchObject({ candidates: [] });
  });

  it('fills an empty file', () => {
    expect(merge('', block('', 'a();\n'))).toBe('a();\n');
    expect(refusal('', block('a();\n', 'b();\n')).code).toBe('E_APPLY_NOT_FOUND');
  });

  it('refuses an empty search in a file with text', () => {
    expect(refusal(file, block('', 'a();\n')).code).toBe('E_APPLY_NOT_FOUND');
  });

  it.each([
    '<<<<<<< SEARCH\na\n=======\nb\n',
    '<<<<<<< SEARCH\na\n>>>>>>> REPLACE\n',
    '<<<<<<< SEARCH\na\n=======\nb\n=======\nc\n>>>>>>> REPLACE\n',
    `Here is the change:\n${block('a\n', 'b\n')}`,
    '<<<<<<< SEARCH\na\n<<<<<<< SEARCH\nb\n=======\nc\n>>>>>>> REPLACE\n',
  ])('refuses the malformed %j', (edit) => {
    expect(refusal(file, edit).code).toBe('E_APPLY_MALFORMED');
  });

  it('refuses blocks for several files', () => {
    expect(refusal(file, `a.ts\n${block('a\n', 'b\n')}b.ts\n${block('a\n', 'b\n')}`).code).toBe(
      'E_APPLY_SEVERAL_FILES',
    );
  });

  it('keeps underlines of headings apart from the divider', () => {
    const edit = block('Title\n=====\n', 'Heading\n======\n');
    expect(merge('Title\n=====\ntext\n', edit)).toBe('Heading\n======\ntext\n');
  });

  it('lets no marker into the file', () => {
    expect(refusal(file, block('  return x;\n}\n\nfunction two() {\n', '// ... existing code ...\n')).code).toBe(
      'E_APPLY_PLACEHOLDER',
    );
  });

  it('lets no unfilled slot of a prompt into the file', () => {
    expect(refusal('a();\n', block('a();\n', '{{code}}\n')).code).toBe('E_APPLY_PLACEHOLDER');
  });

  it('treats signs of replacement patterns as text', () => {
    expect(merge('a();\n', block('a();\n', "b('$& $1 $$ \\n');\n"))).toBe("b('$& $1 $$ \\n');\n");
  });
});

describe('mergeExplicit: unified diff', () => {
  const diff = (hunks: string): string => `--- a/x.ts\n+++ b/x.ts\n${hunks}`;

  it('applies hunks with right numbers', () => {
    const edit = diff(
      '@@ -3,4 +3,4 @@\n function one() {\n-  const x = first();\n+  const x = third();\n   return x;\n }\n',
    );
    expect(merge(file, edit)).toBe(file.replace('first', 'third'));
  });

  it('applies hunks with wrong numbers and counts where the lines are unique', () => {
    const edit = diff('@@ -90,9 +17 @@\n function one() {\n-  const x = first();\n+  const x = third();\n');
    expect(merge(file, edit)).toBe(file.replace('first', 'third'));
  });

  it('applies hunks without numbers', () => {
    const edit = '@@ ... @@\n-  const x = first();\n+  const x = third();\n';
    expect(merge(file, edit)).toBe(file.replace('first', 'third'));
  });

  it('tells twins apart by numbers only when all numbers are right', () => {
    const hunk = (numbers: string): string => diff(`@@ ${numbers} @@\n-  return x;\n+  return y;\n`);
    expect(merge(file, hunk('-10 +10'))).toBe(file.replace(/return x;\n\}\n$/u, 'return y;\n}\n'));
    expect(refusal(file, hunk('-9 +9')).code).toBe('E_APPLY_AMBIGUOUS');
    expect(refusal(file, hunk('-10,2 +10')).code).toBe('E_APPLY_AMBIGUOUS');
  });

  it('does not take the twin the second time', () => {
    const edit = diff('@@ -10 +10 @@\n-  return x;\n+  return answer(x);\n');
    const once = merged(file, edit);
    expect(merge(once, edit)).toBe(once);
  });

  it('tells twins apart by the order of hunks', () => {
    const edit = diff(
      '@@ @@\n-  const x = second();\n+  const x = 2;\n@@ @@\n-  return x;\n+  return y;\n'.replaceAll(
        '@@ @@',
        '@@ ... @@',
      ),
    );
    expect(merge(file, edit)).toBe(file.replace('second()', '2').replace(/return x;\n\}\n$/u, 'return y;\n}\n'));
  });

  it('reads blank context without its space and context without any', () => {
    const edit = "@@ ... @@\n import a from 'a';\n\n-function one() {\n+function three() {\n";
    expect(merge(file, edit)).toBe(file.replace('one', 'three'));
    const bare = "@@ ... @@\nimport a from 'a';\n\n-function one() {\n+function three() {\n";
    expect(merge(file, `--- a/x\n+++ b/x\n${bare}`)).toBe(file.replace('one', 'three'));
  });

  it('keeps lines that begin with dashes apart from headers', () => {
    const sql = '-- first\nselect 1;\n';
    const edit = diff('@@ -1,2 +1,2 @@\n--- first\n+-- second\n select 1;\n');
    expect(merge(sql, edit)).toBe('-- second\nselect 1;\n');
  });

  it('removes white space at the end of a line when that is the change', () => {
    expect(merge('a();  \nb();\n', diff('@@ -1,2 +1,2 @@\n-a();  \n+a();\n b();\n'))).toBe('a();\nb();\n');
  });

  it('touches only the lines that differ', () => {
    const text = splitLines(file);
    const edit = diff(
      '@@ -3,3 +3,4 @@\n-function one() {\n-  const x = first();\n+function one() {\n+  const x = 0;\n+  const y = 1;\n   return x;\n',
    );
    const snippet = readSnippet(edit, text, 'typescript');
    if (isRefusal(snippet)) throw new Error(snippet.message);
    expect(mergeExplicit(snippet, text, 'typescript')).toMatchObject({
      changes: [{ start: 3, end: 4, lines: ['  const x = 0;', '  const y = 1;'] }],
    });
  });

  it('adds and takes away the end of the last line', () => {
    const mark = '\\ No newline at end of file\n';
    expect(merge('a();\nb();', diff(`@@ -1,2 +1,2 @@\n a();\n-b();\n${mark}+b();\n`))).toBe('a();\nb();\n');
    expect(merge('a();\r\nb();\r\n', diff(`@@ -1,2 +1,2 @@\n a();\n-b();\n+c();\n${mark}`))).toBe('a();\r\nc();');
    expect(merge('a();\nb();', diff(`@@ -1,2 +1,2 @@\n-a();\n+c();\n b();\n${mark}`))).toBe('c();\nb();');
  });

  it('refuses a hunk that has no line of the file', () => {
    expect(refusal(file, diff('@@ -3,0 +4,1 @@\n+new();\n')).code).toBe('E_APPLY_NOT_FOUND');
  });

  it('refuses a hunk that changes nothing, and several files', () => {
    expect(refusal(file, diff('@@ -1 +1 @@\n a\n')).code).toBe('E_APPLY_MALFORMED');
    expect(refusal(file, `${diff('@@ -1 +1 @@\n-a\n+b\n')}${diff('@@ -1 +1 @@\n-a\n+b\n')}`).code).toBe(
      'E_APPLY_SEVERAL_FILES',
    );
  });

  it('keeps CRLF, a lone CR and tabs outside of the change', () => {
    const code = 'a\t\nb\rc\r\nd\r\ne';
    expect(merge(code, '@@ ... @@\n c\n-d\n+D\n')).toBe('a\t\nb\rc\r\nD\r\ne');
  });
});

describe('mergeExplicit: patch', () => {
  const patch = (body: string): string => `*** Begin Patch\n*** Update File: x.ts\n${body}*** End Patch\n`;

  it('applies what is unique', () => {
    expect(merge(file, patch('@@\n-  const x = first();\n+  const x = third();\n'))).toBe(
      file.replace('first', 'third'),
    );
  });

  it('looks for the lines in the block that the header names', () => {
    const edit = patch('@@ function two() {\n-  return x;\n+  return y;\n');
    expect(merge(file, edit)).toBe(file.replace(/return x;\n\}\n$/u, 'return y;\n}\n'));
  });

  it('refuses lines that stand elsewhere than in the block', () => {
    const edit = patch('@@ function one() {\n-  const x = second();\n+  const x = third();\n');
    expect(refusal(file, edit).code).toBe('E_APPLY_NOT_FOUND');
  });

  it('follows headers inside headers', () => {
    const code = 'class A:\n    def f(self):\n        return 1\n\nclass B:\n    def f(self):\n        return 1\n';
    const edit = patch('@@ class B:\n@@ def f(self):\n-        return 1\n+        return 2\n');
    expect(merge(code, edit)).toBe(code.replace(/return 1\n$/u, 'return 2\n'));
    expect(refusal(code, patch('@@ def f(self):\n-        return 1\n+        return 2\n')).code).toBe(
      'E_APPLY_AMBIGUOUS',
    );
  });

  it('holds a hunk to the end of the file', () => {
    const code = 'a();\nb();\na();\n';
    expect(merge(code, patch('@@\n-a();\n+c();\n*** End of File\n'))).toBe('a();\nb();\nc();\n');
  });

  it.each([
    '*** Begin Patch\n*** Add File: y\n+a\n*** End Patch\n',
    '*** Begin Patch\n*** Delete File: y\n*** End Patch\n',
  ])('refuses %j', (edit) => {
    expect(refusal(file, edit).code).toBe('E_APPLY_FILE_OPERATION');
  });

  it('refuses several files', () => {
    expect(refusal(file, patch('@@\n-a\n+b\n*** Update File: y.ts\n@@\n-a\n+b\n')).code).toBe('E_APPLY_SEVERAL_FILES');
  });
});

describe('mergeExplicit: snippets with signs', () => {
  it('applies each segment in its place', () => {
    const edit =
      'function one() {\n-  const x = first();\n+  const x = 1;\n// ... existing code ...\nfunction two() {\n-  const x = second();\n+  const x = 2;\n';
    expect(merge(file, edit)).toBe(file.replace('first()', '1').replace('second()', '2'));
  });

  it('reads context with a space in front', () => {
    const edit = ' function one() {\n-  const x = first();\n+  const x = 1;\n   return x;\n }\n';
    expect(merge(file, edit)).toBe(file.replace('first()', '1'));
  });

  it('reads a sign that took the place of a space', () => {
    const edit = 'function one() {\n- const x = first();\n+ const x = 1;\n  return x;\n}\n';
    expect(merge(file, edit)).toBe(file.replace('first()', '1'));
  });

  it('accepts a segment that is context only', () => {
    const edit = "import a from 'a';\n// ... existing code ...\n-  const x = second();\n+  const x = 2;\n";
    expect(merge(file, edit)).toBe(file.replace('second()', '2'));
  });

  it('refuses a segment without signs that the file does not have', () => {
    const edit = "import b from 'b';\n// ... existing code ...\n-  const x = second();\n+  const x = 2;\n";
    expect(refusal(file, edit).code).toBe('E_APPLY_NOT_FOUND');
  });
});

it('refuses files and edits of lines that are all alike by its budget', () => {
  const code = '}\n'.repeat(100_000);
  const edit = block('}\n'.repeat(10_000), `${'}\n'.repeat(10_000)}{\n`);
  expect(refusal(code, edit).code).toBe('E_APPLY_BUDGET');
});
