import { describe, expect, test } from 'vitest';
import { findFlaws, listed, outlineOf, sliced } from './outlines.ts';

describe('the outline of Java', () => {
  test('tells overloads apart by parameter types', async () => {
    const text =
      'class A {\n  A(int a) {}\n  void f(String a, final List<String> b, int... c) {}\n  void f(int[] a, int b[]) {}\n  abstract void f();\n}\n';
    const outline = await outlineOf(text, 'java');
    expect(listed(outline)).toEqual([
      'class A',
      'method A/A (int)',
      'method A/f (String, List<String>, int...)',
      'method A/f (int[], int[])',
      'signature A/f ()',
    ]);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('reads nested types, records, enums, annotations and anonymous classes', async () => {
    const text =
      'interface I { void m(); default void d() {} int K = 3; }\nenum E { P, Q(1) { @Override void z() {} }; void z() {} }\nrecord R(int a) { R {} static int q() { return 1; } }\n@interface N { String value() default "x"; }\nclass C {\n  int x = 1, y = 2;\n  T t = new T() { @Override public int read() { return 0; } };\n  void f() { run(new R() { public void run() {} }); class L { void m() {} } int local = 1; }\n}\n';
    const outline = await outlineOf(text, 'java');
    expect(listed(outline)).toEqual([
      'interface I',
      'signature I/m ()',
      'method I/d ()',
      'variable I/K',
      'enum E',
      'variable E/Q',
      'method E/Q/z ()',
      'method E/z ()',
      'struct R',
      'method R/R ()',
      'method R/q ()',
      'interface N',
      'signature N/value ()',
      'class C',
      'variable C/x',
      'variable C/y',
      'variable C/t',
      'method C/t/read ()',
      'method C/f ()',
      'method C/f/run ()',
      'class C/f/L',
      'method C/f/L/m ()',
    ]);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('counts annotations to a definition and not to its header', async () => {
    const text = '/** doc */\n@A\n@B(c = "x")\npublic final class D {\n  @Override\n  void f() {}\n}\n';
    const { definitions } = await outlineOf(text, 'java');
    expect(definitions.map(({ start }) => start)).toEqual([text.indexOf('@A'), text.indexOf('@Override')]);
    expect(definitions.map(({ headerStart }) => headerStart)).toEqual([text.indexOf('public'), text.indexOf('void')]);
  });

  test('has imports, comments and strings, text blocks too', async () => {
    const text =
      'package a;\nimport java.util.*;\nimport static x.Y.z;\n// c\nclass A { String s = """\n  {\n  """; char c = \'{\'; /* d */ }\n';
    const outline = await outlineOf(text, 'java');
    expect(sliced(text, outline.imports)).toEqual(['import java.util.*;', 'import static x.Y.z;']);
    expect(sliced(text, outline.comments)).toEqual(['// c', '/* d */']);
    expect(sliced(text, outline.strings)).toEqual(['"""\n  {\n  """', "'{'"]);
  });
});
