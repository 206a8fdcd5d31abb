import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';

/** Shape of the expression `probe(<expression>)` in a text, as `type`, with `?` when nullish, `!` when dense. */
function probe(text: string): string {
  const { ast, evidence } = analyse(text);
  const call = ast.ofKind('CallExpression').find((node) => ast.isIdentifier(ast.child(node, 'callee'), 'probe'));
  const shape = evidence.shapeOf(ast.child(call ?? -1, 'arguments'));
  if (shape === undefined) return 'unknown';
  return `${shape.type}${shape.nullish === true ? '?' : ''}${shape.dense === true ? '!' : ''}`;
}

describe('evidence', () => {
  it.each([
    ['probe("a")', 'string'],
    ['probe(`a${x}`)', 'string'],
    ['probe([1, 2])', 'array!'],
    ['probe([1, , 2])', 'array'],
    ['probe(new Set())', 'set'],
    ['probe(new Map())', 'map'],
    ['probe(Object.keys(o))', 'array!'],
    ['probe("a,b".split(","))', 'array!'],
    ['probe(/x/)', 'regexp'],
    ['probe(1 + 2)', 'number'],
    ['probe("" + x)', 'string'],
    ['probe(a + b)', 'unknown'],
    ['probe(x)', 'unknown'],
    ['probe(x.split(","))', 'unknown'],
    ['probe(!x)', 'boolean'],
    ['probe(typeof x)', 'string'],
  ])('%s is %s', (text, expected) => {
    expect(probe(text)).toBe(expected);
  });

  it.each([
    ['const a = [1]; probe(a.slice())', 'array!'],
    ['const a = []; a.push(1); probe(a.slice())', 'array!'],
    ['const a = []; probe(a)', 'array'],
    ['const a = []; a[5] = 1; probe(a)', 'array'],
    ['const a = []; give(a); probe(a)', 'array'],
    ['const a = []; a.length = 7; probe(a)', 'array'],
    ['let a = []; a = [...a, 1]; probe(a)', 'array'],
    ['let a = []; a = other(); probe(a)', 'unknown'],
    ['let r = []; r = r.concat(x); probe(r)', 'array'],
    ['let s = ""; for (;;) s += x; probe(s)', 'string'],
    ['let n = 0; n++; probe(n)', 'number'],
    ['let n = 0; n += x; probe(n)', 'unknown'],
    ['const a = c ? [] : [1]; probe(a.slice())', 'array!'],
    ['const a = c ? [] : {}; probe(a)', 'unknown'],
    ['const a = x ?? []; probe(a)', 'unknown'],
    ['for (const c of "abc") probe(c)', 'string'],
    ['for (const k in o) probe(k)', 'string'],
    ['["a"].map((s, i) => probe(s))', 'string'],
    ['["a"].map((s, i) => probe(i))', 'number'],
    ['function f(...rest) { probe(rest.slice()) }', 'array!'],
  ])('%s: data flow gives %s', (text, expected) => {
    expect(probe(text)).toBe(expected);
  });

  it.each([
    ['function f(a: string[]) { probe(a) }', 'array'],
    ['function f(a: readonly string[]) { probe(a) }', 'array'],
    ['function f(a?: string[]) { probe(a) }', 'array?'],
    ['function f(a: string[] | null) { probe(a) }', 'array?'],
    ['function f(a: string[] | Set<string>) { probe(a) }', 'unknown'],
    ['function f(a: ReadonlyArray<string>) { probe(a[0]) }', 'string?'],
    ['function f(a: ReadonlyMap<string, number>) { probe(a) }', 'map'],
    ['interface O { items: string[] } function f(o: O) { probe(o.items) }', 'array'],
    ['interface O { items?: string[] } function f(o: O) { probe(o.items) }', 'array?'],
    ['type T = { a: Set<string> }; function f({ a }: T) { probe(a) }', 'set'],
    ['class C { private xs: number[] = []; m() { probe(this.xs) } }', 'array'],
    ['class C { xs: number[] = []; m() { return function () { probe(this.xs) } } }', 'unknown'],
    ['class C { xs: number[] = []; m() { return () => probe(this.xs) } }', 'array'],
    ['import { Set } from "immutable"; function f(a: Set<string>) { probe(a) }', 'unknown'],
    ['class Map {} function f(a: Map) { probe(a) }', 'object'],
    ['function f<T>(a: T) { probe(a) }', 'unknown'],
    ['function f<Array>(a: Array) { probe(a) }', 'unknown'],
    ['function g(): string[] { return [] } probe(g())', 'array'],
    ['function f(a: any) { probe(a) }', 'unknown'],
    ['probe(x as string[])', 'array'],
    ['function f(a: string[]) { a = other; probe(a) }', 'array'],
  ])('%s: annotations give %s', (text, expected) => {
    expect(probe(text)).toBe(expected);
  });

  it.each([
    ['function f(a) { if (Array.isArray(a)) { probe(a) } }', 'array'],
    ['function f(a) { if (!Array.isArray(a)) return; probe(a) }', 'array'],
    ['function f(a) { if (!Array.isArray(a)) { log() } probe(a) }', 'unknown'],
    ['function f(a) { if (Array.isArray(a)) return; probe(a) }', 'unknown'],
    ['function f(a) { if (Array.isArray(a)) { a = 1; probe(a) } }', 'unknown'],
    ['function f(a) { if (typeof a === "string") probe(a) }', 'string'],
    ['function f(a) { if (typeof a !== "string") throw 1; probe(a) }', 'string'],
    ['function f(a) { return a instanceof Set && probe(a) }', 'set'],
    ['function f(a) { return a instanceof Set || probe(a) }', 'unknown'],
    ['function f(a) { g(); if (!Array.isArray(a)) return; function g() { probe(a) } }', 'unknown'],
    ['const Array = {}; function f(a) { if (Array.isArray(a)) probe(a) }', 'unknown'],
  ])('%s: guards give %s', (text, expected) => {
    expect(probe(text)).toBe(expected);
  });

  it('does not take a shadowed constructor for the built-in', () => {
    expect(probe('class Set {} probe(new Set())')).toBe('unknown');
  });

  it('answers in linear time for constants that refer to each other', () => {
    const lines = ['const v0 = 1;'];
    for (let index = 1; index < 200; index += 1)
      lines.push(`const v${String(index)} = v${String(index - 1)} + v${String(index - 1)};`);
    expect(probe(`${lines.join('\n')}\nprobe(v50);`)).toBe('number');
  });

  it.each([
    ['const groups = [[1, 2]]; use(groups[0])', 'groups[0]'],
    ['const groups = xs.split(" ").map((x) => [x]); groups.forEach((group) => use(group))', 'group'],
    ['class A { readonly items = [1]; all() { return this.items; } }', 'this.items'],
    ['let other; const own = (other = [1]); use(own)', 'other = [1]'],
    ['const entry = Object.entries(o).at(0)', 'Object.entries(o).at(0)'],
  ])('does not take a kept array for one that nobody else holds: %s', (text, source) => {
    const { evidence, ast } = analyse(text.replaceAll('xs', "'a'"));
    const nodes = Array.from({ length: ast.tree.count }, (_, node) => node).filter(
      (node) => ast.source(node) === source,
    );
    const shapes = nodes.map((node) => evidence.shapeOf(node)).filter((shape) => shape?.type === 'array');
    expect(shapes.length).toBeGreaterThan(0);
    expect(shapes.filter((shape) => shape?.fresh === true || shape?.dense === true)).toEqual([]);
  });

  it('answers for a variable at another place, without the guards around its uses', () => {
    const { evidence, scope, ast, at } = analyse(
      'function f(xs: unknown) { for (;;) { if (Array.isArray(xs)) use(xs); } }',
    );
    const binding = scope.bindingOf(at('xs', 1))!;
    expect(evidence.is(at('xs', 1), 'array')).toBe(true);
    expect(evidence.shapeOfBinding(binding, ast.ofKind('ForStatement')[0]!)).toBeUndefined();
  });

  it('knows what a callback gets: the element, taken apart or not, its index and the array', () => {
    const { evidence, at } = analyse(
      'interface A { tags: string[]; name?: string } function f(xs: A[]) { return xs.map(({ tags, name }, index, all) => [tags, name, index, all]) }',
    );
    expect(['tags', 'index', 'all'].map((name) => evidence.shapeOf(at(name, name === 'tags' ? 3 : 1))?.type)).toEqual([
      'array',
      'number',
      'array',
    ]);
    expect(evidence.shapeOf(at('name', 3))).toMatchObject({ type: 'string', nullish: true });
    expect(evidence.isDenseArray(at('all', 1))).toBe(false);
  });
});
