import { describe, expect, it } from 'vitest';
import { isOwnTopLevel } from '../../../src/engine/rewriting/hoisting-place.ts';
import { invarianceOf } from '../../../src/engine/purity/invariance.ts';
import { repeatedRegion } from '../../../src/engine/idioms/repeated-region.ts';
import { topLevelPlace } from '../../../src/engine/rewriting/top-level-place.ts';
import { analyse } from './analyse.ts';

/** What is known about the arguments of `make(…)` over all rounds of what repeats it. */
function kindOfMake(text: string): string {
  const analysis = analyse(text);
  const { ast } = analysis;
  const call = ast.ofKind('CallExpression').find((node) => ast.isIdentifier(ast.child(node, 'callee'), 'make')) ?? -1;
  return invarianceOf(analysis, ast.list(call, 'arguments'), repeatedRegion(ast, call)).kind;
}

describe('invarianceOf', () => {
  it.each([
    ["for (;;) make('a', { b: [1, -2, undefined], 'c-d': `e`, f: /g/ } as const);", 'literal'],
    ['for (;;) make();', 'literal'],
    ['function f(a: string, b?: number) { for (;;) make(`${a}-`, b ? a : a + 1); }', 'constant'],
    [
      "const options = { a: 'b' }; xs.map(() => new Intl.NumberFormat('en', options)); for (;;) make(options);",
      'same-variables',
    ],
    ["const options = { a: 'b' }; for (;;) make(options);", 'same-variables'],
    ['function f(a, b) { for (;;) make(a, { b }); }', 'same-variables'],
    ['function f(a) { for (;;) { a.x = 1; make(a); } }', 'opaque'],
    ['for (;;) make(f());', 'opaque'],
    ['function f(a) { for (;;) make(a.b); }', 'opaque'],
    ['function f(...a) { for (;;) make(...a); }', 'opaque'],
    ['for (;;) make(location);', 'opaque'],
    ['for (;;) make({ get a() { return f(); } });', 'opaque'],
    ['for (;;) make({ [f()]: 1 });', 'opaque'],
    ['for (;;) make(() => 1);', 'opaque'],
    ['async function f() { for (;;) make(await null); }', 'opaque'],
    ['for (const a of b) make(a);', 'varying'],
    ['for (;;) { const a = f(); make(g(), a); }', 'varying'],
    ['function f(a: string) { for (;;) { make(a); a = g(); } }', 'varying'],
    ['function f(a: string) { on(() => { a = g(); }); for (;;) make(a); }', 'varying'],
    ['function f(a: string) { xs.map(() => make(a)); a = g(); }', 'varying'],
    ['function f(a: string) { arguments[0] = g(); for (;;) make(a); }', 'varying'],
  ])('%s is %s', (text, kind) => {
    expect(kindOfMake(text)).toBe(kind);
  });

  it('lets a loop use a variable that is written before and behind it', () => {
    expect(kindOfMake("function f() { let a = 'b'; a = 'c'; for (;;) make(a); a = 'd'; }")).toBe('constant');
  });
});

describe('isOwnTopLevel', () => {
  it.each([
    ['import a from "b";', true],
    ['export const a = 1;', true],
    ['const fs = require("fs");', true],
    ['exports.a = 1;', true],
    ['module.exports = { a };', true],
    ['var a = 1;', false],
    ['const require = f; const fs = require("fs");', false],
    ['(function (f) { if (typeof module === "object") module.exports = f(); else window.f = f(); })(g);', false],
    ['module.exports = a; if (typeof exports !== "undefined") b();', false],
  ])('%s: %s', (text, expected) => {
    const { ast, scope } = analyse(text, 'jsx');
    expect(isOwnTopLevel(ast, scope)).toBe(expected);
  });
});

describe('topLevelPlace', () => {
  it.each([
    ['import a from "b"; const c = 1; function f() { X; }', 'function f('],
    ['import a from "b"; const c = g(); function f() { X; }', 'const c = g'],
    ["'use strict'; const fs = require('fs'); f(); function f() { X; }", 'f();'],
    ['export const a = () => 1; export const b = () => X;', 'export const b'],
    ['class A { static a = f(); } function f() { X; }', 'class A'],
    ['interface A {} type B = A; enum C { D = f() } function f() { X; }', 'enum C'],
    ['export { a } from "b"; export function f() { X; }', 'export func'],
  ])('in %s it is %s', (text, start) => {
    const analysis = analyse(text);
    const place = topLevelPlace(analysis, analysis.at('X'));
    expect(analysis.ast.source(place).startsWith(start)).toBe(true);
  });
});
