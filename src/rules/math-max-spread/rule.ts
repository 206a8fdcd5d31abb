import { none } from '../../engine/ast.ts';
import { itemName, localName } from '../../engine/rewriting/item-name.ts';
import { isShortArray } from '../../engine/hoisting/short-array.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { fusableMap } from './fusable-map.ts';

export default defineRule({
  meta: {
    id: 'math-max-spread',
    group: 'selection',
    summary: '`Math.max(...xs)` → `xs.reduce((highest, x) => Math.max(highest, x), -Infinity)`',
    why:
      'Every element becomes an argument on the stack: slower than a loop, and a RangeError from about 120,000 elements on. ' +
      '`reduce` calls `Math.max` for one element after the other, so NaN, -0, strings and the empty array give what they gave; a ' +
      'mapping function is called in the same order. Holes, which `reduce` skips, would have given NaN. From Node 24 on the spread is ' +
      'the faster form.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    assumes: ['A1', 'A2', 'A3', 'A4', 'A5'],
    complexity: { before: 'O(n) arguments', after: 'O(1) extra memory' },
    nodeMajors: { below: 24 },
    example: {
      before: [
        'interface Sample {',
        '  time: number;',
        '  value: number;',
        '}',
        '',
        'export function range(samples: Sample[]): number {',
        '  return Math.max(...samples.map((sample) => sample.value)) - Math.min(0, ...samples.map(({ value }) => value));',
        '}',
        '',
      ].join('\n'),
      after: [
        'interface Sample {',
        '  time: number;',
        '  value: number;',
        '}',
        '',
        'export function range(samples: Sample[]): number {',
        '  return samples.reduce((highest, sample) => Math.max(highest, sample.value), -Infinity) - samples.reduce((lowest, { value }) => Math.min(lowest, value), 0);',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The value is not known to be an array: a Set or another iterable has no `reduce`, and typed arrays have their own.',
      'The array is written in place: `Math.max(...[a, b, c])` is as fast as it gets; so is a list of a few elements that are written out.',
      'More than one list is spread, or a value beside it is not a number.',
      'The mapping function is async, a generator, or uses `this`, `arguments` or the whole array: it is kept as it is.',
      'The code runs on Node 24 or later, where the spread is faster.',
    ],
  },
  triggers: ['Math'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const node of ctx.ast.ofKind('CallExpression')) {
      const call = ast.methodCall(node, 'max', 'min');
      if (call === undefined || !scope.isGlobal(call.object, 'Math')) continue;
      const spread = call.args.filter((argument) => ast.is(argument, 'SpreadElement'));
      const [only, ...others] = spread;
      const beside = call.args.filter((argument) => !ast.is(argument, 'SpreadElement'));
      if (only === undefined || others.length > 0 || beside.length > 1) continue;
      report(ctx, {
        node,
        name: call.name === 'max' ? 'max' : 'min',
        list: ast.child(only, 'argument'),
        start: beside[0] ?? none,
      });
    }
  },
});

interface Selection {
  readonly node: number;
  readonly name: 'max' | 'min';
  readonly list: number;
  /** The one value beside the list, or `none`. */
  readonly start: number;
}

function report(ctx: RuleContext, { node, name, list, start }: Selection): void {
  const { ast, evidence, rewrite } = ctx;
  const shape = evidence.shapeOf(list);
  const isOther = shape !== undefined && shape.type !== 'array';
  if (isOther || ast.is(list, 'ArrayExpression') || isShortArray(ctx, list) || !isNumberLiteral(ctx, start)) return;
  const isDense = evidence.isDenseArray(list);
  const isProven = evidence.is(list, 'array');
  const edit = isProven ? rewrite.replace(node, reduction(ctx, { node, name, list, start }), 'call') : undefined;
  const missing = isProven
    ? 'the code around it leaves no room for the rewrite'
    : `${ast.excerpt(list)} is not known to be an array: annotate it or check it with Array.isArray`;
  ctx.report({
    node,
    message: `Math.${name}() gets every element of ${ast.excerpt(list)} as an argument; reduce() needs none`,
    tier: 'balanced',
    evidence: [evidence.describe(list), isDense ? 'it was made without holes' : 'assumed that it has no holes'].filter(
      (line) => line !== undefined,
    ),
    ...(edit === undefined ? { blockedBy: missing } : { edits: [edit] }),
  });
}

/** Converting a literal has no effect and no failure, so it may come before the list is read. */
function isNumberLiteral({ ast }: RuleContext, start: number): boolean {
  return start === none || ast.number(start) !== undefined;
}

function reduction(ctx: RuleContext, { node, name, list, start }: Selection): string {
  const { ast, rewrite } = ctx;
  const map = fusableMap(ctx, list);
  const best = localName(ast, node, name === 'max' ? 'highest' : 'lowest');
  const item = map?.parameter ?? localName(ast, node, itemName(ast, list, [best]).replace(/^item$/, 'value'));
  const initial = start === none ? `${name === 'max' ? '-' : ''}Infinity` : ast.source(start);
  return `${rewrite.operand(map?.receiver ?? list, 'call')}.reduce((${best}, ${item}) => Math.${name}(${best}, ${map?.value ?? item}), ${initial})`;
}
