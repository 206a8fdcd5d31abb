import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/engine/language.ts';
import { analyse } from './analyse.ts';

/** Where the name at the `nth` use of `source` is declared: the offset, or what else it is. */
function declaredAt(
  text: string,
  source: string,
  nth: number,
  language: Language = 'typescript',
): number | 'global' | 'unknown' {
  const { ast, scope, at } = analyse(text, language);
  const node = at(source, nth);
  const binding = scope.bindingOf(node);
  if (binding !== undefined) return ast.start(binding.declarations[0] ?? -1);
  return scope.isGlobal(node) ? 'global' : 'unknown';
}

describe('scope, in hostile code', () => {
  it('keeps default values away from what the body declares', () => {
    const text = 'var x = 1; function f(a = x, b = () => y) { var x = 2; var y = 3; return x + y; }';
    expect(declaredAt(text, 'x', 1)).toBe(4);
    expect(declaredAt(text, 'y', 0)).toBe('global');
    expect(declaredAt(text, 'x', 3)).toBe(text.indexOf('x = 2'));
  });

  it('reads what is switched on outside of the cases', () => {
    expect(declaredAt('switch (x) { case 0: let x = 1; x; }', 'x', 0)).toBe('global');
    expect(declaredAt('switch (x) { case 0: let x = 1; x; }', 'x', 2)).toBe(25);
  });

  it('shows the members of an enum to its initialisers, and takes their names for no globals elsewhere', () => {
    expect(declaredAt('enum E { Set = 1, B = Set }', 'Set', 1)).toBe(9);
    expect(declaredAt('enum E { Set = 1 } enum E { B = Set }', 'Set', 1)).toBe('unknown');
  });

  it('takes a name of a namespace for no global in another part of it', () => {
    expect(declaredAt('namespace N { export const Set = 1; } namespace N { Set; }', 'Set', 1)).toBe('unknown');
  });

  it('knows the object behind `import a = b.c`', () => {
    const text = 'namespace B { export const c = 1; } import a = B.c; a;';
    expect(declaredAt(text, 'B', 1)).toBe(10);
  });

  it('takes the new name of a re-export for no use', () => {
    expect(declaredAt('export * as Set from "m";', 'Set', 0)).toBe('unknown');
  });

  it('reads the decorators of parameter properties', () => {
    expect(declaredAt('class A { constructor(@inject private a: string) {} }', 'inject', 0)).toBe('global');
  });

  it('takes `arguments` for no global', () => {
    expect(declaredAt('function f() { return arguments; }', 'arguments', 0)).toBe('unknown');
  });

  it.each<[string, string, Language?]>([
    ['a second declaration with a value', 'var x = 1; var x = 2; x;'],
    ['a function with the name of a variable', 'var x = 1; function x() {} x;'],
    ['a function with the name of a parameter', 'function f(x) { function x() {} return x; }', 'javascript'],
    ['a var with the name of a parameter', 'function f(x) { var x = 1; return x; }', 'javascript'],
    ['a var in a loop that a closure keeps', 'for (const a of b) { var x = a; later(() => x); }'],
    ['a var in the catch clause of its name', 'try { a(); } catch (x) { var x = 1; x; }', 'javascript'],
    ['an assignment to arguments', 'function f(x) { arguments[0] = 1; return x; }', 'javascript'],
    ['a shift of arguments', 'function f(x) { [].shift.call(arguments); return x; }', 'javascript'],
    ['arguments handed on', 'function f(x) { change(arguments); return x; }', 'javascript'],
    ['arguments in an arrow function', 'function f(x) { (() => { arguments[0]++; })(); return x; }', 'javascript'],
  ])('counts as reassigned: %s', (_title, text, language = 'typescript') => {
    const { scope, at } = analyse(text, language);
    expect(scope.isReassigned(scope.bindingOf(at('x', 0))!)).toBe(true);
  });

  it.each<[string, string, Language?]>([
    ['overloads', 'function x(a: string): void; function x(a: unknown): void {} x;'],
    [
      'arguments that are only read',
      'function f(x) { g(arguments[0], ...arguments); h.apply(this, arguments); return arguments.length + x; }',
      'javascript',
    ],
    ['arguments of a function in a module', 'export function f(x) { arguments[0] = 1; return x; }', 'javascript'],
    [
      'arguments of another function',
      'function f(x) { return function () { arguments[0] = 1; return x; }; }',
      'javascript',
    ],
    ['a var in a loop without closures', 'for (const a of b) { var x = a; x; }'],
  ])('counts as never reassigned: %s', (_title, text, language = 'typescript') => {
    const { scope, at } = analyse(text, language);
    expect(scope.isReassigned(scope.bindingOf(at('x', 0))!)).toBe(false);
  });

  it('finds the nodes of a kind within a node, at its edges too', () => {
    const { ast, at } = analyse('a; { b; c; } d;');
    const block = at('{ b; c; }');
    expect(ast.ofKindWithin('Identifier', block).map((node) => ast.source(node))).toEqual(['b', 'c']);
    expect(ast.ofKindWithin('BlockStatement', block)).toEqual([block]);
    expect(ast.ofKindWithin('Identifier', -1)).toEqual([]);
  });

  it('reads octal numbers of sloppy code', () => {
    const { ast, at } = analyse('x[010]; y[0o10]; z[1_0]; w[08];', 'javascript');
    expect(['010', '0o10', '1_0', '08'].map((source) => ast.number(at(source)))).toEqual([8, 8, 10, 8]);
  });
});
