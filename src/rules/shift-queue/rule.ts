import type { Ast } from '../../engine/ast.ts';
import { type DrainedArray, isPlainPush, readDrainedArray } from '../../engine/idioms/drained-array.ts';
import type { Edit } from '../../engine/edit.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import type { Binding } from '../../engine/scope/scope.ts';
import { variableUse } from '../../engine/idioms/variable-uses.ts';
import { lengthEdit } from './length-edits.ts';
import { QueueProof } from './queue-proof.ts';

export default defineRule({
  meta: {
    id: 'shift-queue',
    group: 'queue',
    summary: '`while (queue.length) { const x = queue.shift(); … }` → a head index',
    why: 'shift() moves all remaining elements by one place; somewhere between 10,000 and 20,000 elements V8 begins to copy them each time (measured), and draining a queue becomes quadratic. An index that moves over the array visits the same elements. The array is a local one that nobody else holds and that is not used after the loop, so no one can tell that consumed elements are still in it; they stay in memory until the loop ends.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A2', 'A3', 'A4'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    example: {
      before: `interface TreeNode {
  readonly name: string;
  readonly children: readonly TreeNode[];
}

export function namesByLevel(root: TreeNode): string[] {
  const names: string[] = [];
  const queue = [root];
  while (queue.length > 0) {
    const node = queue.shift()!;
    names.push(node.name);
    node.children.forEach((child) => queue.push(child));
  }
  return names;
}
`,
      after: `interface TreeNode {
  readonly name: string;
  readonly children: readonly TreeNode[];
}

export function namesByLevel(root: TreeNode): string[] {
  const names: string[] = [];
  const queue = [root];
  let head = 0;
  while (head < queue.length) {
    const node = queue[head++]!;
    names.push(node.name);
    node.children.forEach((child) => queue.push(child));
  }
  return names;
}
`,
    },
    stays: [
      'The queue is a parameter, a property, exported, or not known to be an array of its own: somebody else would see that it is not emptied.',
      'It is used after the loop, where the consumed elements would still be in it.',
      'In the loop it is used for more than `length`, `push`, `shift` and `[0]`: `unshift`, `pop`, iteration, passing it on.',
      'A closure does more than push to it.',
      '`shift()` might find the queue empty: several of them in one round, or a test that does not ask for the length.',
      'The element is called at once (`tasks.shift()()`): it would get the array as `this`.',
      'The result of `push` is used: the new length counts the consumed elements.',
      'The loop stands where no statement can be put before it.',
      'Loops with `await` or `yield`, and queues that live longer than one drain, need the level balanced: consumed elements stay in memory for as long as the loop runs.',
    ],
  },
  triggers: ['shift'],
  find(ctx) {
    const seen = new Set<Binding>();
    for (const node of ctx.ast.ofKind('CallExpression')) {
      const call = ctx.ast.methodCall(node, 'shift');
      const queue =
        call?.args.length === 0 ? readDrainedArray(ctx.ast, ctx.scope, ctx.evidence, call.object) : undefined;
      if (queue === undefined || seen.has(queue.binding)) continue;
      seen.add(queue.binding);
      report(ctx, queue, node);
    }
  },
});

function report(ctx: RuleContext, queue: DrainedArray, first: number): void {
  const { binding, region } = queue;
  const shifts = shiftsOf(ctx, queue);
  const proof = new QueueProof(ctx.ast, ctx.scope, queue, shifts);
  const blockedBy = queue.blockedBy ?? useObstacle(ctx, queue) ?? emptyObstacle(shifts, proof, binding.name);
  const edits = blockedBy === undefined ? editsFor(ctx, queue) : undefined;
  const isShort =
    proof.isSafe(first) &&
    (proof.isDrain(region) || ctx.ast.within(first, ctx.ast.child(region, 'test'))) &&
    !isInterrupted(ctx.ast, region);
  ctx.report({
    node: first,
    tier: isShort ? 'safe' : 'balanced',
    message: `${binding.name}.shift() moves all remaining elements in every round; an index that moves over ${binding.name} does not`,
    relies: [binding],
    ...(edits === undefined && !isDrain(ctx.ast, queue)
      ? { doubt: `the loop does not run until ${binding.name} is empty: how many elements lie behind is not known` }
      : {}),
    ...(edits === undefined
      ? { blockedBy: blockedBy ?? 'no statement can be put before the loop' }
      : {
          edits,
          evidence: [
            `${binding.name} is a local array that is not used after the loop`,
            ...(isShort ? [] : ['assumed: the elements taken may stay in memory until the loop ends']),
          ],
        }),
  });
}

/** The loop asks for what is left, and nothing is put back at the front. */
function isDrain(ast: Ast, { binding, region, uses }: DrainedArray): boolean {
  const test = ast.child(region, 'test');
  const isAsked = uses.some(({ node }) => ast.within(node, test));
  const isStack = binding.references.some(
    ({ node }) => ast.methodCall(ast.parent(ast.parent(node)), 'unshift')?.object === node,
  );
  return isAsked && !isStack;
}

function shiftsOf({ ast }: RuleContext, { uses }: DrainedArray): number[] {
  return uses.flatMap(({ node }) => {
    const use = variableUse(ast, node);
    return use.kind === 'call' && use.call.name === 'shift' ? [use.node] : [];
  });
}

/** Whatever a head index can't stand for, or would show the consumed elements. */
function useObstacle({ ast }: RuleContext, { binding, uses }: DrainedArray): string | undefined {
  for (const { node } of uses) {
    if (isPlainPush(ast, node)) continue;
    const use = variableUse(ast, node);
    if (use.kind === 'property' && use.name === 'length') continue;
    if (use.kind === 'element' && ast.number(use.index) === 0) continue;
    if (use.kind !== 'call' || use.call.name !== 'shift' || use.call.args.length > 0)
      return `in the loop ${binding.name} is also used as ${ast.source(ast.parent(node)).replace(/\s+/g, ' ').slice(0, 40)}`;
    if (isCalledAtOnce(ast, use.node)) return 'the element taken is called at once and would get the array as `this`';
  }
  return undefined;
}

function isCalledAtOnce(ast: Ast, shift: number): boolean {
  let at = shift;
  while (
    ast.is(
      ast.parent(at),
      'TSNonNullExpression',
      'TSAsExpression',
      'TSSatisfiesExpression',
      'TSTypeAssertion',
      'ChainExpression',
    )
  )
    at = ast.parent(at);
  return ['callee', 'tag'].includes(ast.field(at)) && !ast.is(ast.parent(at), 'NewExpression');
}

function emptyObstacle(shifts: readonly number[], proof: QueueProof, name: string): string | undefined {
  return shifts.every((shift) => proof.isSafe(shift))
    ? undefined
    : `${name}.shift() may find the queue empty: take one element for each test of ${name}.length`;
}

/** Other work can go on between two rounds, for as long as it likes. */
function isInterrupted(ast: Ast, region: number): boolean {
  const waits = ['AwaitExpression', 'YieldExpression'].some((kind) => ast.ofKindWithin(kind, region).length > 0);
  return waits || ast.ofKindWithin('ForOfStatement', region).some((loop) => ast.has(loop, 'await'));
}

function editsFor(ctx: RuleContext, { binding, region, uses }: DrainedArray): Edit[] | undefined {
  const { ast, rewrite } = ctx;
  const head = rewrite.freshName('head', region);
  const edits = [
    rewrite.insertBefore(region, `let ${head} = 0`),
    ...uses.filter(({ node }) => !isPlainPush(ast, node)).map(({ node }) => useEdit(ctx, node, binding.name, head)),
  ];
  return edits.includes(undefined) ? undefined : edits.filter((edit) => edit !== undefined);
}

function useEdit({ ast, rewrite }: RuleContext, identifier: number, queue: string, head: string): Edit | undefined {
  const use = variableUse(ast, identifier);
  if (use.kind === 'property') return lengthEdit(ast, rewrite, use.node, queue, head);
  if (use.kind === 'element') return { start: ast.start(use.index), end: ast.end(use.index), text: head };
  const isDropped = ast.is(ast.parent(use.node), 'ExpressionStatement');
  return isDropped
    ? rewrite.replace(use.node, `${head}++`, 'postfix')
    : rewrite.replace(use.node, `${queue}[${head}++]`, 'call');
}
