import { expect, it } from 'vitest';
import { analyzeText } from '../../../src/engine/analysis/analyze-text.ts';
import type { FunctionFacts } from '../../../src/engine/analysis/analysis.ts';
import { loadOxc } from '../../../src/wasm/oxc-parser.ts';

const parser = loadOxc({ memoryLimitBytes: 256 * 1024 * 1024 });

function functionsOf(text: string): readonly FunctionFacts[] {
  const parts = { rules: [], detectors: [], parser, regexes: { verdict: () => undefined } };
  return analyzeText({ text, language: 'typescript', rules: [] }, parts).functions;
}

function only(text: string): FunctionFacts {
  const [first] = functionsOf(text);
  if (first === undefined) throw new Error('no function');
  return first;
}

it('counts cognitive complexity as the paper does in its example of prime numbers', () => {
  const facts = only(`function sumOfPrimes(max) {
    let total = 0;
    OUT: for (let i = 1; i <= max; ++i) {     // +1
      for (let j = 2; j < i; ++j) {           // +2
        if (i % j === 0) {                    // +3
          continue OUT;                       // +1
        }
      }
      total += i;
    }
    return total;
  }`);
  expect(facts).toMatchObject({ cognitive: 7, cyclomatic: 4, nesting: 3 });
});

it('counts a switch once, whatever its cases', () => {
  const facts = only(`function words(n) {
    switch (n) { case 1: return 'one'; case 2: return 'a couple'; case 3: return 'a few'; default: return 'lots'; }
  }`);
  expect(facts).toMatchObject({ cognitive: 1, cyclomatic: 4 });
});

it('counts each run of equal logical operators once', () => {
  expect(only('function f(a, b, c, d) { if (a && b && c || d) return 1; }')).toMatchObject({
    cognitive: 3,
    cyclomatic: 5,
  });
  expect(only('function f(a, b) { return a ?? b; }')).toMatchObject({ cognitive: 0, cyclomatic: 2 });
});

it('counts else and else if once, without their nesting', () => {
  const facts = only('function f(a, b) { while (a) { if (a > 1) b(); else if (a > 2) b(1); else b(2); } }');
  // while 1, if 2, else if 1, else 1
  expect(facts).toMatchObject({ cognitive: 5, nesting: 2 });
});

it('counts catch as nested, and what is in it deeper', () => {
  expect(only('function f(a) { try { a(); } catch { if (a) a(1); } }')).toMatchObject({ cognitive: 3, cyclomatic: 3 });
});

it('counts recursion', () => {
  expect(only('function f(n) { return n > 1 ? n * f(n - 1) : 1; }')).toMatchObject({ cognitive: 2 });
});

it('counts nested functions for themselves, and a level deeper for the function around them', () => {
  const [outer, inner] = functionsOf('function outer(xs) { return xs.map((x) => { if (x) return 1; return 2; }); }');
  expect(outer).toMatchObject({ name: 'outer', cognitive: 2, cyclomatic: 1 });
  expect(inner).toMatchObject({ name: 'xs.map callback', cognitive: 1, cyclomatic: 2 });
});

it('names functions as a stack trace does', () => {
  const names = functionsOf(`
    class Store { save() {} static #load() {} open = () => {}; }
    const plain = () => {};
    exports.later = function () {};
    export default function () {}
    const table = { key() {}, other: () => {} };
  `).map(({ name }) => name);
  expect(names).toEqual([
    'Store.save',
    'Store.#load',
    'Store.open',
    'plain',
    'exports.later',
    'default',
    'key',
    'other',
  ]);
});

it.each([
  ['function f() { return 1; }', 'O(1)', 0],
  ['function f(xs) { for (const x of xs) x(); }', 'O(xs)', 1],
  ['function f(xs, ys) { for (const x of xs) for (const y of ys) x(y); }', 'O(xs · ys)', 2],
  ['function f(xs) { for (const a of xs) for (const b of xs) a(b); }', 'O(xs²)', 2],
  ['function f(rows) { for (const row of rows) for (const cell of row.cells) cell(); }', 'O(Σ cells)', 1],
  ['function f(xs) { for (const x of xs) for (const k of ["a", "b"]) x(k); }', 'O(xs)', 1],
  ['function f(xs, ys) { return xs.map((x) => ys.filter((y) => y > x)); }', 'O(xs · ys)', 2],
  ['function f(xs) { for (let i = 0, n = xs.length; i < n; i++) xs[i](); }', 'O(xs)', 1],
  ['function f(xs) { for (let i = xs.length - 1; i >= 0; i--) xs[i](); }', 'O(xs)', 1],
  ['function f(next) { while (next()) next(); }', 'O(rounds)', 1],
  ['function f(o) { for (const key of Object.keys(o)) o[key](); }', 'O(o)', 1],
])('estimates the cost of %s as %s', (text, cost, costDegree) => {
  expect(only(text)).toMatchObject({ cost, costDegree });
});
