import { type Ast, none } from '../../engine/ast.ts';
import { isDeclaredBefore, mayMissCodeBehind } from '../../engine/idioms/loop-accumulator.ts';
import { isOwnVariable, outermostLoop } from '../../engine/idioms/loop-region.ts';
import type { Edit } from '../../engine/edit.ts';
import { fewItems } from '../../engine/hoisting/short-array.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import type { Binding } from '../../engine/scope/scope.ts';

export default defineRule({
  meta: {
    id: 'acc-unshift',
    group: 'copy-accumulate',
    summary: '`list.unshift(x)` in a loop → `list.push(x)` and one `list.reverse()` behind the loop',
    why: 'unshift() moves all elements so far by one place in every round, so n rounds move n²/2 elements. The array is a fresh one that nobody else holds and that nobody reads before the loop ends, so it may be filled from the other end and turned round once.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A4'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    example: {
      before: `interface Folder {
  readonly name: string;
  readonly parent?: Folder;
}

export function pathOf(folder: Folder): string {
  const names: string[] = [];
  for (let at: Folder | undefined = folder; at !== undefined; at = at.parent) {
    names.unshift(at.name);
  }
  return names.join('/');
}
`,
      after: `interface Folder {
  readonly name: string;
  readonly parent?: Folder;
}

export function pathOf(folder: Folder): string {
  const names: string[] = [];
  for (let at: Folder | undefined = folder; at !== undefined; at = at.parent) {
    names.push(at.name);
  }
  names.reverse();
  return names.join('/');
}
`,
    },
    stays: [
      'The array is read, returned, passed on or changed in another way before the loop ends: it would be seen the wrong way round.',
      'A closure uses the array: it may run between two rounds.',
      'Something is in the array before the loop, or it is a parameter, a property or exported.',
      'Several elements are added at once, or the new length that `unshift` gives is used.',
      'A labelled jump, or a `try` around the loop, could skip the reverse().',
      'The loop stands where no statement can be put behind it, or counts up to a small number.',
    ],
  },
  triggers: ['unshift'],
  find(ctx) {
    const found = new Map<Binding, number[]>();
    for (const node of ctx.ast.ofKind('CallExpression')) {
      const binding = growingAtFront(ctx, node);
      if (binding !== undefined) found.set(binding, [...(found.get(binding) ?? []), node]);
    }
    for (const [binding, calls] of found) report(ctx, binding, calls);
  },
});

/** The variable of `list.unshift(x)` in a loop that keeps it, when it starts as `[]`. */
function growingAtFront({ ast, scope }: RuleContext, node: number): Binding | undefined {
  const method = ast.methodCall(node, 'unshift');
  const binding = method !== undefined && ast.isIdentifier(method.object) ? scope.bindingOf(method.object) : undefined;
  if (method === undefined || binding === undefined || outermostLoop(ast, node, binding) === none) return undefined;
  if (isOfFewRounds(ast, outermostLoop(ast, node, binding))) return undefined;
  const init = ast.withoutTypes(scope.initializer(binding));
  return ast.is(init, 'ArrayExpression') && ast.children(init).length === 0 ? binding : undefined;
}

/** `for (let i = 0; i < 4; i++)` */
function isOfFewRounds(ast: Ast, loop: number): boolean {
  const test = ast.child(loop, 'test');
  const limit =
    ast.is(loop, 'ForStatement') && /^<=?$/.test(ast.value(test)) ? ast.number(ast.child(test, 'right')) : none;
  return limit !== undefined && limit >= 0 && limit < fewItems;
}

function report(ctx: RuleContext, binding: Binding, calls: readonly number[]): void {
  const { ast } = ctx;
  const blockedBy = obstacle(ast, binding, calls);
  const edits = blockedBy === undefined ? editsFor(ctx, binding, calls) : undefined;
  ctx.report({
    node: calls[0] ?? none,
    message: `${binding.name}.unshift() moves all elements so far in every round; push() and one reverse() behind the loop do not`,
    relies: [binding],
    ...(isCalled(ast, binding, 'shift')
      ? { doubt: `${binding.name} is a stack that grows at its front: one that grows at its end needs neither` }
      : {}),
    ...(edits === undefined
      ? { blockedBy: blockedBy ?? 'no statement can be put behind the loop' }
      : { edits, evidence: [`${binding.name} starts empty, and nobody sees it before the loop ends`] }),
  });
}

/** Whether elements are taken from the front again. */
function isCalled(ast: Ast, { references }: Binding, name: string): boolean {
  return references.some(({ node }) => ast.methodCall(ast.parent(ast.parent(node)), name)?.object === node);
}

function obstacle(ast: Ast, binding: Binding, calls: readonly number[]): string | undefined {
  const { name } = binding;
  const [first = none] = calls;
  if (!isOwnVariable(ast, binding) || !isDeclaredBefore(ast, binding, first))
    return `${name} is exported, global to other scripts, or may not have been made yet`;
  if (binding.references.some(({ fn }) => fn !== binding.fn)) return `${name} is used by a closure`;
  if (calls.some((call) => !isPlainUnshift(ast, call)))
    return `${name}.unshift() adds several elements at once, or its result is used`;
  const loops = new Set(calls.map((call) => outermostLoop(ast, call, binding)));
  const [loop = none] = loops;
  if (loops.size > 1) return `several loops add to ${name}`;
  const early = binding.references.filter(({ node, init }) => !init && node <= ast.last(loop));
  if (early.length > calls.length) return `${name} is used before the loop ends, where it would be the wrong way round`;
  return mayMissCodeBehind(ast, loop) ? 'a labelled jump or a try may skip what stands behind the loop' : undefined;
}

function isPlainUnshift(ast: Ast, call: number): boolean {
  const [argument = none, ...more] = ast.list(call, 'arguments');
  return (
    more.length === 0 &&
    argument !== none &&
    !ast.is(argument, 'SpreadElement') &&
    ast.is(ast.parent(call), 'ExpressionStatement')
  );
}

function editsFor({ ast, rewrite }: RuleContext, binding: Binding, calls: readonly number[]): Edit[] | undefined {
  const [first = none] = calls;
  const reverse = rewrite.insertAfter(outermostLoop(ast, first, binding), `${binding.name}.reverse()`);
  if (reverse === undefined) return undefined;
  const renames = calls.map((call) => {
    const name = ast.child(ast.child(call, 'callee'), 'property');
    return { start: ast.start(name), end: ast.end(name), text: 'push' };
  });
  return [...renames, reverse];
}
