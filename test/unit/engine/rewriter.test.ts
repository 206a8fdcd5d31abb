import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/engine/edit.ts';
import type { Tightness } from '../../../src/engine/rewriting/tightness.ts';
import { analyse } from './analyse.ts';

/** Replaces the identifier `HERE` by an expression. */
function replaceHere(text: string, code: string, tightness: Tightness): string | undefined {
  const { rewrite, at } = analyse(text);
  const edit = rewrite.replace(at('HERE'), code, tightness);
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

describe('rewriter', () => {
  it.each([
    ['x = HERE.x', 'a + b', 'additive', 'x = (a + b).x'],
    ['f(HERE)', 'a, b', 'sequence', 'f((a, b))'],
    ['f(HERE)', 'a + b', 'additive', 'f(a + b)'],
    ['!HERE', 'a < b', 'relational', '!(a < b)'],
    ['x = HERE * 2', 'a + b', 'additive', 'x = (a + b) * 2'],
    ['2 - HERE', 'a - b', 'additive', '2 - (a - b)'],
    ['x = HERE - 2', 'a - b', 'additive', 'x = a - b - 2'],
    ['x = HERE ** 2', '-a', 'unary', 'x = (-a) ** 2'],
    ['a ?? HERE', 'b || c', 'or', 'a ?? (b || c)'],
    ['a || HERE', 'b ?? c', 'nullish', 'a || (b ?? c)'],
    ['(HERE).x', 'a + b', 'additive', '(a + b).x'],
    ['new HERE()', 'a()', 'call', 'new (a())()'],
    ['x = new HERE.y()', 'a()', 'call', 'x = new (a()).y()'],
    ['x = new HERE![y]()', 'a()', 'call', 'x = new (a())![y]()'],
    ['`${HERE}`', 'a, b', 'sequence', '`${a, b}`'],
    ['if (HERE) {}', 'a || b', 'or', 'if (a || b) {}'],
    ['x = HERE', '() => 1', 'assignment', 'x = () => 1'],
    ['x = HERE ? 1 : 2', '() => 1', 'assignment', 'x = (() => 1) ? 1 : 2'],
    ['class A extends HERE {}', 'a || b', 'or', 'class A extends (a || b) {}'],
    ['[...HERE]', 'a || b', 'or', '[...a || b]'],
    ['typeof HERE', 'a + b', 'additive', 'typeof (a + b)'],
    ['async () => await HERE', 'a + b', 'additive', 'async () => await (a + b)'],
  ] as const)('%s with %s', (text, code, tightness, expected) => {
    expect(replaceHere(text, code, tightness)).toBe(expected);
  });

  it('refuses to start a statement with a bracket that would join the line before', () => {
    expect(replaceHere('a\nHERE.x', '[1]', 'primary')).toBeUndefined();
    expect(replaceHere('a\nHERE.x', '{}', 'primary')).toBeUndefined();
  });

  it('keeps keywords and names apart', () => {
    const text = 'function f() { return(HERE); }';
    expect(replaceHere(text, 'a', 'primary')).toBe('function f() { return(a); }');
    expect(replaceHere('function f() { return[1][0] }'.replace('[1][0]', ' HERE'), 'a', 'primary')).toContain(
      'return a',
    );
  });

  it('inserts statements with the indentation, line ends and semicolons of the file', () => {
    const text = 'function f() {\r\n\tfor (;;) {}\r\n}\r\n';
    const { rewrite, ast } = analyse(text);
    const edit = rewrite.insertBefore(ast.ofKind('ForStatement')[0] ?? -1, 'const a = 1');
    expect(edit === undefined ? '' : applyEdits(text, [edit])).toBe(
      'function f() {\r\n\tconst a = 1;\r\n\tfor (;;) {}\r\n}\r\n',
    );
  });

  it.each([
    ['/** Doc. */\nfunction f() {}\n', 'const a = 1;\n/** Doc. */\nfunction f() {}\n'],
    ['x();\n// why\n// more\nfor (;;) {}\n', 'x();\nconst a = 1;\n// why\n// more\nfor (;;) {}\n'],
    ['// the file\nfor (;;) {}\n', '// the file\nconst a = 1;\nfor (;;) {}\n'],
    ['/** @license MIT */\nfunction f() {}\n', '/** @license MIT */\nconst a = 1;\nfunction f() {}\n'],
    ['x(); // of x\nfor (;;) {}\n', 'x(); // of x\nconst a = 1;\nfor (;;) {}\n'],
    ['// apart\n\nfor (;;) {}\n', '// apart\n\nconst a = 1;\nfor (;;) {}\n'],
  ])('keeps comments with the statement they belong to: %j', (text, expected) => {
    const { rewrite, ast } = analyse(text);
    const statements = [...ast.ofKind('ForStatement'), ...ast.ofKind('FunctionDeclaration')];
    const edit = rewrite.insertBefore(statements[0] ?? -1, 'const a = 1');
    expect(edit === undefined ? '' : applyEdits(text, [edit])).toBe(expected);
  });

  it('inserts nothing where only one statement may stand', () => {
    const { rewrite, ast } = analyse('if (x) for (;;) {}');
    expect(rewrite.insertBefore(ast.ofKind('ForStatement')[0] ?? -1, 'const a = 1')).toBeUndefined();
  });

  it('leaves out semicolons in files without them, unless the next line would join', () => {
    const text = 'const a = 1\nfor (;;) {}\n[1].map(f)\n';
    const { rewrite, ast } = analyse(text);
    const before = rewrite.insertBefore(ast.ofKind('ForStatement')[0] ?? -1, 'const b = 2');
    const risky = rewrite.insertBefore(ast.ofKind('ExpressionStatement')[0] ?? -1, 'const b = 2');
    expect(before?.text).toBe('const b = 2\n');
    expect(risky?.text).toBe('const b = 2;\n');
  });

  it('puts a `new` without arguments in parentheses before a member', () => {
    const { rewrite, at } = analyse('use(new Set, new Set(), new Set(xs))');
    expect([at('new Set'), at('new Set()'), at('new Set(xs)')].map((node) => rewrite.operand(node, 'call'))).toEqual([
      '(new Set)',
      'new Set()',
      'new Set(xs)',
    ]);
  });
});
