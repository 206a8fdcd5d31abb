import { describe, expect, it } from 'vitest';
import { isMirrored, sortedCopy } from '../../../src/engine/idioms/sorted-copy.ts';
import { analyse } from './analyse.ts';

function sourceOfSort(expression: string): string | undefined {
  const analysis = analyse(`function f(xs: number[], unknown) { return ${expression}; }`);
  const { ast } = analysis;
  const call =
    ast.ofKind('CallExpression').find((node) => ast.methodCall(node, 'sort', 'toSorted') !== undefined) ?? -1;
  const sorted = sortedCopy(analysis, call);
  return sorted === undefined ? undefined : ast.source(sorted.source);
}

describe('sortedCopy', () => {
  it.each([
    ['[...xs].sort((a, b) => a - b)', 'xs'],
    ['xs.slice().sort(function (a, b) { return a - b; })', 'xs'],
    ['Array.from(xs).sort((a, b) => a - b)', 'xs'],
    ['xs.toSorted((a, b) => a - b)', 'xs'],
    ['xs.filter(Boolean).sort((a, b) => a - b)', 'xs.filter(Boolean)'],
    ['xs.slice(1).sort((a, b) => a - b)', 'xs.slice(1)'],
    ['[...unknown].sort((a, b) => a - b)', '[...unknown]'],
    ['[...xs, 1].sort((a, b) => a - b)', '[...xs, 1]'],
    ['Array.from(xs, f).sort((a, b) => a - b)', 'Array.from(xs, f)'],
  ])('%s sorts %s', (expression, source) => {
    expect(sourceOfSort(expression)).toBe(source);
  });

  it.each([
    'xs.sort((a, b) => a - b)',
    'unknown.slice().sort((a, b) => a - b)',
    'unknown.toSorted((a, b) => a - b)',
    '[...xs].sort()',
    '[...xs].sort(compare)',
    '[...xs].sort(async (a, b) => a - b)',
    '[...xs].sort((a, b, c) => a - b)',
    '[...xs].sort(([a], [b]) => a - b)',
    '[...xs].sort((a, b = 1) => a - b)',
    '[...xs].sort((a, ...b) => a)',
    '[...xs]?.sort((a, b) => a - b)',
  ])('%s is not read', (expression) => {
    expect(sourceOfSort(expression)).toBe(undefined);
  });
});

describe('isMirrored', () => {
  it.each([
    ['a.k - b.k', true],
    ['f(a, 1) - f(b, 1)', true],
    ['a.b.a - b.b.a', false],
    ['a.k - b.l', false],
    ['a.k - a.k', false],
    ['a?.k - b.k', false],
    ['f(a) - f(b, 1)', false],
    ['-a - +b', false],
  ])('%s: %s', (expression, expected) => {
    const { ast } = analyse(`xs.sort((a, b) => ${expression});`);
    const [difference = -1] = ast.ofKind('BinaryExpression');
    expect(isMirrored(ast, ast.child(difference, 'left'), ast.child(difference, 'right'), ['a', 'b'])).toBe(expected);
  });
});
