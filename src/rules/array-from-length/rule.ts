import { none } from '../../engine/ast.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'array-from-length',
    group: 'iteration',
    summary:
      '`Array.from({ length: n }, f)` → `new Array(n).fill(undefined).map(f)`; `….fill(v)` and `() => 0` → `new Array(n).fill(v)`',
    why:
      'For an object that only has a length, `Array.from` reads a property that is not there for every element, and grows the array as it goes. ' +
      'An array of that length, filled, is a plain one that `map` runs over. The function gets the same arguments in the same order.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    assumes: ['A1', 'A2', 'A5'],
    complexity: { before: 'O(n) look-ups in an object', after: 'O(n)' },
    example: {
      before: [
        'export function zeros(rows: string[]): number[] {',
        '  return Array.from({ length: rows.length }, () => 0);',
        '}',
        '',
      ].join('\n'),
      after: [
        'export function zeros(rows: string[]): number[] {',
        '  return new Array(rows.length).fill(undefined).map(() => 0);',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The length is not certainly a whole number from 0 on: `new Array(-1)` and `new Array(2.5)` throw, `Array.from` rounds and clamps.',
      'The object has more than a length, or one of fewer than ten elements.',
      'The function looks at more than element and index, or is not written in place.',
      'There is neither a function nor a `fill`.',
    ],
  },
  triggers: ['length'],
  find(ctx) {
    const { ast, rewrite } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const made = madeOf(ctx, call);
      if (made === undefined) continue;
      const { length, node } = made;
      const isCertain = isWholeNumber(ctx, length);
      const source = filledArray(ctx, made);
      const edit = isCertain ? rewrite.replace(node, source, 'call') : undefined;
      ctx.report({
        node,
        message: 'an array is made of an object that only has a length; an array of that length is made faster',
        ...((ast.number(length) ?? Infinity) < 1024
          ? { doubt: 'it has few elements, and their number is written out' }
          : {}),
        evidence: [`${ast.excerpt(length)} is a whole number from 0 on`],
        ...(edit === undefined
          ? {
              blockedBy: isCertain
                ? 'the code around it leaves no room for the rewrite'
                : `${ast.excerpt(length)} is not certainly a whole number from 0 on`,
            }
          : { edits: [edit] }),
      });
    }
  },
});

interface Made {
  readonly node: number;
  readonly length: number;
  /** The function that makes the elements, or `none`. */
  readonly fn: number;
  /** What the array is filled with, or `none`. */
  readonly value: number;
}

function madeOf({ ast, scope }: RuleContext, call: number): Made | undefined {
  const method = ast.methodCall(call, 'from');
  const [source = none, fn = none, ...rest] = method?.args ?? [];
  if (method === undefined || rest.length > 0 || !scope.isGlobal(method.object, 'Array')) return undefined;
  if (!ast.is(source, 'ObjectExpression') || ast.child(call, 'typeArguments') !== none) return undefined;
  const [property = none, ...others] = ast.list(source, 'properties');
  const isLength =
    others.length === 0 &&
    ast.is(property, 'Property') &&
    !ast.has(property, 'computed') &&
    !ast.has(property, 'method') &&
    ast.isIdentifier(ast.child(property, 'key'), 'length');
  if (!isLength) return undefined;
  const length = ast.child(property, 'value');
  if ((ast.number(length) ?? fewElements) < fewElements) return undefined;
  if (fn !== none) return takesElementAndIndex() ? { node: call, length, fn, value: none } : undefined;
  const filled = ast.methodCall(ast.parent(ast.parent(call)), 'fill');
  const [value = none, ...more] = filled?.object === call ? filled.args : [];
  return filled === undefined || value === none || more.length > 0 || ast.is(value, 'SpreadElement')
    ? undefined
    : { node: filled.call, length, fn: none, value };

  /** map gives the array as a third argument, and `this` is the caller's only in an arrow function. */
  function takesElementAndIndex(): boolean {
    const params = ast.list(fn, 'params');
    return (
      ast.is(fn, 'ArrowFunctionExpression') &&
      params.length <= 2 &&
      params.every((parameter) => !ast.is(parameter, 'RestElement'))
    );
  }
}

/** A function that gives a literal need not be called. In TypeScript `new Array(n)` alone would be `any[]`, and what is expected may be narrower than `number[]`. */
function filledArray({ ast, scope, rewrite }: RuleContext, { node, length, fn, value }: Made): string {
  const size = `(${rewrite.argument(length)})`;
  if (fn === none) return `new Array${size}.fill(${rewrite.argument(value)})`;
  const body = ast.child(fn, 'body');
  const type = scope.isGlobal(body, 'undefined') ? 'undefined' : constantTypes[ast.kind(body)];
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  const declared = ast.is(ast.parent(node), 'VariableDeclarator') ? ast.child(ast.parent(node), 'id') : none;
  const isFreelyTyped = ast.is(declared, 'Identifier') && ast.child(declared, 'typeAnnotation') === none;
  const isConstant =
    (!isTyped || isFreelyTyped) &&
    type !== undefined &&
    ast.list(fn, 'params').length === 0 &&
    !ast.has(fn, 'async') &&
    ast.child(fn, 'returnType') === none;
  if (!isConstant) return `new Array${size}.fill(undefined).map(${rewrite.argument(fn)})`;
  return `new Array${isTyped ? `<${type}>` : ''}${size}.fill(${rewrite.argument(body)})`;
}

const constantTypes: Readonly<Record<string, string>> = {
  BooleanLiteral: 'boolean',
  NumericLiteral: 'number',
  StringLiteral: 'string',
  NullLiteral: 'null',
};
/** Below, what is gained is a fraction of a microsecond, and the call is the clearer one. */
const fewElements = 10;

/** A literal, or the length or size of something. */
function isWholeNumber({ ast, evidence }: RuleContext, node: number): boolean {
  const literal = ast.number(node);
  if (literal !== undefined) return Number.isInteger(literal) && literal >= 0 && literal < 2 ** 25;
  const holder = ast.memberObject(node, 'length');
  return holder === none
    ? evidence.is(ast.memberObject(node, 'size'), 'set', 'map')
    : evidence.is(holder, 'array', 'string', 'typed-array');
}
