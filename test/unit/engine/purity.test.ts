import { describe, expect, it } from 'vitest';
import { analyse } from './analyse.ts';

function firstFunction(text: string): { readonly pure: boolean; readonly nonThrowing: boolean } {
  const { ast, purity } = analyse(text);
  const fn =
    [...ast.ofKind('ArrowFunctionExpression'), ...ast.ofKind('FunctionExpression')].sort((a, b) => a - b).at(-1) ?? -1;
  return {
    pure: purity.isPureFunction(fn),
    nonThrowing: purity.isPureFunction(fn) && purity.isNonThrowing(ast.returnedExpression(fn)),
  };
}

describe('purity', () => {
  it.each([
    'xs.filter(x => x > 1)',
    'xs.filter(x => x.a === 1)',
    'xs.filter((x) => { return x.a && x.b; })',
    'xs.filter(x => Math.abs(x) > 1)',
    'xs.filter(({ a }) => a)',
    'xs.filter(x => ["a"].includes(x))',
    'const s = new Set(["a"]); xs.filter(x => s.has(x))',
    'xs.filter(x => /a/.test(x))',
    'xs.filter(function (x) { return x > 1; })',
  ])('%s calls nothing unknown', (text) => {
    expect(firstFunction(text).pure).toBe(true);
  });

  it.each([
    'xs.filter(x => check(x))',
    'xs.filter(x => x.check())',
    'xs.filter(x => n++)',
    'xs.filter(x => (y = x))',
    'xs.filter(x => delete x.a)',
    'xs.filter(async x => x)',
    'xs.filter(x => new Thing(x))',
    'xs.filter(x => /a/g.test(x))',
    'xs.filter(function (x) { return this.a; })',
    'xs.filter(function (x) { return arguments.length; })',
    'xs.filter(x => { log(x); return x; })',
    'xs.filter(([a]) => a)',
    'xs.filter((x = next()) => x)',
    'xs.filter(x => tag`a`)',
    'xs.filter(x => [...x])',
    'const includes = 1; xs.filter(x => x.includes(1))',
    'xs.filter(x => ["a"].some(check))',
  ])('%s may do anything', (text) => {
    expect(firstFunction(text).pure).toBe(false);
  });

  it.each([
    ['xs.filter(x => x > 1)', true],
    ['xs.filter(x => x.a)', false],
    ['const xs: { a: number }[] = []; xs.filter(x => x.a)', true],
    ['const xs: ({ a: number } | null)[] = []; xs.filter(x => x.a)', false],
    ['const xs: { a: { b: 1 } }[] = []; xs.filter(x => x.a.b)', true],
    ['const xs: { a?: { b: 1 } }[] = []; xs.filter(x => x.a.b)', false],
    ['const xs: string[] = []; xs.filter(x => x.startsWith("a"))', true],
    ['const xs: string[] = []; xs.filter(x => x.repeat(-1))', false],
    ['xs.filter(x => "a" in x)', false],
    ['xs.filter(x => x instanceof y)', false],
    ['xs.filter(x => unknownName)', false],
  ])('%s never throws: %s', (text, expected) => {
    expect(firstFunction(text).nonThrowing).toBe(expected);
  });

  it('knows what stays the same while a loop runs', () => {
    const { ast, purity, at } = analyse('const a = 1; let b = 2; for (;;) { b += 1; use(a + 1, b + 1, a.x); }');
    const loop = ast.ofKind('ForStatement')[0] ?? -1;
    expect([at('a + 1'), at('b + 1'), at('a.x')].map((node) => purity.isInvariant(node, loop))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('judges callbacks in callbacks once each: 60 levels would otherwise take longer than anybody lives', () => {
    const nested = `${'xs.filter((x) => '.repeat(60)}x > 1${')[0]'.repeat(60)}`;
    const { ast, purity } = analyse(`function f(xs: number[]) { return ${nested}; }`);
    const outermost = Math.min(...ast.ofKind('ArrowFunctionExpression'));
    expect(purity.isPureFunction(outermost)).toBe(true);
    // an element of an array that may be empty is compared, which cannot throw
    expect(purity.isNonThrowing(ast.returnedExpression(outermost))).toBe(true);
  });
});
