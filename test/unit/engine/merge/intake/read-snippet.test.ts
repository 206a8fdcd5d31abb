import { describe, expect, it } from 'vitest';
import { readSnippet } from '../../../../../src/engine/merge/intake/read-snippet.ts';
import type { Refusal } from '../../../../../src/engine/merge/merge.ts';
import { isRefusal } from '../../../../../src/engine/merge/refuse.ts';
import type { Snippet } from '../../../../../src/engine/merge/snippet.ts';
import type { SourceLanguage } from '../../../../../src/engine/merge/source-language.ts';
import { splitLines } from '../../../../../src/engine/merge/text-lines.ts';

const file = `import a from 'a';

function one() {
  first();
  second();
  return 1;
}

function two() {
  return 2;
}
`;

function read(edit: string, code = file, language: SourceLanguage = 'typescript'): Snippet {
  const snippet = readSnippet(edit, splitLines(code), language);
  if (isRefusal(snippet)) throw new Error(`${snippet.code}: ${snippet.message}`);
  return snippet;
}

function refusal(edit: string, code = file, language: SourceLanguage = 'typescript'): Refusal {
  const snippet = readSnippet(edit, splitLines(code), language);
  if (!isRefusal(snippet)) throw new Error(`read as ${snippet.form}`);
  return snippet;
}

function markerLines({ lines, isMarker }: Snippet): string[] {
  return lines.filter((_, at) => isMarker[at]);
}

describe('readSnippet: segments', () => {
  it('splits at markers and takes blank lines next to them off', () => {
    const snippet = read(
      '// ... existing code ...\n\nfunction two() {\n  return 3;\n}\n\n  // ... existing code ...\n',
    );
    expect(snippet.form).toBe('lazy');
    expect(snippet.segments).toEqual([
      {
        firstLine: 2,
        lines: ['function two() {', '  return 3;', '}'],
        blankBefore: 1,
        blankAfter: 1,
        markerBefore: true,
        markerAfter: true,
        markerBeforeIndent: '',
        markerAfterIndent: '  ',
      },
    ]);
  });

  it('knows edges without a marker', () => {
    const [segment] = read('function two() {\n  return 3;\n}').segments;
    expect(segment).toMatchObject({ markerBefore: false, markerAfter: false });
    expect(segment).not.toHaveProperty('markerBeforeIndent');
  });

  it('reads lines of all line ends and takes a byte order mark off', () => {
    expect(read('\uFEFFfunction two() {\r\n  return 3;\r}\n').lines).toEqual(['function two() {', '  return 3;', '}']);
  });

  it('tells for each line where in the edit it stands', () => {
    const snippet = read('```ts\n// ... existing code ...\nfunction two() {\n```');
    expect(snippet.lines).toEqual(['// ... existing code ...', 'function two() {']);
    expect(snippet.editLines).toEqual([2, 3]);
  });
});

describe('readSnippet: markers', () => {
  it('takes a line that the file has for content', () => {
    const code = 'a();\n// ... existing code ...\nb();\n';
    expect(markerLines(read('a();\n// ... existing code ...\nc();\nb();\n', code))).toEqual([]);
  });

  it('leaves the body of a Python stub alone', () => {
    const snippet = read('class A:\n    def f(self): pass\n\ndef g():\n    ...\n', 'x = 1\n', 'python');
    expect(markerLines(snippet)).toEqual([]);
  });

  it('takes three dots between statements for a marker', () => {
    expect(markerLines(read('first();\n...\nreturn 1;\n'))).toEqual(['...']);
  });

  it('refuses three dots that may be a body or a marker', () => {
    const code = 'class A:\n    x = 1\n\n    def f(self):\n        return 1\n';
    expect(refusal('class A:\n    ...\n    def f(self):\n        return 2\n', code, 'python').code).toBe(
      'E_APPLY_UNCLEAR',
    );
  });

  it('leaves the open end of a C parameter list alone', () => {
    expect(markerLines(read('int log(\n  const char *f,\n  ...\n);\n', 'int x;\n', 'c'))).toEqual([]);
  });

  it('reads a marker in a block comment of three lines', () => {
    const snippet = read('first();\n/*\n * ... existing code ...\n */\nreturn 1;\n');
    expect(markerLines(snippet)).toHaveLength(3);
    expect(snippet.segments).toHaveLength(2);
  });

  it('puts a marker behind a known line on a line of its own', () => {
    const snippet = read('  first(); // ... existing code ...\n  return 3;\n');
    expect(snippet.lines).toEqual(['  first();', '  // ... existing code ...', '  return 3;']);
    expect(snippet.isMarker).toEqual([false, true, false]);
    expect(snippet.editLines).toEqual([1, 1, 2]);
  });

  it('opens a body that is nothing but a marker', () => {
    const snippet = read('function one(x) { /* ... existing code ... */ }\n');
    expect(snippet.lines).toEqual(['function one(x) {', '  /* ... existing code ... */', '}']);
    expect(snippet.isMarker).toEqual([false, true, false]);
  });

  it('takes off a note that a line did not change', () => {
    expect(read('  first(); // unchanged\n  second(2);\n').lines).toEqual(['  first();', '  second(2);']);
  });

  it('refuses a marker amid code', () => {
    expect(refusal('call(a, /* ... existing arguments ... */ b);\n').code).toBe('E_APPLY_UNCLEAR');
    expect(refusal('  third(); // ... existing code ...\n').code).toBe('E_APPLY_UNCLEAR');
  });

  it('leaves the text of a marker in a string alone', () => {
    const snippet = read("function two() {\n  return '// ... existing code ...';\n}\n");
    expect(markerLines(snippet)).toEqual([]);
  });

  it('refuses a marker inside a string that the edit brings new', () => {
    const edit = 'function two() {\n  return `\n// ... existing code ...\n`;\n}\n';
    expect(refusal(edit)).toMatchObject({ code: 'E_APPLY_UNCLEAR', editLine: 3 });
  });

  it('understands a marker that cuts a string of the file', () => {
    const code = 'const page = `\n<a>\n<b>\n<c>\n`;\n';
    expect(markerLines(read('const page = `\n// ... existing code ...\n<d>\n`;\n', code))).toHaveLength(1);
  });
});

describe('readSnippet: forms', () => {
  it('calls lines without a marker a definition', () => {
    expect(read('function two() {\n  return 3;\n}\n').form).toBe('definition');
  });

  it('calls lines full that begin and end as the file does and keep its names', () => {
    expect(read(file.replace('second()', 'third()')).form).toBe('full');
  });

  it('takes lines for an empty file for the whole of it', () => {
    expect(read('const a = 1;\n', '').form).toBe('full');
    expect(read('const a = 1;\n', '\n\n').form).toBe('full');
  });

  it('does not call lines full that end with a bracket further in', () => {
    expect(read(`${file.slice(0, file.indexOf('function two'))}function two() {\n  }\n`).form).toBe('definition');
  });

  it('does not call lines full that lost a name', () => {
    const code = 'class A {\n  one() {\n    return 1;\n  }\n  two() {\n    return 2;\n  }\n}\n';
    expect(read('class A {\n  two() {\n    return 3;\n  }\n}\n', code).form).toBe('definition');
  });

  it.each([
    ['unified-diff', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n'],
    ['unified-diff', '```diff\n@@ -1 +1 @@\n-a\n+b\n```\n'],
    ['unified-diff', 'diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n'],
    ['patch', '*** Begin Patch\n*** Update File: x\n@@\n-a\n+b\n*** End Patch\n'],
    ['search-replace', '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n'],
    ['search-replace', 'src/x.ts\n```ts\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n```\n'],
    ['search-replace', '------- SEARCH\na\n=======\nb\n+++++++ REPLACE\n'],
    ['search-replace', '<<<<<<< ORIGINAL\na\n=======\nb\n>>>>>>> UPDATED\n'],
  ])('recognises %s in %j', (form, edit) => {
    expect(read(edit).form).toBe(form);
  });

  it('does not take the text of a file that is a diff itself for one', () => {
    const code = '@@ -1 +1 @@\n-a\n+b\n';
    expect(read('@@ -1 +1 @@\n-a\n+c\n', code, 'text').form).not.toBe('unified-diff');
  });

  it('finds the lines of a diff in a snippet', () => {
    expect(read('function one() {\n  first();\n-  second();\n+  third();\n  return 1;\n}\n').form).toBe('hybrid');
    expect(read('  first();\n+  import();\n  second();\n').form).toBe('hybrid');
  });

  it('leaves lists of Markdown and YAML alone', () => {
    expect(read('# List\n\n- one\n- two\n- three\n', '# List\n\n- one\n- three\n', 'text').form).not.toBe('hybrid');
    expect(read('on:\n- push\n- pull\n', 'on: x\n', 'text').form).toBe('definition');
  });

  it('refuses lines that may be a list or a diff', () => {
    expect(refusal('one\n- two\n', 'one\ntwo\n- three\n', 'text').code).toBe('E_APPLY_UNCLEAR');
  });

  it('refuses a line that goes and is not in the file', () => {
    expect(refusal('  first();\n-  secnd();\n+  third();\n')).toMatchObject({ code: 'E_APPLY_UNCLEAR', editLine: 2 });
  });

  it('leaves a list in a comment alone', () => {
    const code = 'def f():\n    """Text.\n    """\n    return 1\n';
    const edit = 'def f():\n    """Text.\n\n- one\n- two\n    """\n    return 1\n';
    expect(read(edit, code, 'python').form).not.toBe('hybrid');
  });
});

describe('readSnippet: what comes around an edit', () => {
  it.each(['```ts\nX\n```', '```typescript src/x.ts\nX\n```\n', 'src/x.ts\n```\nX\n```', '\n~~~~\nX\n~~~~\n'])(
    'takes the fence of %j off',
    (wrapped) => {
      const edit = wrapped.replace('X', 'function two() {\n  return 3;\n}');
      expect(read(edit).lines).toEqual(['function two() {', '  return 3;', '}']);
    },
  );

  it('refuses a fence that is not closed, since the end may be missing', () => {
    expect(refusal('```ts\nfunction two() {\n').code).toBe('E_APPLY_MALFORMED');
  });

  it('refuses several fences', () => {
    expect(refusal('```ts\na();\n```\ntext\n```ts\nb();\n```\n').code).toBe('E_APPLY_MALFORMED');
  });

  it('keeps a fence that a Markdown file has', () => {
    const code = '# A\n\n```sh\nnpm i\n```\n';
    expect(read('```sh\nnpm ci\n```\n', code, 'text').lines[0]).toBe('```sh');
  });

  it('refuses a fence that may belong to a Markdown file', () => {
    expect(refusal('```bash\nnpm ci\n```\n', '# A\n\n```sh\nnpm i\n```\n', 'text').code).toBe('E_APPLY_UNCLEAR');
  });
});

describe('readSnippet: refusals', () => {
  it.each([
    ['E_APPLY_EMPTY', ''],
    ['E_APPLY_EMPTY', ' \n\t\n'],
    ['E_APPLY_EMPTY', '```ts\n```\n'],
    ['E_APPLY_MARKERS_ONLY', '// ... existing code ...\n'],
    ['E_APPLY_NOT_TEXT', 'a\0b'],
    ['E_APPLY_NOT_TEXT', 'a\uD800b'],
    ['E_APPLY_PLACEHOLDER', '// {{change 1}}\n'],
    ['E_APPLY_PLACEHOLDER', 'a();\n// FIRST_EDIT\n'],
    ['E_APPLY_PLACEHOLDER', 'a();\n...[truncated]\n'],
    ['E_APPLY_PLACEHOLDER', '<<<<<<< HEAD\na();\n=======\nb();\n>>>>>>> main\n'],
    ['E_APPLY_PLACEHOLDER', 'a();\n<|im_end|>\n'],
    ['E_APPLY_PLACEHOLDER', '<update>\na();\n</update>\n'],
    ['E_APPLY_UNCLEAR', 'a();\n// rest of methods\n'],
  ])('answers %s to %j', (code, edit) => {
    expect(refusal(edit).code).toBe(code);
  });

  it('refuses a file that is no clean text', () => {
    expect(refusal('a', 'x\0').code).toBe('E_APPLY_NOT_TEXT');
  });

  it('accepts a placeholder that the file has', () => {
    expect(read('// FIRST_EDIT\nb();\n', '// FIRST_EDIT\na();\n').lines[0]).toBe('// FIRST_EDIT');
  });

  const slotEdit = 'def f():\n    {{code}}\n';

  it.each<SourceLanguage>(['python', 'typescript', 'tsx', 'go', 'rust', 'java', 'c', 'cpp'])(
    'refuses an unfilled slot as a whole line of %s',
    (language) => {
      expect(refusal(slotEdit, file, language).code).toBe('E_APPLY_PLACEHOLDER');
      expect(refusal('a();\n{{ your code here }}\n', file, language).code).toBe('E_APPLY_PLACEHOLDER');
    },
  );

  it.each([
    ['in a template', '<pre>\n  {{ code }}\n</pre>\n', file, 'text'],
    ['that the file has', slotEdit, 'def g():\n    {{code}}\n', 'python'],
    ['with a name of its own', '<Trans>\n  {{ count }}\n</Trans>\n', file, 'tsx'],
    ['beside other text', 'a = f"{{code}}"\n', file, 'python'],
  ] as const)('accepts double braces %s', (_, edit, code, language) => {
    expect(read(edit, code, language).lines).toEqual(edit.trimEnd().split('\n'));
  });

  it('accepts emoji and all letters', () => {
    expect(read("const a = '😀é漢';\n").lines).toEqual(["const a = '😀é漢';"]);
  });
});

describe('readSnippet: an answer with sentences around its fence', () => {
  const answer =
    'Here is the change, in `two()`:\n\n```ts\nfunction two() {\n  return 3;\n}\n```\n\nIt returns 3 now.\n';

  it('is read as what the fence has', () => {
    const snippet = read(answer);
    expect(snippet.lines).toEqual(['function two() {', '  return 3;', '}']);
    expect(snippet.editLines).toEqual([4, 5, 6]);
  });

  it('may hold a diff', () => {
    const diff = '```diff\n@@ -1,2 +1,2 @@\n function two() {\n-  return 2;\n+  return 3;\n```\n';
    expect(read(`Like this:\n${diff}`).form).toBe('unified-diff');
  });

  it('stays whole where what is around the fence may be code', () => {
    for (const line of [
      'const text = `',
      "  '''",
      'def run(x):',
      'Resources:',
      'Store.load(a, b)',
      'Use it as text',
      'first();',
      '// ... existing code ...',
      "import a from 'a'",
    ])
      expect(read(`${line}\n\`\`\`ts\nfunction two() {\n\`\`\`\n`, file).lines).toContain('```ts');
  });

  it('stays whole for a file that has fences, and for text that may get one', () => {
    const guide = '# Guide\n\nRun it:\n\nnpm test\n';
    expect(read('Build it:\n\n```sh\nnpm test\n```\n', guide, 'text').lines).toContain('```sh');
    expect(read('New:\n\n```yaml\na: 1\nb: 2\n```\n', 'a: 1\nb: 2\n```\n', 'text').lines).toContain('```yaml');
  });

  it('is read for files of other languages when the fence knows the file', () => {
    const edit = 'Sure!\n```yaml\non: push\n# ... existing code ...\n```\n';
    expect(read(edit, 'on: pull\njobs: 1\n', 'text').lines).toEqual(['on: push', '# ... existing code ...']);
  });
});

describe('readSnippet: directives', () => {
  it('takes the name of a definition that is to go', () => {
    const snippet = read('// ... existing code ...\n// remove two\n');
    expect(snippet.removes).toEqual(['two']);
    expect(snippet.lines).toEqual(['// ... existing code ...']);
  });

  it('may say what kind of definition it is', () => {
    const snippet = read('// ... existing code ...\n// removed function two\n');
    expect(snippet.removes).toEqual(['two']);
  });

  it('leaves a comment alone that names no definition', () => {
    const snippet = read('function two() {\n  // remove duplicates\n  return 3;\n}\n');
    expect(snippet.removes).toEqual([]);
    expect(snippet.lines).toHaveLength(4);
  });

  it('leaves a comment alone when the edit still defines the name', () => {
    expect(read('// remove two\nfunction two() {\n  return 3;\n}\n').removes).toEqual([]);
  });
});

it('reads a hundred thousand lines', () => {
  const edit = Array.from({ length: 100_000 }, (_, at) => `  call(${String(at)}); /* ... */ // x`).join('\n');
  expect(readSnippet(edit, splitLines(edit), 'typescript')).toMatchObject({ form: 'full' });
});
