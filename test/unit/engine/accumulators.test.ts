import { describe, expect, test } from 'vitest';
import { appendStatement } from '../../../src/engine/rewriting/append-statement.ts';
import { itemName } from '../../../src/engine/rewriting/item-name.ts';
import { isOwnVariable, outermostLoop } from '../../../src/engine/idioms/loop-region.ts';
import { movedArgument } from '../../../src/engine/rewriting/moved-source.ts';
import { mayBeReadonly } from '../../../src/engine/evidence/mutable-types.ts';
import { isNeverProto } from '../../../src/engine/evidence/property-keys.ts';
import { leadingSpreadOf, reducerEdits } from '../../../src/engine/rewriting/reducer-edits.ts';
import { readReducer } from '../../../src/engine/idioms/reducer.ts';
import type { Binding } from '../../../src/engine/scope/scope.ts';
import { isReadOfArray, variableUse } from '../../../src/engine/idioms/variable-uses.ts';
import { type Analysis, analyse } from './analyse.ts';

/** The binding that a name is declared as. */
function bindingOf({ ast, scope }: Analysis, name: string): Binding {
  const node = ast.ofKind('Identifier').find((at) => ast.value(at) === name && scope.bindingOf(at) !== undefined) ?? -1;
  const binding = scope.bindingOf(node);
  if (binding === undefined) throw new Error(`no binding ${name}`);
  return binding;
}

/** Every use of `xs` but its declaration, read as a use of an array. */
function readsOf(code: string): boolean[] {
  const analysis = analyse(`function f(xs) { ${code} }`);
  const { references } = bindingOf(analysis, 'xs');
  return references
    .filter(({ init }) => !init)
    .map(({ node }) => isReadOfArray(analysis.ast, variableUse(analysis.ast, node)));
}

describe('uses of a variable', () => {
  test.each([
    'xs.length;',
    'xs[i];',
    'g(xs[0].name, ...xs);',
    'const ys = [...xs];',
    'xs.includes(x);',
    'xs.map((x, i) => x + i);',
    'xs[0].run();',
    'y = { [xs[0]]: 1 };',
  ])('reads the array only: %s', (code) => {
    expect(readsOf(code).every((isRead) => isRead)).toBe(true);
  });

  test.each([
    'g(xs);',
    'const ys = xs;',
    'xs[0] = 1;',
    'xs[0]++;',
    'delete xs[0];',
    '[xs[0]] = ys;',
    '({ a: xs[0] } = ys);',
    '({ a: xs[0] = 1 } = ys);',
    'for (xs[0] of ys);',
    'xs[0]();',
    '(xs[0] as any)();',
    'xs[0]!();',
    'xs[0]`x`;',
    'xs.length = 0;',
    'xs.sort();',
    'xs.entries();',
    'xs.map(g);',
    'xs.map((x, i, all) => all);',
    'xs.map((...all) => all);',
    'xs.map(function () { return arguments[2]; });',
    'xs?.length;',
    'xs.push;',
    'y = { xs };',
    'xs!.push(1);',
    'type T = typeof xs;',
  ])('may change the array or give it away: %s', (code) => {
    expect(readsOf(code)).toContain(false);
  });
});

describe('reducers', () => {
  const read = (callback: string, start = '[]') => {
    const { ast, scope } = analyse(`xs.reduce(${callback}, ${start});`);
    return readReducer(ast, scope, ast.ofKind('CallExpression')[0] ?? -1);
  };

  test('takes conditional results apart', () => {
    expect(read('(a, x) => (x ? [...a, x] : y ? a : [...a, y])')?.results).toHaveLength(3);
    expect(read('(a, x) => { if (x) return a; return y ? [...a] : [...a, x]; }')?.results).toHaveLength(3);
  });

  test.each([
    ['async', 'async (a, x) => [...a, x]'],
    ['a generator', 'function* (a, x) { return [...a, x]; }'],
    ['a pattern as accumulator', '([...a], x) => [...a, x]'],
    ['a default', '(a = [], x) => [...a, x]'],
    ['a reassigned accumulator', '(a, x) => { a = [...a, x]; return a; }'],
    ['a captured accumulator', '(a, x) => { later(() => a); return [...a, x]; }'],
    ['two declarations', 'function (a, x) { var a; return [...a, x]; }'],
    ['arguments', 'function (a, x) { keep(arguments); return [...a, x]; }'],
    ['a call of itself', 'function add(a, x) { return x ? add(b) : [...a, x]; }'],
    ['an end without return', '(a, x) => { if (x) return [...a, x]; }'],
    ['a return in try', '(a, x) => { try { return [...a, x]; } finally { log(a.length); } }'],
    ['a named callback', 'add'],
    ['a this parameter', 'function (this: unknown, a: number[], x: number) { return [...a, x]; }'],
  ])('refuses %s', (_, callback) => {
    expect(read(callback)).toBeUndefined();
  });

  test('refuses a reduce without start value', () => {
    const { ast, scope } = analyse('xs.reduce((a, x) => [...a, x]);');
    expect(readReducer(ast, scope, ast.ofKind('CallExpression')[0] ?? -1)).toBeUndefined();
  });

  test('writes statements for every result, in the style of the file', () => {
    const text = 'const r = xs.reduce((a, x) => x === 1 ? a : y ? [...a, x] : [...a, x, y], [])\n';
    const { ast, scope, rewrite } = analyse(text, 'jsx');
    const reducer = readReducer(ast, scope, ast.ofKind('CallExpression')[0] ?? -1);
    if (reducer === undefined) throw new Error('no reducer');
    const edits = reducerEdits(ast, rewrite, reducer, (leaf) => [ast.source(leadingSpreadOf(ast, leaf, 'a')) + '.x()']);
    const [edit] = edits ?? [];
    expect(edit?.text).toBe(
      ' {\n  if (x !== 1) {\n    if (y) {\n      a.x()\n    } else {\n      a.x()\n    }\n  }\n  return a\n}',
    );
  });

  test('gives up where a comment stands between the arrow and the body', () => {
    const { ast, scope, rewrite } = analyse('xs.reduce((a, x) => /* copy */ [...a, x], []);');
    const reducer = readReducer(ast, scope, ast.ofKind('CallExpression')[0] ?? -1);
    if (reducer === undefined) throw new Error('no reducer');
    expect(reducerEdits(ast, rewrite, reducer, () => ['a.push(x)'])).toBeUndefined();
  });
});

describe('appending', () => {
  test.each([
    ['[...xs, a, b = c]', 'xs.push(a, b = c)'],
    ['[...xs, (a, b)]', 'xs.push((a, b))'],
    ['[...xs, xs.length]', 'xs.push(xs.length)'],
    ['[...xs, ...order.lines]', 'for (const line of order.lines) xs.push(line)'],
    ['[...xs, ...item]', 'for (const item2 of item) xs.push(item2)'],
    ['[...xs, ...xs]', undefined],
    ['[...xs, ...g(xs.length)]', undefined],
    ['[...xs, ...ys, 1]', undefined],
    ['[...xs, , 1]', undefined],
    ['[...xs]', undefined],
  ])('%s', (literal, expected) => {
    const analysis = analyse(`let xs = [0]; xs = ${literal};`);
    const { ast, scope, rewrite } = analysis;
    const node = ast.ofKind('ArrayExpression')[1] ?? -1;
    expect(appendStatement(ast, scope, rewrite, node, bindingOf(analysis, 'xs'), '')).toBe(expected);
  });

  test.each([
    ['categories', 'category'],
    ['node.children', 'child'],
    ['classes', 'item'],
    ['news', 'item'],
    ['this.#rows', 'row'],
    ['matches', 'item'],
    ['f(names)', 'item'],
    ['USERS', 'item'],
  ])('names one of %s %s', (expression, expected) => {
    const text = expression.includes('#') ? `class A { #rows; m() { f(${expression}); } }` : `f(${expression});`;
    const { ast, at } = analyse(text);
    const call = ast.ofKind('CallExpression')[0] ?? -1;
    const node = expression.startsWith('f(') ? at(expression) : ast.child(call, 'arguments');
    expect(itemName(ast, node, [])).toBe(expected);
  });

  test('moves further lines with the first, but no line of a text', () => {
    const text = 'f(\n    {\n      a,\n    },\n    `\n    x`,\n)';
    const { ast, rewrite } = analyse(text);
    const [object, template] = ast.list(ast.ofKind('CallExpression')[0] ?? -1, 'arguments');
    expect(movedArgument(ast, rewrite, object ?? -1, '  ')).toBe('{\n    a,\n  }');
    expect(movedArgument(ast, rewrite, template ?? -1, '  ')).toBe('`\n    x`');
  });
});

describe('types', () => {
  test.each([
    ['string[]', false],
    ['Array<readonly string[]>', false],
    ['Record<string, string>', false],
    ['any', false],
    ['Own', false],
    ['readonly string[]', true],
    ['ReadonlyArray<string>', true],
    ['[string, string]', true],
    ['Readonly<Record<string, string>>', true],
    ['{ readonly [key: string]: string }', true],
    ['Imported', true],
    ['Loop', true],
    ['Fixed', true],
    ['T', true],
  ])('%s may be readonly: %s', (type, expected) => {
    const { ast } = analyse(
      `import type { Imported } from './x.ts'; type Own = string[]; type Fixed = readonly string[]; type Loop = Loop;
       function f<T>() { let x: ${type}; }`,
    );
    const declaration = ast.ofKind('Identifier').find((node) => ast.value(node) === 'x') ?? -1;
    expect(mayBeReadonly(ast, ast.child(declaration, 'typeAnnotation'))).toBe(expected);
  });
});

describe('property keys', () => {
  test.each([
    ['n', true],
    ['`id-${s}`', true],
    ['`${s}!`', true],
    ['`${s}-${s}`', true],
    ["'#' + s + n", true],
    ["s + '/'", true],
    ['s.toUpperCase()', true],
    ['n.toFixed(2)', true],
    ["b ? 'a' : n", true],
    ["'constructor'", true],
    ['Symbol.iterator', false],
    ['s', false],
    ['u', false],
    ["'__proto__'", false],
    ['`__proto__`', false],
    ['`__${s}__`', false],
    ['`${s}${s}`', false],
    ["'_' + s", false],
    ["s + 'to__'", false],
    ["b ? 'a' : s", false],
    ['u.toUpperCase()', false],
    ['s.toLowerCase()', false],
  ])('%s is never __proto__: %s', (key, expected) => {
    const { ast, evidence } = analyse(`function f(n: number, s: string, u, b: boolean) { g(${key}); }`);
    const argument = ast.child(
      ast.ofKind('CallExpression').find((node) => ast.source(node).startsWith('g(')) ?? -1,
      'arguments',
    );
    expect(isNeverProto(ast, evidence, argument)).toBe(expected);
  });
});

describe('loops and their variables', () => {
  const loopOf = (code: string, language: 'typescript' | 'jsx' = 'typescript') => {
    const analysis = analyse(code, language);
    const use = analysis.at('x++');
    return analysis.ast.source(outermostLoop(analysis.ast, use, bindingOf(analysis, 'x'))).split(' ')[0];
  };

  test('the outermost loop is the last one that does not create the variable anew', () => {
    expect(loopOf('for (;;) { let x = 0; while (a) do { x++ } while (b) }')).toBe('while');
    expect(loopOf('for (;;) { var x = 0; while (a) x++ }')).toBe('for');
    expect(loopOf('for (let x = 0; ; x++) {}')).toBe('');
    expect(loopOf('let x = 0; for (const y of x++) {}')).toBe('');
    expect(loopOf('let x = 0; for (;;) f(() => x++)')).toBe('');
  });

  test.each([
    ['function f() { let x = 0; x++ }', true],
    ['import a from "a"; let x = 0; x++', true],
    ["const a = require('a'); let x = 0; x++", true],
    ['#!/usr/bin/env node\nlet x = 0; x++', true],
    ['let x = 0; x++', false],
    ['require(["a"], f); let x = 0; x++', false],
    ['export let x = 0; x++', false],
    ['function f() { var x = 0; var x; x++ }', false],
  ])('%s: only this file can reach x: %s', (code, expected) => {
    const analysis = analyse(code, 'jsx');
    expect(isOwnVariable(analysis.ast, bindingOf(analysis, 'x'))).toBe(expected);
  });
});
