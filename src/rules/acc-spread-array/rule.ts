import { appendStatement } from '../../engine/rewriting/append-statement.ts';
import type { Ast } from '../../engine/ast.ts';
import { mayBeReadonly } from '../../engine/evidence/mutable-types.ts';
import { leadingSpreadOf, reducerEdits } from '../../engine/rewriting/reducer-edits.ts';
import { type Reducer, readReducer, receiverOf } from '../../engine/idioms/reducer.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { isReadOfArray, variableUse } from '../../engine/idioms/variable-uses.ts';

export default defineRule({
  meta: {
    id: 'acc-spread-array',
    group: 'copy-accumulate',
    summary: '`reduce((acc, x) => [...acc, y], [])` → the same reduce with `acc.push(y)`',
    why: 'The spread copies all elements so far for every new one, so n elements cost n²/2 copies. The accumulator starts as a literal that nobody else holds and never leaves the callback, so no one can tell a grown array from a new one.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A2', 'A3', 'A4'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    example: {
      before: `interface Order {
  readonly id: string;
  readonly total: number;
}

export function openOrderIds(orders: readonly Order[]): string[] {
  return orders.reduce<string[]>((ids, order) => (order.total > 0 ? [...ids, order.id] : ids), []);
}
`,
      after: `interface Order {
  readonly id: string;
  readonly total: number;
}

export function openOrderIds(orders: readonly Order[]): string[] {
  return orders.reduce<string[]>((ids, order) => {
    if (order.total > 0) ids.push(order.id);
    return ids;
  }, []);
}
`,
    },
    stays: [
      'The receiver is known to be something else than an array: its `reduce` may keep the accumulators it gets, or use the start value twice. Where nothing is known, the rewrite is `balanced`.',
      'The start value is not an array literal: somebody else may hold that array and would see it grow.',
      'The accumulator is stored, passed on, captured by a closure, changed, or returned within something else: its old copies could be seen.',
      'A path of the callback returns neither the accumulator nor a copy of it that starts with `...acc`.',
      'The callback is `async`, a generator, uses `arguments`, calls itself, or returns from a `try`.',
      'Several elements follow and one of them is a spread, or what is spread reads the accumulator.',
      'The accumulator has a `readonly` type, or one that is declared in another file.',
      'A new element is put before the accumulator (`[x, ...acc]`).',
    ],
  },
  triggers: ['reduce'],
  find(ctx) {
    for (const node of ctx.ast.ofKind('CallExpression')) {
      const reducer = readReducer(ctx.ast, ctx.scope, node);
      if (reducer !== undefined && copiesOf(ctx.ast, reducer).length > 0) report(ctx, reducer);
    }
  },
});

/** The returned literals that copy the accumulator and add to it. */
function copiesOf(ast: Ast, { results, accumulator }: Reducer): number[] {
  return results.filter(
    (result) => ast.is(result, 'ArrayExpression') && leadingSpreadOf(ast, result, accumulator.name) >= 0,
  );
}

function report(ctx: RuleContext, reducer: Reducer): void {
  const { accumulator, call } = reducer;
  const blockedBy = obstacle(ctx, reducer);
  const edits =
    blockedBy === undefined
      ? reducerEdits(ctx.ast, ctx.rewrite, reducer, (leaf, indent) => appendTo(ctx, leaf, reducer, indent))
      : undefined;
  const receiver = receiverOf(ctx.evidence, ctx.ast, call);
  ctx.report({
    node: call.call,
    tier: receiver.tier,
    message: `[...${accumulator.name}, …] copies all elements so far at every step of ${call.name}(); push() adds to the same array`,
    relies: [accumulator],
    ...(edits === undefined
      ? {
          blockedBy:
            blockedBy ?? `not every path returns ${accumulator.name} or a copy of it with elements that can be pushed`,
        }
      : {
          edits,
          evidence: [receiver.evidence, `${accumulator.name} starts as a literal and never leaves the callback`],
        }),
  });
}

function appendTo(
  { ast, scope, rewrite }: RuleContext,
  leaf: number,
  { accumulator }: Reducer,
  indent: string,
): string[] | undefined {
  if (!ast.is(leaf, 'ArrayExpression') || leadingSpreadOf(ast, leaf, accumulator.name) < 0) return undefined;
  if (ast.list(leaf, 'elements').length === 1) return [];
  const statement = appendStatement(ast, scope, rewrite, leaf, accumulator, indent);
  return statement === undefined ? undefined : [statement];
}

function obstacle(ctx: RuleContext, reducer: Reducer): string | undefined {
  const { ast, evidence } = ctx;
  const { accumulator, call, start } = reducer;
  const source = short(ast.source(call.object));
  if (!startsFresh(ast, start))
    return `the start value is not an array literal: write [] or [...${short(ast.source(start))}]`;
  const escape = reducer.uses.find((use) => !isPrivateUse(ast, use.node, reducer));
  if (escape !== undefined)
    return `${accumulator.name} is also used in a way that could show its copies: ${short(ast.source(ast.parent(escape.node)))}`;
  if (receiverOf(evidence, ast, call).isOther) return `${source} is not an array`;
  return isReadonlyAccumulator(ctx, reducer)
    ? `${accumulator.name} has a readonly type, or one from another file: annotate it as a mutable array`
    : undefined;
}

/** A literal without holes: a copy by spread would have filled them with undefined. */
function startsFresh(ast: Ast, start: number): boolean {
  const literal = ast.withoutTypes(start);
  return (
    ast.is(literal, 'ArrayExpression') && !ast.list(literal, 'elements').some((element) => ast.is(element, 'Hole'))
  );
}

/** Returned as it is, copied by a returned literal, or only read. */
function isPrivateUse(ast: Ast, identifier: number, { results, accumulator }: Reducer): boolean {
  if (results.includes(identifier)) return true;
  const copies = results.map((result) => leadingSpreadOf(ast, result, accumulator.name));
  return copies.includes(identifier) || isReadOfArray(ast, variableUse(ast, identifier));
}

function isReadonlyAccumulator({ ast, scope }: RuleContext, { callback, call, start }: Reducer): boolean {
  const [parameter] = ast.list(callback, 'params');
  const types = [
    ...ast.list(ast.child(call.call, 'typeArguments'), 'params'),
    ...(parameter === undefined ? [] : [ast.child(parameter, 'typeAnnotation')]),
    ast.child(callback, 'returnType'),
    ast.child(start, 'typeAnnotation'),
  ].filter((type) => type >= 0);
  if (types.length > 0) return types.some((type) => mayBeReadonly(ast, type));
  // without a type of its own the accumulator has that of the elements: `readonly (readonly string[])[]`
  const receiver = scope.bindingOf(call.object)?.declarations[0] ?? -1;
  const annotation = ast.child(receiver, 'typeAnnotation');
  return annotation >= 0 && (ast.source(annotation).match(/\breadonly\b|\bReadonly/g) ?? []).length > 1;
}

function short(source: string): string {
  const line = source.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
