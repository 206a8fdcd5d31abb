import { fewReason } from '../../engine/analysis/few-elements.ts';
import { none } from '../../engine/ast.ts';
import { localName } from '../../engine/rewriting/item-name.ts';
import { isShortArray } from '../../engine/hoisting/short-array.ts';
import { hasVisibleHoles } from '../../engine/evidence/visible-holes.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { type FusableMap, fusableMap } from './fusable-map.ts';

export default defineRule({
  meta: {
    id: 'math-max-spread',
    group: 'selection',
    summary: '`Math.max(...xs.map((x) => y))` → `xs.reduce((highest, x) => Math.max(highest, y), -Infinity)`',
    why:
      'The mapping makes an array, and every element of it becomes an argument on the stack: a RangeError from about 120,000 elements on. ' +
      '`reduce` calls one function for each element, as the mapping did, and `Math.max` in it for one element after the other, so NaN, -0, strings and ' +
      'the empty array give what they gave. Holes, which `reduce` skips, would have given NaN. Without a mapping the spread stays: it calls no ' +
      'function, and a `reduce` that runs seldom over many elements is slower. From Node 24 on the spread is the faster form.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    assumes: ['A1', 'A2', 'A3', 'A4', 'A5', 'A9'],
    complexity: { before: 'O(n) array and arguments', after: 'O(1) extra memory' },
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
      'Nothing is mapped: `Math.max(...xs)`; or the array is a list of a few elements that are written out.',
      'More than one list is spread, or a value beside it is not a number.',
      'The mapping function has an effect, has a body in braces or more than one parameter, is async, or is not written in place.',
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
  const map = fusableMap(ctx, list);
  if (map === undefined || isShortArray(ctx, map.receiver) || !isNumberLiteral(ctx, start)) return;
  const { receiver } = map;
  const few = fewReason(ctx, receiver);
  const isDense = evidence.isDenseArray(receiver);
  const isProven = evidence.is(receiver, 'array');
  if (!isDense && hasVisibleHoles(ast, ctx.scope, receiver)) return;
  const edit = isProven ? rewrite.replace(node, reduction(ctx, { node, name, map, start }), 'call') : undefined;
  const missing = isProven
    ? 'the code around it leaves no room for the rewrite'
    : `${ast.excerpt(receiver)} is not known to be an array: annotate it or check it with Array.isArray`;
  ctx.report({
    node,
    message: `${ast.excerpt(receiver)} is mapped to an array only to give every element of it to Math.${name}(); reduce() needs none`,
    tier: 'balanced',
    ...(few === undefined ? {} : { doubt: `${ast.excerpt(receiver)} has few elements: ${few}` }),
    evidence: [
      evidence.describe(receiver),
      isDense ? 'it was made without holes' : 'assumed that it has no holes',
    ].filter((line) => line !== undefined),
    ...(edit === undefined ? { blockedBy: missing } : { edits: [edit] }),
  });
}

/** Converting a literal has no effect and no failure, so it may come before the list is read. */
function isNumberLiteral({ ast }: RuleContext, start: number): boolean {
  return start === none || ast.number(start) !== undefined;
}

function reduction(
  { ast, rewrite }: RuleContext,
  { node, name, map, start }: Omit<Selection, 'list'> & { readonly map: FusableMap },
): string {
  const best = localName(ast, node, name === 'max' ? 'highest' : 'lowest');
  const initial = start === none ? `${name === 'max' ? '-' : ''}Infinity` : ast.source(start);
  return `${rewrite.operand(map.receiver, 'call')}.reduce((${best}, ${map.parameter}) => Math.${name}(${best}, ${map.value}), ${initial})`;
}
