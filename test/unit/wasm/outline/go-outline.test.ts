import { describe, expect, test } from 'vitest';
import { findFlaws, listed, outlineOf, sliced, textOf } from './outlines.ts';

describe('the outline of Go', () => {
  test('names methods without a container and tells them apart by their receivers', async () => {
    const text =
      'package a\nfunc (s *Server) Run() {}\nfunc (c Client) Run() {}\nfunc (l List[T]) Run() {}\nfunc Run() {}\nfunc asm(a int)\n';
    const outline = await outlineOf(text, 'go');
    expect(listed(outline)).toEqual([
      'method Run Server',
      'method Run Client',
      'method Run List',
      'function Run',
      'signature asm',
    ]);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('reads single and grouped declarations', async () => {
    const text =
      'package a\n\nconst A = 1\nconst (\n\tB = iota\n\tC, D = 1, 2\n)\nvar h = func() {\n}\nvar _ I = (*T)(nil)\nvar t = []int{\n\t1,\n}\ntype S struct {\n\ta int\n}\ntype (\n\tI interface {\n\t\tM() error\n\t}\n\tE = string\n)\n';
    const outline = await outlineOf(text, 'go');
    expect(listed(outline)).toEqual([
      'variable A',
      'variable B',
      'variable C',
      'variable D',
      'function h',
      'variable t',
      'struct S',
      'interface I',
      'signature I/M',
      'type E',
    ]);
    expect(textOf(text, outline, 'A')).toBe('const A = 1');
    expect(textOf(text, outline, 'B')).toBe('B = iota');
    expect(textOf(text, outline, 'S')).toBe('type S struct {\n\ta int\n}');
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('has each import declaration as a whole', async () => {
    const text = 'package a\nimport "fmt"\nimport (\n\t"a" // c\n\tb "x/b"\n)\n';
    const outline = await outlineOf(text, 'go');
    expect(sliced(text, outline.imports)).toEqual(['import "fmt"', 'import (\n\t"a" // c\n\tb "x/b"\n)']);
    expect(sliced(text, outline.comments)).toEqual(['// c']);
  });

  test('lists all kinds of literals as strings', async () => {
    const text = 'package a\nvar s = "{" + `raw\n{` + string(\'}\')\n';
    expect(sliced(text, (await outlineOf(text, 'go')).strings)).toEqual(['"{"', '`raw\n{`', "'}'"]);
  });
});
