import { none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { type SortedCopy, sortedCopy } from '../../engine/idioms/sorted-copy.ts';
import { type Order, readOrder } from './consistent-order.ts';
import { type Extreme, extremeOf } from './extreme.ts';
import { nameSource } from './name-source.ts';

export default defineRule({
  meta: {
    id: 'sort-first',
    group: 'selection',
    summary: '`[...xs].sort((a, b) => a.k - b.k)[0]` → `xs.reduce((a, b) => (a.k > b.k ? b : a), xs[0])`',
    why:
      'A whole array is copied and sorted to take its first or last element. One pass finds the same element: of equal ones the ' +
      'stable sort puts the earliest first and the latest last, and so does the comparison here. An empty array still gives undefined, ' +
      'because the pass starts with `xs[0]`. Orders that contradict themselves (NaN) and undefined elements, which `sort` puts last ' +
      'unseen, are excluded by evidence (safe) or assumed away (balanced).',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A3', 'A5'],
    complexity: { before: 'O(n log n) and a copy', after: 'O(n)' },
    example: {
      before: [
        'interface Order {',
        '  lines: string[];',
        '}',
        '',
        'export function largestOrder(orders: Order[]): Order | undefined {',
        '  return [...orders].sort((a, b) => b.lines.length - a.lines.length)[0];',
        '}',
        '',
      ].join('\n'),
      after: [
        'interface Order {',
        '  lines: string[];',
        '}',
        '',
        'export function largestOrder(orders: Order[]): Order | undefined {',
        '  return orders.reduce((a, b) => (b.lines.length > a.lines.length ? b : a), orders[0]!);',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The array is sorted in place (`xs.sort(f)[0]`): the code may go on with the sorted array.',
      'There is no comparator: the default order compares texts.',
      'The comparator is none of `a.k - b.k`, `a.k.localeCompare(b.k)` and such joined by `||`: it may contradict itself (`a > b`), and then any element may come first.',
      'A key calls unknown code: it would be called for other pairs.',
      'Another element than the first or last is taken, or the element is written or called.',
      'The elements may be undefined by their type: `sort` puts those last without asking the comparator.',
      'The array has no name and the code around leaves no place to give it one.',
      'It is not known to be an array (`xs.slice()` of a typed array sorts numbers).',
    ],
  },
  triggers: ['sort', 'toSorted'],
  find(ctx) {
    for (const node of ctx.ast.ofKind('CallExpression')) {
      const extreme = extremeOf(ctx.ast, node);
      const sorted = extreme === undefined ? undefined : sortedCopy(ctx, node);
      if (extreme !== undefined && sorted !== undefined) report(ctx, sorted, extreme);
    }
  },
});

function report(ctx: RuleContext, sorted: SortedCopy, extreme: Extreme): void {
  const { ast, evidence } = ctx;
  const order = readOrder(ctx, sorted.comparator);
  const element = evidence.shapeOf(sorted.source)?.element;
  const isAbsent = element?.nullish === true || element?.type === 'undefined' || element?.type === 'null';
  const isPresent = element !== undefined && !isAbsent && evidence.isDenseArray(sorted.source);
  const missing =
    order === undefined
      ? 'its comparator is none of a.k - b.k and a.k.localeCompare(b.k)'
      : isAbsent
        ? 'elements may be undefined or null'
        : undefined;
  const edits = order === undefined || missing !== undefined ? undefined : rewritten(ctx, sorted, order, extreme);
  ctx.report({
    node: extreme.node,
    message: `a copy of ${ast.excerpt(sorted.source)} is sorted only to take the ${extreme.end} element; one pass finds it`,
    tier: isPresent && order?.isTotal === true ? 'safe' : 'balanced',
    evidence: [
      evidence.describe(sorted.source),
      isPresent ? 'no element is undefined' : 'assumed that no element is undefined',
      order?.isTotal === true
        ? 'every element has a key that is not NaN'
        : 'assumed that every element has a key that is not NaN',
    ].filter((line) => line !== undefined),
    ...(edits === undefined
      ? {
          blockedBy:
            missing ?? `give ${ast.excerpt(sorted.source)} a name first: an empty array must still give undefined`,
        }
      : { edits }),
  });
}

/** `xs.reduce((a, b) => (… ? b : a), xs[0])`, starting with the first element so that an empty array gives undefined. */
function rewritten(
  ctx: RuleContext,
  { source, comparator }: SortedCopy,
  order: Order,
  extreme: Extreme,
): Edit[] | undefined {
  const { ast, rewrite } = ctx;
  const named = nameSource(ctx, source, extreme.node);
  if (named === undefined) return undefined;
  const [a, b] = [ast.value(comparator.a), ast.value(comparator.b)];
  // of equal elements the first of all stays before the others, the last of all behind them
  const [then, otherwise] = extreme.end === 'first' ? [b, a] : [a, b];
  const parameters = `${ast.source(comparator.a)}, ${ast.source(comparator.b)}`;
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  const start = `${named.text}[0]${isTyped ? '!' : ''}`;
  const edit = rewrite.replace(
    extreme.value,
    `${named.text}.reduce((${parameters}) => (${order.isAfter} ? ${then} : ${otherwise}), ${start})`,
    'call',
  );
  if (edit === undefined) return undefined;
  const pattern =
    extreme.pattern === none
      ? []
      : [
          {
            start: ast.start(extreme.pattern),
            end: ast.end(extreme.pattern),
            text: ast.source(ast.child(extreme.pattern, 'elements')),
          },
        ];
  return [...named.edits, ...pattern, edit];
}
