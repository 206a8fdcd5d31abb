import { describe, expect, it } from 'vitest';
import { elementRead, nonNullMark } from '../../../src/engine/idioms/element-read.ts';
import { isPlainRead } from '../../../src/engine/idioms/variable-uses.ts';
import { analyse } from './analyse.ts';

describe('elementRead', () => {
  it.each([
    ['use(xs[2])', 'xs[2]', { index: 2, form: 'index' }],
    ['use(xs.at(-3))', 'xs.at(-3)', { index: -3, form: 'at' }],
    ['use(xs.shift())', 'xs.shift()', { index: 0, form: 'shift' }],
    ['use(xs.pop())', 'xs.pop()', { index: -1, form: 'pop' }],
    ['use(xs[0].name)', 'xs[0]', { index: 0, form: 'index' }],
  ] as const)('knows the element that %s takes', (text, source, expected) => {
    const { ast, at } = analyse(text, 'javascript');
    expect(elementRead(ast, at(source))).toMatchObject(expected);
  });

  it.each([
    ['use(xs[-1])', 'xs[-1]'],
    ['use(xs[1.5])', 'xs[1.5]'],
    ['use(xs[i])', 'xs[i]'],
    ['use(xs["0"])', 'xs["0"]'],
    ['use(xs?.[0])', 'xs?.[0]'],
    ['use(xs.at(0, 1))', 'xs.at(0, 1)'],
    ['use(xs.shift(1))', 'xs.shift(1)'],
    ['xs[0]()', 'xs[0]'],
    ['new xs[0]()', 'xs[0]'],
    ['xs[0]`a`', 'xs[0]'],
    ['xs[0] = 1', 'xs[0]'],
    ['xs[0]++', 'xs[0]'],
    ['delete xs[0]', 'xs[0]'],
    ['[xs[0]] = ys', 'xs[0]'],
    ['({ a: xs[0] } = ys)', 'xs[0]'],
    ['[xs[0] = 1] = ys', 'xs[0]'],
    ['for (xs[0] of ys);', 'xs[0]'],
  ])('takes %s for something else than reading one element', (text, source) => {
    const { ast, at } = analyse(text, 'javascript');
    expect(elementRead(ast, at(source))).toBeUndefined();
  });

  it('looks through type wrappers for what happens to the element', () => {
    const { ast, at } = analyse('xs[0]!(); (xs[1] as any) = 1; use(xs[2]!)');
    expect(['xs[0]', 'xs[1]', 'xs[2]'].map((source) => isPlainRead(ast, at(source)))).toEqual([false, false, true]);
  });
});

describe('nonNullMark', () => {
  it.each([
    ['const x = HERE', '!'],
    ['use(HERE)', '!'],
    ['HERE.name', '!'],
    ['const x = HERE && y', '!'],
    ['const x = y || HERE', '!'],
    ['function f() { return HERE }', '!'],
    ['const x: string = HERE', '!'],
    ['HERE?.name', ''],
    ['const x = HERE ?? y', ''],
    ['const x = HERE || y', ''],
    ['if (HERE && y) z()', ''],
    ['if (HERE === y) z()', ''],
    ['const x = typeof HERE', ''],
    ['const x = HERE as string', ''],
    ['function f(): string | undefined { return HERE }', ''],
    ['const x: undefined | string = HERE', ''],
    ['const x = HERE; if (!x) throw e; use(x.y)', ''],
    ['const x = HERE; use(x === undefined ? 1 : x.y)', ''],
    ['const [x] = HERE; use(x?.y)', ''],
    ['const x = HERE; use(x === y)', '!'],
    ['let x = HERE; if (x) use(x)', '!'],
  ])('in %s is "%s"', (text, mark) => {
    const analysis = analyse(text);
    expect(nonNullMark(analysis, analysis.at('HERE'))).toBe(mark);
  });

  it('is nothing in JavaScript', () => {
    const analysis = analyse('use(HERE)', 'javascript');
    expect(nonNullMark(analysis, analysis.at('HERE'))).toBe('');
  });
});
