import { describe, expect, test } from 'vitest';
import { findFlaws, listed, outlineOf, sliced, textOf } from './outlines.ts';

describe('the outline of C', () => {
  test('reads types, tables, variables, prototypes and functions', async () => {
    const text =
      '#include <a.h>\n#define X 1\n#define F(a) do { \\\n  a; } while (0)\ntypedef struct node { struct node *next; } node_t;\ntypedef struct { int b; } anon;\ntypedef int (*fn)(int);\nstruct foo { int a; };\nenum e { A, B };\nstatic const struct x y[] = { { 1 }, { 2 } };\nint g, *h = NULL;\nint (*cb)(int a);\nstatic int bar(int a);\nint *baz(int a) { return 0; }\nint knr(a, b) int a; char b; { return a; }\n';
    const outline = await outlineOf(text, 'c');
    expect(listed(outline)).toEqual([
      'macro X',
      'macro F',
      'struct node',
      'struct anon',
      'type fn',
      'struct foo',
      'enum e',
      'variable y',
      'variable g',
      'variable h',
      'variable cb',
      'signature bar',
      'function baz',
      'function knr',
    ]);
    expect(textOf(text, outline, 'F')).toBe('#define F(a) do { \\\n  a; } while (0)');
    expect(textOf(text, outline, 'foo')).toBe('struct foo { int a; };');
    expect(sliced(text, outline.imports)).toEqual(['#include <a.h>']);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('sees through conditions of the preprocessor and linkage blocks', async () => {
    const text =
      '#ifdef __cplusplus\nextern "C" {\n#endif\n#if A\nint f(void) { return 1; }\n#else\nint f(void) { return 2; }\n#endif\n#ifdef __cplusplus\n}\n#endif\n';
    const outline = await outlineOf(text, 'c');
    expect(listed(outline)).toEqual(['function f', 'function f']);
    expect(outline.errors).toHaveLength(0);
  });

  test('takes macros before a function for a part of it', async () => {
    const text =
      'API_PUBLIC(const char *) name(void)\n{\n    return "{";\n}\nEXPORT int CALL other(int a) { return a; }\n';
    const outline = await outlineOf(text, 'c');
    expect(listed(outline)).toEqual(['function name', 'function other']);
    expect(textOf(text, outline, 'name')).toMatch(/^API_PUBLIC/);
    expect(textOf(text, outline, 'other')).toMatch(/^EXPORT/);
    expect(outline.errors).toHaveLength(0);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('reads a header of C++ that is called C', async () => {
    const outline = await outlineOf('namespace a { class B { public: int c() { return 1; } }; }\n', 'c');
    expect(listed(outline)).toEqual(['module a', 'class a/B', 'method a/B/c ()']);
    expect(outline.errors).toHaveLength(0);
  });
});

describe('the outline of C++', () => {
  test('has namespaces and classes as containers and tells overloads apart', async () => {
    const text =
      'namespace a::b {\ntemplate <typename T, int N = 3>\nclass Foo : public Bar<T> {\n public:\n  explicit Foo(int a = 1) : a_(a) {}\n  Foo(const Foo&) = delete;\n  ~Foo();\n  bool operator==(const Foo& o) const { return true; }\n  operator bool() const { return true; }\n  template <typename U> void tm(U u) {}\n  int a_, b_ = 2;\n  struct Inner { int q; };\n  using X = int;\n  int (*fp)(int);\n};\n}\n';
    const outline = await outlineOf(text, 'cpp');
    expect(listed(outline)).toEqual([
      'module a::b',
      'class a::b/Foo',
      'method a::b/Foo/Foo (int)',
      'signature a::b/Foo/Foo (const Foo&)',
      'signature a::b/Foo/~Foo ()',
      'method a::b/Foo/operator== (const Foo&) const',
      'method a::b/Foo/operator bool () const',
      'method a::b/Foo/tm (U)',
      'variable a::b/Foo/a_',
      'variable a::b/Foo/b_',
      'struct a::b/Foo/Inner',
      'variable a::b/Foo/Inner/q',
      'type a::b/Foo/X',
      'variable a::b/Foo/fp',
    ]);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('names definitions outside of their class by their qualified name', async () => {
    const text =
      'template <typename T> void Foo<T>::bar(const std::string& s, int n) const {}\nFoo::Foo(int a) : a_(a) {}\nFoo::~Foo() {}\nstd::ostream& operator<<(std::ostream& os, const Foo& f) { return os; }\nextern "C" int f(int a) { return a; }\n';
    expect(listed(await outlineOf(text, 'cpp'))).toEqual([
      'method Foo<T>::bar (const std::string&, int) const',
      'method Foo::Foo (int)',
      'method Foo::~Foo ()',
      'function operator<< (std::ostream&, const Foo&)',
      'function f (int)',
    ]);
  });

  test('counts template<…> to a definition and not to its header', async () => {
    const text = 'template <typename T>\nclass A {\n};\n';
    const [definition] = (await outlineOf(text, 'cpp')).definitions;
    expect([definition?.start, definition?.headerStart]).toEqual([0, text.indexOf('class')]);
    expect(definition?.end).toBe(text.length - 1);
  });

  test('gives the members of a type without a name to what is declared with it', async () => {
    const text = 'struct a {\n  union { int x; struct { int y; } z; } u;\n};\n';
    const outline = await outlineOf(text, 'cpp');
    expect(listed(outline)).toEqual([
      'struct a',
      'variable a/u',
      'variable a/u/x',
      'variable a/u/z',
      'variable a/u/z/y',
    ]);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('has includes and using declarations as imports, and raw strings', async () => {
    const text = '#include <a>\n#include "b.h"\nusing namespace std;\nauto s = R"x(a{")x";\n';
    const outline = await outlineOf(text, 'cpp');
    expect(sliced(text, outline.imports)).toEqual(['#include <a>', '#include "b.h"', 'using namespace std;']);
    expect(sliced(text, outline.strings)).toContain('R"x(a{")x"');
  });

  test('names the tests of a test macro by their arguments', async () => {
    const outline = await outlineOf('TEST(Suite, One) { a(); }\nTEST(Suite, enum) { b(); }\n', 'cpp');
    expect(listed(outline)).toEqual(['function TEST (Suite, One)', 'function TEST (Suite, enum)']);
    expect(outline.errors).toHaveLength(0);
  });
});
