import { type Ast, none } from '../../engine/ast.ts';
import type { Tier } from '../../engine/finding.ts';
import { isCaughtInFunction, isDeclaredBefore } from '../../engine/idioms/loop-accumulator.ts';
import { isOwnVariable, outermostLoop } from '../../engine/idioms/loop-region.ts';
import { readReducer, receiverOf } from '../../engine/idioms/reducer.ts';
import { movedArgument } from '../../engine/rewriting/moved-source.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import type { Binding } from '../../engine/scope/scope.ts';
import { type GroupUpdate, readGroupUpdate } from './group-update.ts';

export default defineRule({
  meta: {
    id: 'acc-group-spread',
    group: 'copy-accumulate',
    summary: '`groups[key] = [...(groups[key] ?? []), x]` → `(groups[key] ??= []).push(x)`',
    why: 'The spread copies the whole group for every element that joins it, so a group of n elements costs n²/2 copies. The object starts as `{}`, nobody else holds it, and nobody takes a group out of it before the loop ends, so no one can tell a grown group from a new one.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A4'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    example: {
      before: `interface Order {
  readonly id: string;
  readonly customer: string;
}

export function idsByCustomer(orders: readonly Order[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const order of orders) {
    groups[order.customer] = [...(groups[order.customer] ?? []), order.id];
  }
  return groups;
}
`,
      after: `interface Order {
  readonly id: string;
  readonly customer: string;
}

export function idsByCustomer(orders: readonly Order[]): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const order of orders) {
    (groups[order.customer] ??= []).push(order.id);
  }
  return groups;
}
`,
    },
    stays: [
      'The object is a parameter, exported, used by a closure, or does not start as `{}` or `Object.create(null)`.',
      'Before the loop ends, a group is read, passed on or stored, or the object is used for more than `key in groups`: an old copy could be seen.',
      'The key may have effects, or is not written in the same way twice.',
      'What is added is computed from the groups, or may throw where the function catches it: the empty group would be there already.',
      'Several arrays are spread, or the value of the assignment is used.',
      'The groups have a `readonly` type, or a comment stands in the assignment.',
      'What is added calls something or may throw, and the keys are any texts: level balanced takes it that none is `constructor` or another name that every object has.',
    ],
  },
  triggers: ['...'],
  find(ctx) {
    const seen = new Set<Binding>();
    for (const assignment of ctx.ast.ofKind('AssignmentExpression')) {
      const update = readGroupUpdate(ctx, assignment);
      if (update === undefined || seen.has(update.groups)) continue;
      seen.add(update.groups);
      report(ctx, update);
    }
  },
});

/** Where a variable collects groups: the last node that runs before anybody may look at them. */
interface Collection {
  readonly end: number;
  readonly tier: Tier;
  /** The object inherits nothing. */
  readonly isBare: boolean;
  readonly evidence: string;
  /** Uses that leave the callback of a reducer with the groups. */
  readonly results: readonly number[];
}

function report(ctx: RuleContext, first: GroupUpdate): void {
  const { groups } = first;
  const collection = reducerOf(ctx, groups) ?? loopOf(ctx, first);
  if (collection === undefined) return;
  const updates = updatesOf(ctx, groups, collection);
  const blockedBy = obstacle(ctx, groups, collection, updates);
  // of an inherited name such as `constructor` both throw, but the original before it computes what is added
  const isCertain = collection.isBare || updates.every((update) => isOwnKey(ctx, update) || isCalm(ctx, update));
  const edits = blockedBy === undefined ? updates.map((update) => updateEdit(ctx, update)) : [undefined];
  const assumed = isCertain
    ? []
    : ['assumed: no key is the name of something that every object has, such as constructor'];
  ctx.report({
    node: first.assignment,
    tier: isCertain ? collection.tier : 'balanced',
    message: 'the whole group is copied for every element that joins it; push() adds to the same array',
    relies: [groups],
    ...(edits.includes(undefined)
      ? { blockedBy: blockedBy ?? 'the code around it leaves no room for the rewrite' }
      : { edits: edits.filter((edit) => edit !== undefined), evidence: [collection.evidence, ...assumed] }),
  });
}

function updatesOf(ctx: RuleContext, groups: Binding, { end }: Collection): GroupUpdate[] {
  return ctx.ast
    .ofKind('AssignmentExpression')
    .map((assignment) => readGroupUpdate(ctx, assignment))
    .filter((update) => update !== undefined)
    .filter((update) => update.groups === groups && update.assignment <= end);
}

function obstacle(
  ctx: RuleContext,
  groups: Binding,
  { end, results }: Collection,
  updates: readonly GroupUpdate[],
): string | undefined {
  const { ast } = ctx;
  const other = groups.references.find(
    ({ node, init }) =>
      !init &&
      node <= end &&
      !updates.some((update) => update.uses.includes(node)) &&
      !results.includes(node) &&
      !isMembershipTest(ast, node),
  );
  if (other !== undefined)
    return `${groups.name} is used otherwise before the loop ends: ${ast.excerpt(ast.statement(other.node))}`;
  return (
    typeObstacle(ast, groups) ?? updates.map((update) => updateObstacle(ctx, update)).find((one) => one !== undefined)
  );
}

function updateObstacle(ctx: RuleContext, update: GroupUpdate): string | undefined {
  const { ast, scope, purity } = ctx;
  const [start, end] = [ast.start(update.assignment), ast.end(update.assignment)];
  if (ast.tree.comments.some((comment) => start < comment.start && comment.start < end))
    return 'a comment stands in the assignment';
  if (!purity.isPure(update.key)) return `computing ${ast.excerpt(update.key)} may have effects`;
  if (update.added.some((node) => scope.referencesWithin(update.groups, node).length > 0))
    return `what is added is computed from ${update.groups.name}`;
  return isCaughtInFunction(ast, update.assignment) && !isCalm(ctx, update)
    ? 'what is added may throw, and an empty group would be left behind'
    : undefined;
}

/** What is added can't throw, nor do anything else. */
function isCalm({ purity }: RuleContext, { added }: GroupUpdate): boolean {
  return added.every((node) => purity.isNonThrowing(node));
}

/** No inherited name: a number, or a text that starts with what no such name starts with. */
function isOwnKey({ ast, evidence }: RuleContext, { target, key }: GroupUpdate): boolean {
  if (key === none) return !(ast.value(ast.child(target, 'property')) in {});
  const text = ast.string(key);
  return evidence.is(key, 'number') || (text !== undefined && !(text in {}));
}

/** The groups are the accumulator of `reduce`, and only the callback has them until it ends. */
function reducerOf({ ast, scope, evidence }: RuleContext, groups: Binding): Collection | undefined {
  const callback = ast.parent(groups.declarations[0] ?? none);
  const reducer = groups.kind === 'parameter' ? readReducer(ast, scope, ast.parent(callback)) : undefined;
  if (reducer?.accumulator !== groups || !isFreshObject(ast, ast.withoutTypes(reducer.start))) return undefined;
  if (!reducer.results.every((result) => ast.isIdentifier(result, groups.name))) return undefined;
  const receiver = receiverOf(evidence, ast, reducer.call);
  if (receiver.isOther) return undefined;
  return {
    end: ast.last(reducer.callback),
    tier: receiver.tier,
    isBare: false,
    evidence: receiver.evidence,
    results: reducer.results,
  };
}

/** The groups are a variable of their own that a loop of the same function fills. */
function loopOf({ ast, scope }: RuleContext, { groups, assignment }: GroupUpdate): Collection | undefined {
  const loop = outermostLoop(ast, assignment, groups);
  const init = ast.withoutTypes(scope.initializer(groups));
  const isBare = isBareObject({ ast, scope }, init);
  const isFresh = isFreshObject(ast, init) || isBare;
  if (loop === none || !isFresh || !isOwnVariable(ast, groups) || !isDeclaredBefore(ast, groups, assignment))
    return undefined;
  if (groups.references.some(({ fn }) => fn !== groups.fn)) return undefined;
  const loops = groups.references.map(({ node }) => outermostLoop(ast, node, groups));
  const evidence = `${groups.name} starts empty and nothing else holds it while the loop runs`;
  return { end: Math.max(...loops.map((one) => ast.last(one))), tier: 'safe', isBare, evidence, results: [] };
}

function isFreshObject(ast: Ast, node: number): boolean {
  return ast.is(node, 'ObjectExpression') && ast.children(node).length === 0;
}

/** `Object.create(null)` */
function isBareObject({ ast, scope }: Pick<RuleContext, 'ast' | 'scope'>, node: number): boolean {
  const call = ast.methodCall(node, 'create');
  const [prototype = none, ...more] = call?.args ?? [];
  return (
    call !== undefined && scope.isGlobal(call.object, 'Object') && ast.is(prototype, 'NullLiteral') && more.length === 0
  );
}

/** `key in groups` */
function isMembershipTest(ast: Ast, node: number): boolean {
  const parent = ast.parent(node);
  return ast.is(parent, 'BinaryExpression') && ast.value(parent) === 'in' && ast.field(node) === 'right';
}

function typeObstacle(ast: Ast, groups: Binding): string | undefined {
  const declarator = ast.parent(groups.declarations[0] ?? none);
  // of a reducer the whole call is looked at: the type may stand at the call, the parameter or the start value
  const place = groups.kind === 'parameter' ? ast.parent(declarator) : declarator;
  return /\b[rR]eadonly(Array)?\b/.test(ast.source(place))
    ? `the groups of ${groups.name} may have a readonly type`
    : undefined;
}

function updateEdit({ ast, rewrite }: RuleContext, update: GroupUpdate): ReturnType<typeof rewrite.replace> {
  const indent = rewrite.indentAt(ast.start(update.assignment));
  const added = update.added.map((node) => movedArgument(ast, rewrite, node, indent)).join(', ');
  const group = ast.source(update.target);
  return rewrite.replace(update.assignment, `(${group} ${update.operator}= []).push(${added})`, 'call');
}
