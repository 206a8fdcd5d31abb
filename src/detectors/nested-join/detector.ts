import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { comparesKeyOf, conjuncts } from '../../engine/analysis/equality.ts';
import {
  isPath,
  isSameInAllRounds,
  iterationOf,
  iterationRegions,
  iterationsAround,
  sizeNames,
} from '../../engine/analysis/iteration.ts';

export default defineDetector({
  meta: {
    id: 'nested-join',
    group: 'growth',
    summary: 'two nested loops whose inner one does something for equal keys only',
    why:
      'The inner loop goes over its whole collection in every round of the outer one, to pick the few elements with the same key. ' +
      'Grouped by key in a Map first, they are looked up. booster does not regroup: the order of the effects is for a person to judge.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'O(n·m)', after: 'O(n + m)' },
    remedy: 'group the inner collection by the compared key in a Map before the loops, and go over the group only',
    example: {
      slow: [
        'export function link(users: User[], orders: Order[]) {',
        '  for (const user of users) {',
        '    for (const order of orders) {',
        '      if (order.userId === user.id) user.orders.push(order);',
        '    }',
        '  }',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function link(users: User[], orders: Order[]) {',
        '  const byUser = Map.groupBy(orders, (order) => order.userId);',
        '  for (const user of users) user.orders.push(...(byUser.get(user.id) ?? []));',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The inner loop does more than the part under the comparison.',
      'The inner collection is part of the element of the outer loop, or changes there.',
      'One of the collections has a handful of elements that are written out.',
      'Nothing is compared with `===`: a Map could not answer it.',
    ],
  },
  triggers: ['for', 'forEach'],
  find(ctx) {
    for (const region of iterationRegions(ctx)) look(ctx, region);
  },
});

function look(ctx: DetectorContext, region: number): void {
  const { ast } = ctx;
  const inner = iterationOf(ctx, region);
  const [outer] = iterationsAround(ctx, region);
  if (outer === undefined || inner.isShort || outer.isShort) return;
  if (inner.subject === none || outer.subject === none || !isPath(ast, inner.subject)) return;
  const condition = onlyCondition(ast, region);
  // its index counts as the element where the loop counts: `b[j].id`
  const compared = conjuncts(ast, condition).find((one) => comparesKeyOf(ctx, one, inner.items));
  if (compared === undefined || !usesOneOf(ctx, compared, outer.items)) return;
  if (!isSameInAllRounds(ctx, inner.subject, outer.region)) return;
  const [n, m] = sizeNames(ast, outer.subject, inner.subject);
  // `isAlike(a, b) && a.kind === b.kind`: the key alone may sort out little
  const asks = conjuncts(ast, condition).some(
    (one) =>
      one !== compared &&
      ast.ofKindWithin('CallExpression', one).length > 0 &&
      usesOneOf(ctx, one, outer.items) &&
      usesOneOf(ctx, one, inner.items),
  );
  const isSame = ast.source(inner.subject) === ast.source(outer.subject);
  ctx.report({
    node: region,
    end: headEnd(ast, region),
    message: `in every round over ${ast.excerpt(outer.subject)}, all of ${ast.excerpt(inner.subject)} is gone over to find what ${ast.excerpt(compared)}`,
    complexity: isSame
      ? { before: `O(${n}²)`, after: `O(${n})` }
      : { before: `O(${n} · ${m})`, after: `O(${n} + ${m})` },
    confidence: asks ? 'possible' : 'likely',
    confidenceReason: asks
      ? 'a call compares the elements, too: how few are left by the key alone is not known'
      : 'both loops and the comparison are certain, the sizes are not known',
    evidence: [
      `the inner loop does nothing but for ${ast.excerpt(compared)}`,
      `${ast.excerpt(inner.subject)} is the same in all rounds`,
    ],
  });
}

/** Test of the one `if` that is all a loop does, also as `if (…) continue`'s opposite is not looked at. */
function onlyCondition(ast: Ast, region: number): number {
  let body = ast.child(region, 'body');
  if (ast.is(body, 'BlockStatement')) {
    const statements = ast.list(body, 'body');
    const [first = none] = statements;
    if (statements.length !== 1) return none;
    body = first;
  }
  return ast.is(body, 'IfStatement') && ast.child(body, 'alternate') === none ? ast.child(body, 'test') : none;
}

function usesOneOf({ ast, scope }: DetectorContext, node: number, items: readonly object[]): boolean {
  return ast.ofKindWithin('Identifier', node).some((use) => {
    const binding = scope.bindingOf(use);
    return binding !== undefined && items.includes(binding);
  });
}

/** The head of the loop is enough to mark. */
function headEnd(ast: Ast, region: number): number {
  return Math.max(ast.start(region) + 1, ast.start(ast.child(region, 'body')));
}
