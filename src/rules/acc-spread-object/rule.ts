import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import {
  isCaughtInFunction,
  type LoopAccumulator,
  readLoopAccumulators,
} from '../../engine/idioms/loop-accumulator.ts';
import { mayBeReadonly } from '../../engine/evidence/mutable-types.ts';
import { leadingSpreadOf, reducerEdits } from '../../engine/rewriting/reducer-edits.ts';
import { type Reducer, readReducer, receiverOf } from '../../engine/idioms/reducer.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { type EntriesRewrite, entriesRewrite } from './from-entries.ts';
import {
  addedProperties,
  assignmentObstacle,
  assignments,
  isGrowingCopy,
  isPlainObject,
  isReadOfObject,
} from './object-updates.ts';

export default defineRule({
  meta: {
    id: 'acc-spread-object',
    group: 'copy-accumulate',
    summary: '`reduce((acc, x) => ({ ...acc, [key]: y }), {})` → `acc[key] = y`, or `Object.fromEntries`',
    why: 'The spread copies all properties so far for every new one, so n keys cost n²/2 copies. The object is a literal that nobody else holds, so it can be filled in place. An assignment to `__proto__` would change the prototype instead of adding a property: where the key might be that, the rewrite is `Object.fromEntries`, which adds properties as the literal did.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A3', 'A4', 'A9'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    example: {
      before: `interface User {
  readonly id: number;
  readonly login: string;
}

export function usersById(users: readonly User[]): Record<number, User> {
  return users.reduce<Record<number, User>>((byId, user) => ({ ...byId, [user.id]: user }), {});
}

export function usersByLogin(users: readonly User[]): Record<string, User> {
  return users.reduce<Record<string, User>>((byLogin, user) => ({ ...byLogin, [user.login]: user }), {});
}
`,
      after: `interface User {
  readonly id: number;
  readonly login: string;
}

export function usersById(users: readonly User[]): Record<number, User> {
  return users.reduce<Record<number, User>>((byId, user) => {
    byId[user.id] = user;
    return byId;
  }, {});
}

export function usersByLogin(users: readonly User[]): Record<string, User> {
  return Object.fromEntries(users.map((user) => [user.login, user]));
}
`,
    },
    stays: [
      'The key may be "__proto__" and the code is not of the one form that `Object.fromEntries` can replace: one property for every element, an empty start, nothing else done with the accumulator.',
      'All keys are fixed: nothing grows, and the copy costs the same in every step.',
      'The receiver is known to be something else than an array. Where nothing is known, the assignment is `balanced`, and `Object.fromEntries` is not used.',
      'The start value is no plain object literal: somebody else may hold the object, or its copies differ from it.',
      'The accumulator is stored, passed on, captured by a closure, changed, or returned within something else: its old copies could be seen.',
      'Another object is spread too (it may have a "__proto__" key), or an accessor or method is defined.',
      'The value is an anonymous function or class, which is named after the key in a literal only.',
      'A second property reads the accumulator, which the first has changed by then.',
      'TypeScript code that gives the accumulator no type with an index signature, or a readonly one: the assignment would not compile.',
      'A `try` could go on after only some of several properties were assigned.',
    ],
  },
  triggers: ['...'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const node of ast.ofKind('CallExpression')) {
      const reducer = readReducer(ast, scope, node);
      if (reducer?.results.some((result) => isGrowingCopy(ast, result, reducer.accumulator.name)) === true)
        reportReducer(ctx, reducer);
    }
    const kind = {
      isUpdate: (assignment: number): boolean =>
        isGrowingCopy(ast, ast.child(assignment, 'right'), ast.value(ast.child(assignment, 'left'))),
      isFreshLiteral: (expression: number): boolean => isPlainObject(ast, expression),
      isPrivateUse: (identifier: number): boolean => isReadOfObject(ast, scope, identifier),
    };
    for (const accumulator of readLoopAccumulators(ast, scope, kind)) reportLoop(ctx, accumulator);
  },
});

function reportReducer(ctx: RuleContext, reducer: Reducer): void {
  const { ast, evidence } = ctx;
  const { accumulator, call } = reducer;
  const common = sharedObstacle(ctx, reducer);
  const specific = common ?? typeObstacle(ast, reducerTypes(ast, reducer)) ?? leafObstacle(ctx, reducer);
  const inPlace =
    specific === undefined
      ? reducerEdits(ast, ctx.rewrite, reducer, (leaf, indent) => assignmentsIn(ctx, leaf, reducer, indent))
      : undefined;
  const rewrite: EntriesRewrite | undefined =
    inPlace === undefined
      ? common === undefined
        ? entriesRewrite(ctx, reducer)
        : undefined
      : {
          edits: inPlace,
          tier: receiverOf(evidence, ast, call).tier,
          evidence: [`${accumulator.name} starts as a literal and never leaves the callback`],
        };
  const receiver = receiverOf(evidence, ast, call);
  ctx.report({
    node: call.call,
    message: `{ ...${accumulator.name}, … } copies all properties so far at every step of ${call.name}()`,
    relies: [accumulator],
    ...(rewrite === undefined
      ? { tier: 'safe', blockedBy: specific ?? `not every path returns ${accumulator.name} or a copy of it` }
      : {
          edits: rewrite.edits,
          tier: rewrite.tier,
          evidence: [receiver.evidence, ...rewrite.evidence],
        }),
  });
}

/** What stands against both rewrites. */
function sharedObstacle(
  { ast, scope, evidence }: RuleContext,
  { accumulator, call, results, start, uses }: Reducer,
): string | undefined {
  if (!isPlainObject(ast, ast.withoutTypes(start))) return 'the start value is not a plain object literal';
  const copies = results.map((result) => leadingSpreadOf(ast, result, accumulator.name));
  const escape = uses.find(
    ({ node }) => !results.includes(node) && !copies.includes(node) && !isReadOfObject(ast, scope, node),
  );
  if (escape !== undefined)
    return `${accumulator.name} is also used in a way that could show its copies: ${ast.source(ast.parent(escape.node)).replace(/\s+/g, ' ').slice(0, 40)}`;
  return receiverOf(evidence, ast, call).isOther ? `${ast.excerpt(call.object)} is not an array` : undefined;
}

function leafObstacle({ ast, scope, evidence }: RuleContext, { accumulator, results }: Reducer): string | undefined {
  const copies = results.filter((result) => leadingSpreadOf(ast, result, accumulator.name) >= 0);
  return copies
    .map((copy) => assignmentObstacle(ast, scope, evidence, copy, accumulator))
    .find((reason) => reason !== undefined);
}

function assignmentsIn(
  { ast, rewrite }: RuleContext,
  leaf: number,
  { accumulator }: Reducer,
  indent: string,
): string[] | undefined {
  return ast.is(leaf, 'ObjectExpression') && leadingSpreadOf(ast, leaf, accumulator.name) >= 0
    ? assignments(ast, rewrite, leaf, accumulator.name, indent)
    : undefined;
}

function reducerTypes(ast: Ast, { call, callback, start }: Reducer): number[] {
  return [
    ...ast.list(ast.child(call.call, 'typeArguments'), 'params'),
    ast.child(ast.list(callback, 'params')[0] ?? none, 'typeAnnotation'),
    ast.child(start, 'typeAnnotation'),
  ].filter((type) => type >= 0);
}

/** In TypeScript `acc[key] = value` compiles only where the type has an index signature that can be written to. */
function typeObstacle(ast: Ast, types: readonly number[]): string | undefined {
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  const isOpen =
    types.length > 0 &&
    types.every(
      (type) => !mayBeReadonly(ast, type) && (!ast.is(type, 'TSTypeLiteral') || ast.source(type).includes('[')),
    );
  return isTyped && !isOpen
    ? 'the assignment might not compile: give the accumulator a type such as Record<string, T>'
    : undefined;
}

function reportLoop(ctx: RuleContext, { binding, updates, blockedBy }: LoopAccumulator): void {
  const { ast } = ctx;
  const annotation = ast.child(ast.child(binding.declarations[0] ?? none, 'typeAnnotation'), 'typeAnnotation');
  const reason =
    blockedBy ??
    typeObstacle(ast, annotation === none ? [] : [annotation]) ??
    updates.map((update) => updateObstacle(ctx, update, binding)).find((one) => one !== undefined);
  ctx.report({
    node: updates[0] ?? none,
    tier: 'safe',
    message: `${binding.name} = { ...${binding.name}, … } copies all properties so far in every round${updates.length > 1 ? ` (${String(updates.length)} places)` : ''}`,
    relies: [binding],
    ...(reason === undefined
      ? {
          edits: updates.map((update) => loopEdit(ctx, update, binding.name)),
          evidence: [`${binding.name} starts as a literal and nothing else holds the object while the loop runs`],
        }
      : { blockedBy: reason }),
  });
}

function updateObstacle(
  { ast, scope, evidence, rewrite }: RuleContext,
  update: number,
  binding: LoopAccumulator['binding'],
): string | undefined {
  const literal = ast.child(update, 'right');
  const isSeveral = addedProperties(ast, literal).length > 1;
  // a throw between two assignments would leave the first one done
  if (
    isSeveral &&
    (isCaughtInFunction(ast, update) || rewrite.isParenthesized(update) || !ast.isInStatementList(ast.parent(update)))
  )
    return 'several properties cannot be assigned here as one step';
  return assignmentObstacle(ast, scope, evidence, literal, binding);
}

/** Only the expression is replaced: the statement keeps its end and its comments. */
function loopEdit({ ast, rewrite }: RuleContext, update: number, name: string): Edit {
  const start = ast.start(update);
  const indent = rewrite.indentAt(start);
  const lines = assignments(ast, rewrite, ast.child(update, 'right'), name, indent);
  const separator = `${rewrite.semicolon}${rewrite.eol}${indent}`;
  return { start, end: ast.end(update), text: lines.join(separator) };
}
