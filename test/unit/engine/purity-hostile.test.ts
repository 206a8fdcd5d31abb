import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';

/** The argument of `probe(...)`, and how to judge it. */
function probe(text: string): { readonly isPure: boolean; readonly isNonThrowing: boolean } {
  const { ast, purity, at } = analyse(text, 'typescript');
  const node = ast.child(ast.parent(at('probe', 0)), 'arguments');
  return { isPure: purity.isPure(node), isNonThrowing: purity.isNonThrowing(node) };
}

describe('purity, in hostile code', () => {
  it.each([
    ['an instantiated call', 'probe((f())<string>);'],
    ['a consumed generator', 'probe([...generated]);'],
    [
      'a consumed iterator with a declared type',
      'interface It { next(): void } function f(x: It) { probe(Array.from(x as any)); }',
    ],
    ['a consumed iterator in Object.fromEntries', 'probe(Object.fromEntries(entries));'],
    ['a consumed iterator in a new Set', 'interface It { a: 1 } function f(x: It) { probe(new Set(x as any)); }'],
    ['an object with its own iterator', 'probe([...{ [Symbol.iterator]: f }]);'],
    ['a sticky regexp', "const r = /a/y; probe('a'.match(r));"],
    ['a global regexp that others use', "const r = /a/g; probe('a'.replace(r, 'b'));"],
    ['an unknown separator', "probe('a'.split(separator));"],
    ['a replacement that does things', "probe('a'.replace('a', () => f()));"],
    ['a class with a static block', 'probe(class { static { f(); } });'],
    ['a tagged template', 'probe(f`a`);'],
    ['an await', 'async function f() { probe(await x); }'],
    ['an assignment in a default', 'probe([1].map((x, y = (z = 1)) => x));'],
    ['a default that calls', 'probe([1].map(({ a = f() }: any) => a));'],
  ])('does not take for pure: %s', (_title, text) => {
    expect(probe(text).isPure).toBe(false);
  });

  it.each([
    ['a literal pattern', "probe('a'.replace(/a/g, 'b'));"],
    ['a spread into an object', 'probe({ ...options });'],
    ['a counted array', 'probe(Array.from({ length: 3 }, (_, i) => i));'],
    ['a set of a known array', 'function f(xs: string[]) { probe(new Set(xs)); }'],
    ['a split at a text', "probe('a'.split(','));"],
  ])('takes for pure: %s', (_title, text) => {
    expect(probe(text).isPure).toBe(true);
  });

  it.each([
    ['a pattern where a text is expected', "probe('a'.startsWith(x));"],
    ['a text that becomes a pattern', "probe('a'.match('('));"],
    ['a replaceAll without the flag', "probe('a'.replaceAll(/a/, 'b'));"],
    ['a lone surrogate', 'probe(encodeURIComponent(x));'],
    ['a reduction of nothing', 'function f(xs: number[]) { probe(xs.reduce((a, b) => a + b)); }'],
    ['null taken apart', 'function f(xs: any[]) { probe(xs.map(({ a }) => a)); }'],
    ['a callback that throws', 'function f(xs: any[]) { probe(xs.some((x) => x.a.b)); }'],
    [
      'a constant read by a callback before it is set',
      'function f(xs: any[]) { xs.filter((x) => probe(x === limit)); const limit = 1; }',
    ],
    ['a constant of another case', 'switch (a) { case 0: let x = 1; break; case 1: probe(x); }'],
    ['a number as BigInt', 'probe([0.5].map(BigInt));'],
    ['a default before its parameter', 'function f(a = probe(b), b = 1) {}'],
  ])('knows what may throw: %s', (_title, text) => {
    expect(probe(text).isNonThrowing).toBe(false);
  });

  it.each([
    ['a test of a known text', 'function f(a: string, b: string) { probe(a.startsWith(b)); }'],
    ['a constant of the module read in a function', 'function f() { probe(limit); } const limit = 1;'],
    ['a reduction with a start', 'function f(xs: number[]) { probe(xs.reduce((a, b) => a + b, 0)); }'],
  ])('knows what can not throw: %s', (_title, text) => {
    expect(probe(text).isNonThrowing).toBe(true);
  });

  it.each([
    ['an imported variable', 'import { x } from "m"; for (;;) { f(); x; }'],
    ['an unknown global', 'for (;;) { f(); x; }'],
    [
      'a variable that others write while the region waits',
      'let x = 1; async function f() { for (;;) { await g(); x; } } x = 2;',
    ],
    ['a variable of two declarations', 'var x = 1; for (;;) { x; } var x = 2;'],
  ])('does not take for invariant: %s', (_title, text) => {
    const { ast, purity, at } = analyse(text);
    const uses = ast
      .ofKindWithin('ExpressionStatement', ast.ofKind('ForStatement')[0]!)
      .filter((node) => ast.source(node) === 'x;');
    expect(purity.isInvariant(ast.child(uses[0]!, 'expression'), ast.ofKind('ForStatement')[0]!)).toBe(false);
    expect(at('x', 0)).toBeGreaterThan(0);
  });

  it('takes a constant for invariant', () => {
    const { ast, purity } = analyse('const x = 1; for (;;) { x; }');
    const loop = ast.ofKind('ForStatement')[0]!;
    expect(purity.isInvariant(ast.ofKindWithin('Identifier', loop)[0]!, loop)).toBe(true);
  });
});
