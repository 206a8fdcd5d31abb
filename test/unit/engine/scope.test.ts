import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';

describe('scope', () => {
  it('tells globals from declared names', () => {
    const { scope, at } = analyse('Object.keys(o); { const o = 1; o; } Object;');
    expect(scope.isGlobal(at('Object'))).toBe(true);
    expect(scope.isGlobal(at('o', 0))).toBe(true);
    expect(scope.bindingOf(at('o', 2))?.kind).toBe('const');
  });

  it('sees parameters, imports, classes and functions as shadowing', () => {
    const { scope, ast } = analyse(
      'import { Map } from "x"; function f(Set) { new Set(); new Map(); } class Date {} new Date();',
    );
    const callees = ast.ofKind('NewExpression').map((node) => ast.child(node, 'callee'));
    expect(callees.map((node) => scope.isGlobal(node))).toEqual([false, false, false]);
  });

  it('does not call a name global when a function in a block may be it (Annex B)', () => {
    const { scope, at } = analyse('if (x) { function String() {} } String(1);', 'javascript');
    expect(scope.isGlobal(at('String', 1))).toBe(false);
  });

  it('counts writes, reads and the initial write', () => {
    const { scope, at } = analyse('let n = 0; n += 1; n++; [n] = [1]; ({ n } = o); for (n of xs) {} read(n);');
    const binding = scope.bindingOf(at('n', 0));
    const kinds = binding?.references.map(
      (use) => `${use.read ? 'r' : ''}${use.write ? 'w' : ''}${use.init ? 'i' : ''}`,
    );
    expect(kinds).toEqual(['wi', 'rw', 'rw', 'w', 'w', 'w', 'r']);
  });

  it('knows which bindings a closure captures', () => {
    const { scope, at } = analyse('function f() { let a = 1; let b = 2; return () => a + (b = 3); }');
    expect(scope.isCaptured(scope.bindingOf(at('a'))!)).toBe(true);
    const { scope: plain, at: find } = analyse('function f() { let a = 1; { a; } }');
    expect(plain.isCaptured(plain.bindingOf(find('a'))!)).toBe(false);
  });

  it('treats a class field initialiser as a function that runs later', () => {
    const { scope, at } = analyse('let n = 0; class C { x = n; }');
    expect(scope.isCaptured(scope.bindingOf(at('n'))!)).toBe(true);
  });

  it('does not take property names, labels and types for references', () => {
    const { scope, at } = analyse('const a = 1; x.a; ({ a: 2 }); a: for (;;) break a; let t: a;');
    expect(scope.bindingOf(at('a'))?.references.filter((use) => use.read)).toHaveLength(0);
  });

  it('resolves shorthand properties and JSX components', () => {
    const { scope, at } = analyse('const Button = 1; const a = { Button }; <Button />;', 'tsx');
    expect(scope.bindingOf(at('Button'))?.references.filter((use) => use.read)).toHaveLength(2);
  });

  it('marks exported bindings', () => {
    const { scope, at } = analyse(
      'export const a = 1; const b = 2; export { b }; const c = 3; export default c; const d = 4;',
    );
    expect(['a', 'b', 'c', 'd'].map((name) => scope.bindingOf(at(name))?.exported)).toEqual([true, true, true, false]);
  });

  it('gives up on files with `with` or a direct eval', () => {
    expect(analyse('with (o) { x; }', 'javascript').scope.isDynamic).toBe(true);
    expect(analyse('function f() { eval(s); }').scope.isDynamic).toBe(true);
    expect(analyse('o.eval(s);').scope.isDynamic).toBe(false);
  });

  it('hands out names that occur nowhere in the file', () => {
    const { scope } = analyse('const seen = 1; function f(seen2) {}');
    expect([scope.freshName('seen'), scope.freshName('seen')]).toEqual(['seen3', 'seen4']);
  });

  it('hands out the same name in functions that do not see each other', () => {
    const { scope, at, ast } = analyse(
      'function f() { one; function inner() { deep; } } function g() { two; head; } three;',
    );
    const names = ['one', 'deep', 'two', 'three'].map((place) => scope.freshName('head', ast.statement(at(place))));
    expect(names).toEqual(['head', 'head2', 'head2', 'head3']);
  });

  it('keeps the bindings of a named function expression, catch and loops apart', () => {
    const { scope, at } = analyse(
      'const e = 1; try {} catch (e) { e; } for (const e of xs) e; (function e() { e; }); e;',
    );
    const last = scope.bindingOf(at('e', 7));
    expect(last?.kind).toBe('const');
    expect(last?.references.filter((use) => use.read)).toHaveLength(1);
  });
});
