import { type MethodCall, none } from '../../engine/ast.ts';
import type { Confidence } from '../../engine/analysis/analysis.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { comparesKeyOf, conjuncts } from '../../engine/analysis/equality.ts';
import {
  isPath,
  isSameInAllRounds,
  type Iteration,
  iterationOf,
  iterationsAround,
  sizeNames,
} from '../../engine/analysis/iteration.ts';

const searches = ['find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'filter'];

export default defineDetector({
  meta: {
    id: 'nested-search',
    group: 'growth',
    summary: 'a list is searched for an equal key in every round of a loop',
    why:
      'Each round looks at the list from the front, so that both sizes multiply. A Map from key to element is built once and answers at once. ' +
      'booster does not build it: which of several equal elements counts, and how keys compare, is for a person to say.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'O(n·m)', after: 'O(n + m)' },
    remedy: 'build a Map from the key to the element (or to all its elements) before the loop, and look it up',
    example: {
      slow: [
        'export function withNames(orders: Order[], users: User[]) {',
        '  return orders.map((order) => ({ order, user: users.find((user) => user.id === order.userId) }));',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function withNames(orders: Order[], users: User[]) {',
        '  const byId = new Map(users.map((user) => [user.id, user]));',
        '  return orders.map((order) => ({ order, user: byId.get(order.userId) }));',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The predicate is no comparison of a key with `===`: a Map could not answer it.',
      'The key is a constant: the search does not depend on the round.',
      'The list is part of the element of the round (`order.items.find(…)`), or is made or changed in the loop.',
      'The list or the loop has a handful of elements that are written out.',
    ],
  },
  triggers: searches,
  find(ctx) {
    for (const call of ctx.ast.ofKind('CallExpression')) {
      const method = ctx.ast.methodCall(call, ...searches);
      if (method !== undefined) look(ctx, method);
    }
  },
});

function look(ctx: DetectorContext, method: MethodCall): void {
  const { ast } = ctx;
  const [callback = none] = method.args;
  if (!ast.isFunction(callback) || !isPath(ast, method.object)) return;
  const inner = iterationOf(ctx, callback);
  const condition = ast.returnedExpression(callback);
  const compared = conjuncts(ast, condition).find((one) => comparesKeyOf(ctx, one, inner.items));
  if (inner.isShort || compared === undefined) return;
  const outer = iterationsAround(ctx, method.call).find(
    (one) => !one.isShort && dependsOn(ctx, compared, one, callback),
  );
  if (outer === undefined || outer.subject === none) return;
  if (!isSameInAllRounds(ctx, method.object, outer.region) || isChangedIn(ctx, method.object, outer.region)) return;
  const list = ast.excerpt(method.object);
  const [n, m] = sizeNames(ast, outer.subject, method.object);
  const isKnown = ctx.evidence.is(method.object, 'array');
  // `filter` and `some` are methods of much else
  const isSearch = method.name.startsWith('find');
  const confidence: Confidence = isKnown || isSearch ? 'likely' : 'possible';
  ctx.report({
    node: method.call,
    message: `${list} is searched with ${method.name}() in every round over ${ast.excerpt(outer.subject)}`,
    complexity: { before: `O(${n} · ${m})`, after: `O(${n} + ${m})` },
    confidence,
    confidenceReason: isKnown
      ? 'both collections are known, their sizes are not'
      : isSearch
        ? `that ${list} is a list shows in ${method.name}(), its size is not known`
        : `that ${list} is a list is likely from how it is used, not known`,
    evidence: [
      ...[ctx.evidence.describe(method.object)].filter((line) => line !== undefined),
      `${ast.excerpt(compared)} compares a key`,
      `${list} is not changed in the loop`,
    ],
  });
}

/** The other side of the comparison has to change from round to round, or the search could simply move out. */
function dependsOn(
  { ast, scope }: DetectorContext,
  compared: number,
  { region }: Iteration,
  callback: number,
): boolean {
  return ast
    .ofKindWithin('Identifier', compared)
    .flatMap((node) => scope.bindingOf(node)?.declarations ?? [])
    .some((declaration) => ast.within(declaration, region) && !ast.within(declaration, callback));
}

/** A list that grows while it is searched (`if (!seen.some(…)) seen.push(x)`) keeps its own order: a Map beside it is another matter. */
function isChangedIn({ ast, scope }: DetectorContext, list: number, region: number): boolean {
  const text = ast.source(list);
  const changing = ['push', 'unshift', 'splice', 'pop', 'shift', 'sort', 'reverse'];
  const binding = scope.bindingOf(list);
  return ast.ofKindWithin('CallExpression', region).some((call) => {
    const method = ast.methodCall(call, ...changing);
    if (method === undefined) return false;
    return binding === undefined ? ast.source(method.object) === text : scope.bindingOf(method.object) === binding;
  });
}
