import { beforeAll, describe, expect, test } from 'vitest';
import type { Outline } from '../../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../../src/engine/merge/source-language.ts';
import {
  editsUniqueDefinitions,
  holdsDefinition,
  namesInReach,
  splitDefinitions,
} from '../../../src/pool/apply-definitions.ts';
import { Engines } from '../../../src/pool/engines.ts';
import { MergeEngines } from '../../../src/pool/merge-engines.ts';

const { outlines } = new MergeEngines(new Engines({ memoryLimitBytes: 512 * 2 ** 20 }));

beforeAll(async () => {
  for (const language of ['java', 'python'] as const) outlines.outline('', language);
  await outlines.prepare();
});

function outlineOf(text: string, language: SourceLanguage = 'typescript'): Outline {
  const outline = outlines.outline(text, language);
  if (outline === undefined) throw new TypeError(`no outline of ${language}`);
  return outline;
}

function split(edit: string, language: SourceLanguage = 'typescript'): readonly string[] {
  return splitDefinitions(edit, outlineOf(edit, language));
}

describe('splitDefinitions', () => {
  test('gives each definition the comments above it', () => {
    const [first, second] = ['// one\nfunction a() {}', '\n\n/* two */ // three\nfunction b() {}'];
    expect(split(`${first}${second}`)).toEqual([first, second]);
  });

  test('leaves one definition with its decorators whole', () => {
    const edit = '# why\n@cached\n@slow\ndef a():\n    def b(): pass\n    return b\n# end\n';
    expect(split(edit, 'python').join('')).toBe(edit.slice(0, edit.indexOf('\n# end')));
  });

  test.each([
    ['an import before', 'import x from "x";\nfunction a() {}\nfunction b() {}'],
    ['a statement between', 'function a() {}\na();\nfunction b() {}'],
    ['a statement behind', 'function a() {}\nfunction b() {}\nb();'],
    ['a syntax error', 'function a() {}\nfunction b( {}'],
    ['no definition', 'a();'],
    ['nothing', ''],
  ])('does not split an edit with %s', async (_name, edit) => {
    outlines.outline(edit, 'typescript');
    await outlines.prepare();
    expect(split(edit)).toEqual([edit]);
  });
});

describe('namesInReach', () => {
  const names = (text: string): string => namesInReach(outlineOf(text));

  test('do not depend on order, bodies and what is inside of functions', () => {
    expect(names('function a() {}\nclass B { c() { function d() {} } }')).toBe(
      names('class B { c() { return 1; } }\nfunction a(x) { function e() {} }'),
    );
  });

  test.each([
    ['a name is another', 'function b() {}\nclass B { c() {} }'],
    ['a member is another', 'function a() {}\nclass B { d() {} }'],
    ['a member has another class', 'function a() {}\nclass C { c() {} }'],
    ['one is missing', 'class B { c() {} }'],
    ['one is there twice', 'function a() {}\nfunction a() {}\nclass B { c() {} }'],
    ['a kind is another', 'class a {}\nclass B { c() {} }'],
  ])('differ when %s', (_name, text) => {
    expect(names(text)).not.toBe(names('function a() {}\nclass B { c() {} }'));
  });
});

describe('holdsDefinition', () => {
  const holds = (text: string, snippet: string): boolean => holdsDefinition(text, outlineOf(text), snippet);

  test('finds a definition whatever its indentation and the comments above the snippet are', () => {
    const text = 'class A {\n  f() {\n    return 1;\n  }\n}\n';
    expect(holds(text, 'f() {\n  return 1;\n}')).toBe(true);
    expect(holds(text, '// why\nf() {\n  return 1;\n}')).toBe(true);
    expect(holds(text, text)).toBe(true);
  });

  test('does not take one inside of a function for it', () => {
    expect(holds('function f() {\n  function f() {\n    return 1;\n  }\n}\n', 'function f() {\n  return 1;\n}')).toBe(
      false,
    );
  });

  test.each([
    ['only the end of it', 'g();\nf() {\n  return 1;\n}'],
    ['a part of it', 'return 1;'],
    ['more than it', 'f() {\n  return 1;\n}\ng() {}'],
    ['nothing', ''],
  ])('does not find a snippet of which the file has %s', (_name, snippet) => {
    expect(holds('class A {\n  f() {\n    return 1;\n  }\n}\n', snippet)).toBe(false);
  });
});

describe('editsUniqueDefinitions', () => {
  /** Whether replacing the first `from` by `to` stays in definitions of unique names. */
  function isUnique(text: string, from: string, to: string, language: SourceLanguage = 'typescript'): boolean {
    const start = text.indexOf(from);
    const edit = { start, end: start + from.length, text: to };
    return editsUniqueDefinitions(outlineOf(text, language), outlineOf(text.replace(from, to), language), [edit]);
  }

  test('holds inside of a function whose name is there once', () => {
    expect(isUnique('function a() { return 1; }\nfunction b() { return 2; }', '2', '3')).toBe(true);
  });

  test('does not hold where a method of that name is in another class, too', () => {
    expect(isUnique('class A { get() { return 1; } }\nclass B { get() { return 2; } }', '2', '3')).toBe(false);
  });

  test('asks for the function, not for what is inside of it', () => {
    expect(isUnique('function a() { function f() { x(1); } }\nfunction b() { function f() {} }', '1', '2')).toBe(true);
  });

  test('does not hold outside of all definitions', () => {
    expect(isUnique('x(1);\nfunction a() {}', '1', '2')).toBe(false);
  });

  test('tells overloads apart by their signature, as long as it stays', () => {
    const text = 'class A {\n  int f(int a) { return 1; }\n  int f(String a) { return 2; }\n}\n';
    expect(isUnique(text, '2', '3', 'java')).toBe(true);
    expect(isUnique(text, 'String a', 'long a', 'java')).toBe(false);
  });
});
