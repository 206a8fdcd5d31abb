import { describe, expect, it } from 'vitest';
import {
  calledFunction,
  isCalledOften,
  repeatedRegion,
  statementAround,
} from '../../../src/engine/idioms/repeated-region.ts';
import { analyse } from './analyse.ts';

/** Kind of the nearest region around `X`, `''` when there is none. */
function regionOfX(text: string): string {
  const { ast, at } = analyse(text);
  return ast.kind(repeatedRegion(ast, at('X')));
}

describe('repeatedRegion', () => {
  it.each([
    ['for (const a of b) f(X);', 'ForOfStatement'],
    ['for (let i = 0; i < X; i++);', 'ForStatement'],
    ['while (X) f();', 'WhileStatement'],
    ['do f(); while (X);', 'DoWhileStatement'],
    ['xs.map((x) => X);', 'ArrowFunctionExpression'],
    ['xs.sort(function (a, b) { return X; });', 'FunctionExpression'],
    ['Array.from(xs, () => X);', 'ArrowFunctionExpression'],
    ['this.o?.xs.forEach(async (x) => { await X; });', 'ArrowFunctionExpression'],
  ])('finds what repeats X in %s', (text, kind) => {
    expect(regionOfX(text)).toBe(kind);
  });

  it.each([
    'for (const a of X) f(a);',
    'for (let i = X; i < 3; i++);',
    'for (const a of b) on(() => X);',
    'for (const a of b) { class A { x = X } }',
    'for (const a of b) { class A { static { f(X); } } }',
    'button.on("click", () => X);',
    'xs.map(f, () => X);',
    'xs[map](() => X);',
    'other.from(xs, () => X);',
    'X;',
  ])('finds nothing that repeats X in %s', (text) => {
    expect(regionOfX(text)).toBe('');
  });
});

describe('statementAround', () => {
  function placeOfX(text: string): string {
    const { ast, at } = analyse(text);
    const statement = statementAround(ast, repeatedRegion(ast, at('X')));
    return statement < 0 ? '' : ast.source(statement).slice(0, 12);
  }

  it.each([
    ['f(); for (const a of b) f(X);', 'for (const a'],
    ['if (c) for (const a of b) f(X);', 'if (c) for ('],
    ['outer: for (const a of b) f(X);', 'for (const a'],
    ['export const ys = xs.map((x) => X);', 'const ys = x'],
    ['function f() { return xs.map((x) => X); }', 'return xs.ma'],
    ['switch (a) { case 1: for (;;) f(X); }', 'for (;;) f(X'],
    ['for (const a of b) { for (const c of a) f(X); }', 'for (const c'],
  ])('finds room for a variable in %s', (text, start) => {
    expect(placeOfX(text)).toBe(start);
  });

  it.each([
    'for (const a of b) for (const c of a) f(X);',
    'for (const a of b) if (a) for (const c of a) f(X);',
    'const f = (xs) => xs.map((x) => X);',
    'function f(a = xs.map((x) => X)) {}',
    'class A { ys = xs.map((x) => X); }',
  ])('finds no room in %s', (text) => {
    expect(placeOfX(text)).toBe('');
  });
});

describe('isCalledOften', () => {
  function isOften(text: string): boolean {
    const { ast, at } = analyse(text);
    return isCalledOften(ast, calledFunction(ast, at('X')));
  }

  it.each([
    'function f() { return X; }',
    'const f = () => xs.map((x) => X);',
    'class A { m() { X; } }',
    'const o = { m: () => X };',
  ])('takes the function of %s for one that is', (text) => {
    expect(isOften(text)).toBe(true);
  });

  it.each(['X;', 'xs.map((x) => X);', '(function () { X; })();', 'class A { constructor() { X; } }', 'on(() => X);'])(
    'does not take the function of %s for one that is',
    (text) => {
      expect(isOften(text)).toBe(false);
    },
  );
});
