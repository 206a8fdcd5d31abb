import { expect, test } from 'vitest';
import { maskMacros } from '../../../../src/wasm/outline/mask-macros.ts';

/** The text as the parser gets it, with runs of blanks shortened. */
function masked(text: string, isC = false): string {
  const result = maskMacros(text, isC).text;
  expect(result).toHaveLength(text.length);
  return result.replace(/ +/g, ' ').trim();
}

test.each([
  ['API void f(int a);', 'void f(int a);'],
  ['EXPORT leveldb_t* open(const char* name);', 'leveldb_t* open(const char* name);'],
  ['int CDECL main(void) {}', 'int main(void) {}'],
  ['void *CALL alloc(int n);', 'void * alloc(int n);'],
  ['PUBLIC(const char *) name(void);', 'const char * name(void);'],
  ['DEPRECATED(1) int f();', 'int f();'],
  ['class EXPORT Cache { };', 'class Cache { };'],
  ['bool done GUARDED_BY(mu);', 'bool done ;'],
  ['Table* const mem GUARDED_BY(mu);', 'Table* const mem ;'],
  ['void f() EXCLUDES(mu) {}', 'void f() {}'],
  ['void f() EXCLUDES(mu);', 'void f() ;'],
  ['A() NOEXCEPT : b_(1) {}', 'A() : b_(1) {}'],
  ['x = va_arg(ap, char *);', 'x = va_arg(ap, 0 );'],
  ['p = new Iterator*[n];', 'p = new Iterator [n];'],
  ['f("%" PRIu64 "\\n");', 'f("%" "\\n");'],
  ['void (CALL *name)(int);', 'void ( *name)(int);'],
  ['template <typename T, ENABLE_IF(is<T>::value)> void f();', 'template <typename T, int > void f();'],
])('blanks what only a preprocessor understands: %s', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test('blanks macros on lines of their own', () => {
  expect(masked('BEGIN_NAMESPACE\nnamespace a {\nPRAGMA(push)\nint b;\n}\nEND_NAMESPACE\n')).toBe(
    'namespace a {\n \nint b;\n}',
  );
});

test('blanks the linkage block for C++ compilers, in both its parts', () => {
  const text = '#ifdef __cplusplus\nextern "C" {\n#endif\nint a;\n#if defined(__cplusplus)\n}\n#endif\n';
  expect(masked(text).replace(/\s+/g, ' ').trim()).toBe('int a;');
});

test('blanks the head of a loop macro inside a function of C, not a function', () => {
  expect(masked('void f(void) {\n  each(a, b)\n  { g(); }\n}\nmain() { }\n', true)).toBe(
    'void f(void) {\n \n { g(); }\n}\nmain() { }',
  );
});

test.each([
  'DWORD x;',
  'static DWORD x = 1;',
  'DWORD f(int a) { return 0; }',
  'const DWORD *x;',
  'x = (void*)REPLY_NIL;',
  'static Foo BAR(int a);',
  'int FOO(int a);',
  'if (x) return MAX;',
  'enum { A_B, C_D };',
  'x = A_B * C_D + F_G(1);',
  'FILE *f = open(A_B, C_D);',
  'struct FOO bar;',
  'case FOO: break;',
  '#define FOO BAR baz\nint a;',
  'char *s = "API void f();"; // API void f();',
])('leaves alone what a parser understands: %s', (text) => {
  expect(maskMacros(text, true).text).toBe(text);
});

test('says which macros belong to the definition behind them', () => {
  const text = 'BEGIN\nAPI INLINE void f();\nvoid g() LOCKS(m) {}\n';
  const specifiers = maskMacros(text, false).specifiers.map(({ start, end }) => text.slice(start, end));
  expect(specifiers).toEqual(['API', 'INLINE']);
});

test.each([
  '(',
  'A(',
  'A_B((((',
  '#',
  '"',
  "'",
  'R"(',
  '/*',
  'template <',
  'va_arg(',
  'A_B\0C_D',
  '\ud800 A_B \udc00',
  '',
])('keeps the length of a torn text: %j', (text) => {
  for (const isC of [true, false]) expect(maskMacros(text, isC).text).toHaveLength(text.length);
});
