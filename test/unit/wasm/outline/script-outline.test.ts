import { describe, expect, test } from 'vitest';
import { readCorpus } from '../corpus.ts';
import { findFlaws, listed, outlineOf, sliced, textOf, tolerantOutlineOf } from './outlines.ts';

/** Both readers: the exact one, and the one for files with errors. */
const readers = [
  ['the exact reader', outlineOf],
  ['the tolerant reader', tolerantOutlineOf],
] as const;

describe.each(readers)('the outline of a script by %s', (_name, read) => {
  test('lists functions, classes and what variables hold', async () => {
    const text =
      "export const X = 1, Y = 2;\nexport const fn = async (a) => { const inner = () => 1; const local = 2; };\nfunction f() {}\nclass A extends B {\n  static #p = 1;\n  handler = (e) => {};\n  constructor() { super(); }\n  get v() { return 1; }\n  set v(x) {}\n  static async *gen() {}\n  [Symbol.iterator]() {}\n  'quoted'() {}\n}\nconst C = class { m() {} };\n";
    const outline = await read(text, 'jsx');
    expect(listed(outline)).toEqual([
      'variable X',
      'variable Y',
      'function fn',
      'function fn/inner',
      'function f',
      'class A',
      'variable A/#p static',
      'method A/handler',
      'method A/constructor',
      'method A/v get',
      'method A/v set',
      'method A/gen static',
      'method A/[Symbol.iterator]',
      'method A/quoted',
      'class C',
      'method C/m',
    ]);
    expect(textOf(text, outline, 'Y')).toBe('Y = 2');
    expect(textOf(text, outline, '#p')).toBe('static #p = 1;');
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('takes functions in objects on top level for methods', async () => {
    const text =
      'const api = { a() {}, b: () => {}, c: 1, d: { e() {}, get z() { return 1; } }, f: { g: 1 } };\nmodule.exports = { h, i() {} };\nfunction k() { const local = { l() {} }; }\n';
    const outline = await read(text, 'jsx');
    expect(listed(outline)).toEqual([
      'variable api',
      'method api/a',
      'method api/b',
      'variable api/d',
      'method api/d/e',
      'method api/d/z get',
      'variable module.exports',
      'method module.exports/i',
      'function k',
    ]);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('reads assignments to exports, prototypes and members', async () => {
    const text =
      'exports.one = 1;\nFoo.prototype.bar = function bar() {};\napp.use = function use() {};\napp.x = 3;\nFoo.prototype = { baz() {} };\nmodule.exports = Foo;\n';
    expect(listed(await read(text, 'jsx'))).toEqual([
      'variable exports.one',
      'method Foo.prototype.bar',
      'function app.use',
      'variable Foo.prototype',
      'method Foo.prototype/baz',
      'variable module.exports',
    ]);
  });

  test.each([
    ['export default { name: 1, go() {} };', ['variable default', 'method default/go']],
    ['export default () => {};', ['function default']],
    ['export default class { m() {} }', ['class default', 'method default/m']],
    ['export default function () {}', ['function default']],
    ['export default function named() {}', ['function named']],
    ['export default defineThing({ a: 1 });', ['variable default']],
    ['export default name;', []],
  ])('names default exports without a name: %s', async (text, expected) => {
    const outline = await read(text, 'jsx');
    expect(listed(outline)).toEqual(expected);
    if (expected.length > 0) expect(outline.definitions[0]).toMatchObject({ start: 0, end: text.length });
  });

  test('takes describe and it for calls, and the functions in them for definitions', async () => {
    const text =
      "describe('x', () => {\n  const helper = () => 1;\n  const value = 2;\n  it('y', () => { function inner() {} });\n});\n{\n  const block = 1;\n}\n";
    expect(listed(await read(text, 'jsx'))).toEqual(['function helper', 'function inner']);
  });

  test('has import statements and require on top level as imports', async () => {
    const text =
      "#!/usr/bin/env node\n'use strict';\nimport a, { b } from 'x';\nconst fs = require('fs');\nconst { q } = require('q').z;\nrequire('side');\nconst used = require('make')(1);\nfunction f() { const lazy = require('lazy'); }\n";
    const outline = await read(text, 'jsx');
    expect(sliced(text, outline.imports)).toEqual([
      "import a, { b } from 'x';",
      "const fs = require('fs');",
      "const { q } = require('q').z;",
      "require('side');",
    ]);
    expect(listed(outline)).toEqual(['variable used', 'function f']);
  });

  test('reads the types of TypeScript', async () => {
    const text =
      "export function over(a: string): void;\nexport function over(a: number, b?: T[]): void;\nexport function over(a: any) {}\n@dec()\nexport abstract class A<T> {\n  @In() field: string = 'a';\n  abstract abs(x: string): void;\n  over(a: string): void;\n  over(a: any) {}\n}\ninterface I { m(a: string): void; p: number; n?(): void }\ntype U = { x(): void };\nenum E { A, B }\ndeclare module 'foo' { export function z(): void; const k: number; }\nnamespace N.M { export const inN = 1; export function nf() {} }\ndeclare global { interface Window { a: 1 } }\ndeclare const amb: number;\nconst obj = { a() {} } as const;\nimport e = require('e');\n";
    const outline = await read(text, 'typescript');
    expect(listed(outline)).toEqual([
      'signature over (string)',
      'signature over (number, T[])',
      'function over',
      'class A',
      'variable A/field',
      'signature A/abs (string)',
      'signature A/over (string)',
      'method A/over',
      'interface I',
      'signature I/m (string)',
      'signature I/n ()',
      'type U',
      'enum E',
      'module foo',
      'signature foo/z ()',
      'variable foo/k',
      'module N.M',
      'variable N.M/inN',
      'function N.M/nf',
      'module global',
      'interface global/Window',
      'variable amb',
      'variable obj',
      'method obj/a',
    ]);
    expect(textOf(text, outline, 'A')).toMatch(/^@dec\(\)\nexport abstract class/);
    expect(outline.definitions.find(({ name }) => name === 'A')?.headerStart).toBe(text.indexOf('export abstract'));
    expect(sliced(text, outline.imports)).toEqual(["import e = require('e');"]);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('has comments, and strings without the code inside of templates', async () => {
    const text = 'const a = `x${f("y")}z`; // 😀 c\nconst r = /[{(]/g; /* d */\n';
    const outline = await read(text, 'jsx');
    expect(sliced(text, outline.strings)).toEqual(['`x', '"y"', 'z`', '/[{(]/g']);
    expect(sliced(text, outline.comments)).toEqual(['// 😀 c', '/* d */']);
  });
});

test('both readers agree on the definitions of real files', async () => {
  let compared = 0;
  for (const { text, language } of readCorpus('zod/src').slice(0, 80)) {
    if (language === 'dts') continue;
    const tolerant = await tolerantOutlineOf(text, language);
    // the grammar rejects some valid files: then there is more than the one error that this reader is made to report
    if (tolerant.errors.length > 2 || (tolerant.errors[1] ?? 0) - (tolerant.errors[0] ?? 0) > 1) continue;
    const exact = await outlineOf(text, language);
    expect(tolerant.definitions).toEqual(exact.definitions);
    expect(sliced(text, tolerant.imports)).toEqual(sliced(text, exact.imports));
    expect(findFlaws(text, exact)).toEqual([]);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(30);
});

describe('a script with errors', () => {
  test('keeps the definitions around them', async () => {
    const text = 'function a() {}\nclass B { m() { return ( ; } n() {} }\nconst c = () => 1;\n';
    const outline = await outlineOf(text, 'jsx');
    expect(listed(outline)).toEqual(expect.arrayContaining(['function a', 'class B', 'method B/n', 'function c']));
    expect(outline.errors.length).toBeGreaterThan(0);
  });

  test('has at least one error even where the tolerant reader sees none', async () => {
    expect((await outlineOf('const a;\n', 'jsx')).errors.length).toBeGreaterThan(0);
  });
});

test.each([
  ['const a = <b>c</b>;\nfunction f() {}\n', 'typescript'],
  ['const a = <b>c;\nfunction f() {}\n', 'tsx'],
  ['const a = <b>c</b>;\nfunction f() {}\n', 'javascript'],
] as const)('a script is read as the dialect that it is: %j called %s', async (text, language) => {
  const outline = await outlineOf(text, language);
  expect(listed(outline)).toEqual(['variable a', 'function f']);
  expect(outline.errors).toHaveLength(0);
});
