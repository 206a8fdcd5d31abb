import { describe, expect, it } from 'vitest';
import { judgeEarlyExit } from '../../../src/engine/purity/early-exit.ts';
import { analyse } from './analyse.ts';

/** Verdict on the callback of the only `some` call. */
function judge(text: string): string {
  const analysis = analyse(text);
  const call = analysis.ast
    .ofKind('CallExpression')
    .find((node) => analysis.ast.methodCall(node, 'some') !== undefined)!;
  const { object, args } = analysis.ast.methodCall(call)!;
  return judgeEarlyExit(analysis, args[0]!, object).kind;
}

describe('judgeEarlyExit', () => {
  it.each([
    'xs.some((x) => x > 3)',
    'xs.some(function (x, i) { return i === x })',
    'xs.some(Boolean)',
    'xs.some(Number.isInteger)',
    'const isBig = (x) => x > 9; xs.some(isBig)',
    'function isBig(x) { return x > 9 } xs.some(isBig)',
    'interface A { b: number } function f(xs: A[]) { return xs.some(({ b }) => b > 1) || 0 }',
    'interface A { b: number } function f(xs: A[]) { return xs.some((x) => x.b > 1) }',
  ])('sees no difference in %s', (text) => {
    expect(judge(text)).toBe('equal');
  });

  it.each([
    'xs.some((x) => x.a)',
    'xs.some(({ a }) => a)',
    'const isOpen = ({ a }) => a; xs.some(isOpen)',
    'interface A { b?: { c: number } } function f(xs: A[]) { return xs.some((x) => x.b.c) }',
    'xs.some((x) => x in options)',
  ])('sees a possible error in %s', (text) => {
    expect(judge(text)).toBe('may-throw');
  });

  it.each([
    'xs.some((x) => check(x))',
    'xs.some((x) => count++)',
    'xs.some((x) => (last = x))',
    'xs.some(async (x) => x)',
    'xs.some(function* (x) { yield x })',
    'xs.some(function (x) { return this.a === x })',
    'xs.some((x = next()) => x)',
    'xs.some(([x]) => x)',
    'xs.some(imported)',
    'let isBig = (x) => x > 9; isBig = other; xs.some(isBig)',
    'function f(Boolean) { xs.some(Boolean) }',
    'xs.some((x) => { log(x); return x })',
    'xs.some((x) => delete x.a)',
    'xs.some((x) => tag`${x}`)',
    'xs.some((x) => new Thing(x))',
  ])('does not know what %s does', (text) => {
    expect(judge(text)).toBe('unknown');
  });
});
