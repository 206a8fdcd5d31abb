import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/engine/language.ts';
import type { Shape } from '../../../src/engine/evidence/shape.ts';
import { analyse } from './analyse.ts';

/** What is claimed about the argument of `probe(...)`. */
function claimed(text: string, language: Language = 'javascript'): Shape | undefined {
  const { ast, evidence, at } = analyse(text, language);
  const call = ast.parent(at('probe', 0));
  return evidence.shapeOf(ast.child(call, 'arguments'));
}

describe('evidence, in hostile code', () => {
  it.each([
    ['entries of a spread map', 'const m = new Map([[1, 2]]); const xs = [...m]; probe(xs[0]);'],
    ['elements that are pushed', "const xs = [1]; xs.push('a'); probe(xs[0]);"],
    ['elements that a callee may add', 'const xs = [1]; change(xs); probe(xs[0]);'],
    ['elements that are written by index', "const xs = [1]; xs[0] = 'a'; probe(xs[0]);"],
    ['elements of elements', "const xs = [[1]]; xs[0].push('a'); for (const x of xs) probe(x[0]);"],
    ['elements of an exported array', 'export const xs = [1]; for (const x of xs) probe(x);'],
    [
      'elements that a callback changes',
      "const xs = [1]; xs.forEach((x, i, all) => { all[i] = 'a'; }); for (const x of xs) probe(x);",
    ],
    ['elements after fill', "probe(['a'].fill(0)[0]);"],
    ['elements of a set after add', "const s = new Set([1]); s.add('a'); for (const x of s) probe(x);"],
    ['what a generator gives', 'probe([1].map(function* () { return 1; })[0]);'],
    ['a parameter of a callback that calls itself', "[1].map(function f(x) { if (x === 1) f('a'); probe(x); });"],
    ['`this` in a static field', 'class A { x: string = ""; static y = probe(this.x); }', 'typescript'],
    ['`this` in a computed key', 'class A { x: string = ""; [probe(this.x)]() {} }', 'typescript'],
    [
      'a static field of the same name',
      'class A { static x: string; x: number[]; } function f(a: A) { probe(a.x.y); }',
      'typescript',
    ],
    ['a result declared void', 'const f = (): void => g(); probe(f());', 'typescript'],
    ['what Object takes', 'function f(x: Object) { probe(x); }', 'typescript'],
    ['the buffer type of a typed array', 'function f(xs: Uint8Array<string>) { probe(xs[0]); }', 'typescript'],
    ['an imported name that is tested', 'import { x } from "m"; if (typeof x === "string") { change(); probe(x); }'],
    [
      'a var that gets its value behind the test',
      "for (;;) { if (typeof x === 'string') later(() => probe(x)); var x = next(); }",
    ],
    ['a var with two values', "var x = read(); if (typeof x === 'string') { var x = 5; probe(x); }"],
    [
      'a parameter changed through arguments',
      "function f(x) { if (typeof x === 'string') { arguments[0] = 5; probe(x); } }",
    ],
    ['elements of an array of unknowns', "const xs: unknown[] = ['a']; xs.push(1); probe(xs[0]);", 'typescript'],
    [
      'elements of an array of unions',
      "const xs: (string | number)[] = ['a']; xs.push(1); probe(xs[0]);",
      'typescript',
    ],
    [
      'a type that another function declares',
      'function a() { type Set = string[]; } function b(s: Set) { probe(s); }',
      'typescript',
    ],
    ['a promise of a promise', 'async function f(p: Promise<Promise<string>>) { probe(await p); }', 'typescript'],
  ] satisfies [string, string, Language?][])('claims nothing about %s', (_title, text, language?: Language) => {
    expect(claimed(text, language)?.type).toBeUndefined();
  });

  it.each([
    ['a var in a branch', "if (c) { var x = 'a'; } probe(x);"],
    ['a var before its declaration', "probe(x); var x = 'a';"],
    ['a var of a loop over nothing', 'for (var k in {}) {} probe(k);'],
    ['a var read by a hoisted function', "f(); var x = 'a'; function f() { probe(x); }"],
    ['a var of another case', "switch (c) { case 0: var x = 'a'; break; case 1: probe(x); }"],
    ['parts split at a pattern with groups', "for (const part of 'a'.split(/(x)|y/)) probe(part);"],
    ['parts split at anything', "for (const part of 'a'.split(separator)) probe(part);"],
    [
      'an accumulator that may be undefined',
      "['a'].reduce((found, x) => { return found ?? probe(found); }, 'a'.at(0));",
    ],
  ])('does not exclude undefined for %s', (_title, text) => {
    const shape = claimed(text);
    expect(shape === undefined || shape.nullish === true).toBe(true);
  });

  it.each([
    ['destructured into', '[xs[9]] = [1];'],
    ['looped into', 'for (xs[9] of ys) {}'],
    ['changed by a callback', 'xs.forEach((x, i, all) => { delete all[i]; });'],
    ['handed to an unknown callback', 'xs.forEach(f);'],
    ['reduced with the array at hand', 'xs.reduce((a, x, i, all) => { delete all[i]; return a; }, 0);'],
    ['called through', 'xs[0]();'],
    ['shrunk while it is mapped', 'xs.map(() => xs.pop());'],
    ['written under a type', '(xs[9] as any) = 1;'],
  ])('does not call an array dense that is %s', (_title, use) => {
    expect(claimed(`const xs = [1, 2]; ${use} probe(xs);`, 'typescript')?.dense).toBe(false);
  });

  it('does not call an exported array dense: importers may make holes', () => {
    expect(claimed('export const xs = [1]; probe(xs);')?.dense).toBe(false);
  });

  it.each([
    ['a var at the top of its function', "function f() { var x = 'a'; return () => probe(x); }", 'string'],
    ['a loop variable in its body', 'for (var k in o) probe(k);', 'string'],
    [
      'elements of an array that is only read',
      "const xs = ['a']; xs.indexOf('b'); for (const x of xs) probe(x);",
      'string',
    ],
    ['parts split at a pattern without groups', "for (const part of 'a'.split(/x|y/)) probe(part);", 'string'],
    ['a tested var', "var x = read(); if (typeof x === 'string') probe(x);", 'string'],
    ['characters of a spread text', "const xs = [...'abc']; for (const x of xs) probe(x);", 'string'],
  ])('still knows %s', (_title, text, type) => {
    expect(claimed(text)).toMatchObject({ type });
    expect(claimed(text)?.nullish ?? false).toBe(false);
  });

  it('uses the type of the innermost block', () => {
    const text = 'type T = string; function f() { type T = number[]; return (x: T) => probe(x); }';
    expect(claimed(text, 'typescript')?.type).toBe('array');
  });

  it('does not take something with the type of an interface for true: a text may have it', () => {
    const text = 'interface Sized { length: number } function f(a: Sized, b: Sized[]) { probe(a && b); }';
    expect(claimed(text, 'typescript')).toBeUndefined();
  });

  it('keeps the reasons for many elements short', () => {
    const elements = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? "'a'" : `b${String(index)}.trim()`));
    const names = elements.filter((_, index) => index % 2 === 1).map((call) => call.replace('.trim()', ': string'));
    const text = `function f(${names.join(', ')}) { const xs = [${elements.join(', ')}]; probe(xs[0]); }`;
    expect(claimed(text, 'typescript')).toMatchObject({ type: 'string', nullish: true });
    expect(claimed(text, 'typescript')?.why.length).toBeLessThan(200);
  });
});
