import { describe, expect, test } from 'vitest';
import { findFlaws, listed, outlineOf, sliced, textOf } from './outlines.ts';

describe('the outline of Python', () => {
  test('lists functions, classes, methods and nested definitions with their containers', async () => {
    const text =
      'def a():\n    def inner():\n        pass\n    return inner\n\n\nclass B(C):\n    x: int = 1\n\n    async def m(self): ...\n\n    class D:\n        def n(self): pass\n';
    const outline = await outlineOf(text, 'python');
    expect(listed(outline)).toEqual([
      'function a',
      'function a/inner',
      'class B',
      'variable B/x',
      'method B/m',
      'class B/D',
      'method B/D/n',
    ]);
    expect(outline.errors).toHaveLength(0);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('counts decorators to a definition and not to its header', async () => {
    const text = '@dec(1)\n# why\n@other\ndef f(x):\n    pass\n';
    const { definitions } = await outlineOf(text, 'python');
    const [definition] = definitions;
    expect(definition?.start).toBe(0);
    expect(definition?.headerStart).toBe(text.indexOf('def'));
  });

  test('tells overloads and accessors of one name apart', async () => {
    const text =
      '@overload\ndef f(a: int) -> int: ...\n@typing.overload\ndef f(a: str) -> str: ...\ndef f(a): pass\nclass C:\n    @property\n    def p(self): pass\n    @p.setter\n    def p(self, v): pass\n@f.register(int)\ndef _(x): pass\n';
    expect(listed(await outlineOf(text, 'python'))).toEqual([
      'signature f (a: int)',
      'signature f (a: str)',
      'function f',
      'class C',
      'method C/p',
      'method C/p setter',
      'function _ @f.register(int)',
    ]);
  });

  test('finds functions in branches but no variables there', async () => {
    const text =
      'try:\n    import a\n    def f(): pass\nexcept ImportError:\n    a = None\n    def f(): pass\nif X:\n    class K: pass\nelse:\n    y = 1\n';
    const outline = await outlineOf(text, 'python');
    expect(listed(outline)).toEqual(['function f', 'function f', 'class K']);
    expect(sliced(text, outline.imports)).toEqual(['import a']);
  });

  test('has imports on top and behind TYPE_CHECKING, not those inside functions', async () => {
    const text =
      'from __future__ import annotations\nimport os, sys\nfrom a import (\n    b,\n    c,\n)\nif TYPE_CHECKING:\n    from x import y\ndef f():\n    import z\n';
    expect(sliced(text, (await outlineOf(text, 'python')).imports)).toEqual([
      'from __future__ import annotations',
      'import os, sys',
      'from a import (\n    b,\n    c,\n)',
      'from x import y',
    ]);
  });

  test('has top-level names: constants, lambdas as functions, types; no tuples, attributes or locals', async () => {
    const text = 'A = 1\nb = lambda x: x\ntype T = int\nc, d = 1, 2\no.e = 3\ndef f():\n    local = 1\n';
    expect(listed(await outlineOf(text, 'python'))).toEqual(['variable A', 'function b', 'type T', 'function f']);
  });

  test('begins a body with the comment that comes first in it', async () => {
    const text = 'def f():  # noqa\n    # first\n    pass\n';
    const [definition] = (await outlineOf(text, 'python')).definitions;
    expect(text.slice(definition?.bodyStart, definition?.bodyEnd)).toBe('# first\n    pass');
  });

  test('leaves the code inside of f-strings out of the strings', async () => {
    const text = 's = f"a{g(\'x\')}b"\n"""doc 😀"""\n';
    expect(sliced(text, (await outlineOf(text, 'python')).strings)).toEqual(['f"a', "'x'", 'b"', '"""doc 😀"""']);
  });

  test('keeps the definitions around a syntax error and says where it is', async () => {
    const text = 'def a():\n    pass\n\ndef b(:\n    pass\n\ndef c():\n    pass\n';
    const outline = await outlineOf(text, 'python');
    expect(listed(outline)).toEqual(expect.arrayContaining(['function a', 'function c']));
    expect(outline.errors.length).toBeGreaterThan(0);
  });

  test('counts in UTF-16 with line ends of two characters', async () => {
    const text = '# 😀\r\ndef f():\r\n    return "😀"\r\n\r\nX = 1\r\n';
    const outline = await outlineOf(text, 'python');
    expect(textOf(text, outline, 'f')).toBe('def f():\r\n    return "😀"');
    expect(textOf(text, outline, 'X')).toBe('X = 1');
    expect(sliced(text, outline.comments)).toEqual(['# 😀']);
  });
});
