import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ast } from '../../../src/engine/ast.ts';
import { applyEdits } from '../../../src/engine/edit.ts';
import type { Tightness } from '../../../src/engine/rewriting/tightness.ts';
import { type Analysis, analyse } from '../../unit/engine/analyse.ts';

/** New texts with the tightness that a rule would state. */
const texts: readonly (readonly [string, Tightness])[] = [
  ['R', 'primary'],
  ['5', 'primary'],
  ['/R/', 'primary'],
  ['`R`', 'primary'],
  ['[R]', 'primary'],
  ['{ R: 1 }', 'primary'],
  ['function () {}', 'primary'],
  ['class {}', 'primary'],
  ['f(R)', 'call'],
  ['a.R', 'call'],
  ['new R()', 'call'],
  ['R++', 'postfix'],
  ['a?.R', 'postfix'],
  ['--R', 'unary'],
  ['-R', 'unary'],
  ['+R', 'unary'],
  ['!R', 'unary'],
  ['typeof R', 'unary'],
  ['a ** R', 'exponent'],
  ['a * R', 'multiplicative'],
  ['a + R', 'additive'],
  ['a << R', 'shift'],
  ['a < R', 'relational'],
  ['a in R', 'relational'],
  ['a === R', 'equality'],
  ['a & R', 'bitwiseAnd'],
  ['a ^ R', 'bitwiseXor'],
  ['a | R', 'bitwiseOr'],
  ['a && R', 'and'],
  ['a || R', 'or'],
  ['a ?? R', 'nullish'],
  ['a as R', 'conditional'],
  ['a ? R : c', 'assignment'],
  ['a = R', 'assignment'],
  ['() => R', 'assignment'],
  ['async () => R', 'assignment'],
  ['a, R', 'sequence'],
];

/** Without `>`, `>>`, `>>>`: `b < b > (x)` calls `b<b>`, so explicit parentheses would not show what is meant. */
const operators = '?? || && | ^ & == === != < <= >= in instanceof << + - * / % **'.split(' ');

/** Expressions around a place `_`. */
const contexts: readonly string[] = [
  ...operators.flatMap((operator) => [`_ ${operator} b`, `b ${operator} _`]),
  ...['+', '-', '*', '/', '%', '<', '&', '|'].flatMap((operator) => [`_${operator}b`, `b${operator}_`]),
  ...[
    '_.b',
    '_?.b',
    '_[b]',
    'b[_]',
    'b?.[_]',
    '_()',
    '_?.()',
    'f(_)',
    'f(b, _)',
    'f(..._)',
    'new _()',
    'new _',
    'new f(_)',
  ],
  ...[
    '_`t`',
    '`${_}`',
    '-_',
    '+_',
    '- -_',
    '!_',
    'typeof _',
    'typeof(_)',
    'void _',
    'b, _',
    '_, b',
    '(_)',
    '(/* ( */ _)',
  ],
  ...[
    '_ ? b : c',
    'b ? _ : c',
    'b ? c : _',
    'b = _',
    'b += _',
    '[_]',
    '[..._]',
    '[b, _]',
    '({ b: _ })',
    '({ [_]: b })',
  ],
  ...[
    '({ ..._ })',
    '() => _',
    '() => (_)',
    '() => { return _ }',
    '() => { return(_) }',
    '() => { return[_] }',
    '(b = _) => b',
  ],
  ...[
    'async () => await _',
    '_!',
    '_ as T',
    '_ satisfies T',
    '<T>_',
    '_ as T & U',
    '(_ as T) | b',
    '_<T>',
    'import(_)',
    'class extends _ {}',
  ],
  ...[
    'class { b = _ }',
    'class { [_] = b }',
    'function* () { yield _ }',
    'b[0]in _',
    'b[_]in c',
    'b => _.c',
    'b => ({ _: _.c })',
  ],
  '(b + // (\n _) * c',
];

const statements: readonly string[] = [
  ...[
    '_',
    'b; _',
    '{ _ }',
    'const b = _',
    'const { b = _ } = c',
    'if (_) b',
    'if (b) _; else c',
    'while (_) b',
    'do b; while (_)',
  ],
  ...[
    'for (_;;) b',
    'for (let b = _;;) c',
    'for (;_;) b',
    'for (;;_) b',
    'for (const b of _) c',
    'for (const b in _) c',
  ],
  ...[
    'switch (_) {}',
    'switch (b) { case _: }',
    'throw _',
    'l: _',
    'export default _',
    'export const b = _',
    '@(_) class A {}',
    'class A { static { _ } }',
  ],
  ...['enum E { A = _ }', 'f({ b, _: b })', 'b\nc = _'],
];

/** A text with `x` at one place, in up to three contexts. */
const hosts = fc
  .tuple(fc.constantFrom(...statements), fc.array(fc.constantFrom(...contexts), { maxLength: 3 }))
  .map(([statement, around]) => {
    const expression = around.reduce((inner, context) => context.replace('_', () => inner), 'x');
    return `${statement.replace('_', () => expression)};\n`;
  });

function parsed(text: string): Analysis | undefined {
  try {
    return analyse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Everything about a tree but places: parentheses have no nodes. */
function structure(ast: Ast, node = 0): string {
  const below = ast.children(node).map((child) => `${ast.field(child)}=${structure(ast, child)}`);
  return `${ast.kind(node)} ${ast.value(node)} ${String(ast.tree.flags[node])} (${below.join()})`;
}

describe('Rewriter', () => {
  it('puts any expression in the place of any other without changing what is around it', () => {
    let replaced = 0;
    fc.assert(
      fc.property(hosts, fc.constantFrom(...texts), (host, [text, tightness]) => {
        const before = parsed(host);
        const node = before?.ast.ofKind('Identifier').find((one) => before.ast.value(one) === 'x');
        if (before === undefined || node === undefined) return;
        const [start, end] = [before.ast.start(node), before.ast.end(node)];
        // the tree with explicit parentheses is what is meant
        const meant = parsed(`${host.slice(0, start)}(${text})${host.slice(end)}`);
        const edit = before.rewrite.replace(node, text, tightness);
        if (meant === undefined || edit === undefined) return;
        replaced += 1;
        const result = applyEdits(host, [edit]);
        const after = parsed(result);
        expect(after, result).toBeDefined();
        if (after !== undefined) expect(structure(after.ast), result).toBe(structure(meant.ast));
      }),
      { numRuns: 4000 },
    );
    expect(replaced).toBeGreaterThan(1000);
  });

  it('gives any expression as an operand that keeps together', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.constantFrom(...operators),
        fc.boolean(),
        ([text], operator, isLeft) => {
          const source = parsed(`z = (${text});`);
          if (source === undefined) return;
          const expression = source.ast.child(source.ast.ofKind('AssignmentExpression')[0] ?? -1, 'right');
          const operand = source.rewrite.operand(expression, 'postfix');
          const [plain, meant] = [operand, `(${text})`].map((one) =>
            parsed(isLeft ? `z = ${one} ${operator} b` : `z = b ${operator} ${one}`),
          );
          if (meant === undefined) return;
          expect(plain, operand).toBeDefined();
          if (plain !== undefined) expect(structure(plain.ast)).toBe(structure(meant.ast));
        },
      ),
    );
  });
});
