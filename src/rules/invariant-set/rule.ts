import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { changeWithin } from '../../engine/hoisting/array-changes.ts';
import {
  declareAt,
  isShadowed,
  type Lookup,
  planLookups,
  type Search,
  searchedArray,
} from '../../engine/hoisting/lookups.ts';
import { variableUse } from '../../engine/idioms/variable-uses.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'invariant-set',
    group: 'loop-invariant',
    summary: '`new Set(xs).has(x)` in a loop or a callback → one Set before it',
    why:
      'The same array is made into a Set in every round, which costs more than searching it. Where nothing changes the array until the last ' +
      'round is over, and the Set is only asked, one Set gives the same answers for all rounds.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A1', 'A2', 'A3', 'A5'],
    complexity: { before: 'O(n·m)', after: 'O(n + m)' },
    example: {
      before: [
        'export function common(words: string[], others: string[]): string[] {',
        '  return words.filter((word) => new Set(others).has(word));',
        '}',
        '',
      ].join('\n'),
      after: [
        'export function common(words: string[], others: string[]): string[] {',
        '  const othersSet = new Set(others);',
        '  return words.filter((word) => othersSet.has(word));',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The Set is changed, iterated, passed on or kept: it is used for more than `has` and `size`.',
      'What it is made of is not a variable that keeps its array, or belongs to the round.',
      'Something in the loop changes the array, or might: unknown calls, `await`, writes to what may be the same array.',
      'The callback may run later or never: the method is not one of a known array, or the callback is `async`.',
      'The loop itself runs only under a condition and has no block of its own: the Set would be built in vain.',
    ],
  },
  triggers: ['Set'],
  find(ctx) {
    if (isShadowed(ctx, 'Set')) return;
    const searches = ctx.ast.ofKind('NewExpression').map((node) => searchOf(ctx, node));
    const { lookups, blocked } = planLookups(
      ctx,
      searches.filter((search) => search !== undefined),
      ({ binding }, region) => changeWithin(ctx, binding, region),
    );
    for (const { search, reason } of blocked)
      ctx.report({ node: search.call, message: message(search), blockedBy: reason });
    for (const lookup of lookups) report(ctx, lookup);
  },
});

/** `new Set(xs)` that is only asked. */
function searchOf(ctx: RuleContext, node: number): Search | undefined {
  const { ast, scope } = ctx;
  const [object = none, ...more] = ast.list(node, 'arguments');
  if (!scope.isGlobal(ast.child(node, 'callee'), 'Set') || more.length > 0 || !isOnlyAsked(ctx, node)) return undefined;
  const binding = searchedArray(ctx, object);
  return binding === undefined ? undefined : { call: node, object, binding, share: ast.source(node), outlives: false };
}

function isOnlyAsked(ctx: RuleContext, node: number): boolean {
  const { ast, scope } = ctx;
  const parent = ast.parent(node);
  if (ast.is(parent, 'MemberExpression')) return ast.field(node) === 'object' && isQuestion(ast, parent);
  const binding = ast.is(parent, 'VariableDeclarator') ? scope.bindingOf(ast.child(parent, 'id')) : undefined;
  return (
    binding !== undefined &&
    !binding.exported &&
    !scope.isReassigned(binding) &&
    binding.references.every(({ node: use, init }) => init || isAsked(ast, use))
  );
}

function isAsked(ast: Ast, identifier: number): boolean {
  const use = variableUse(ast, identifier);
  return (use.kind === 'call' && use.call.name === 'has') || (use.kind === 'property' && use.name === 'size');
}

/** `….has(x)` or `….size` */
function isQuestion(ast: Ast, member: number): boolean {
  const isSize = ast.memberObject(member, 'size') !== none && !ast.is(ast.parent(member), 'AssignmentExpression');
  return isSize || ast.methodCall(ast.parent(member), 'has')?.member === member;
}

function message({ binding }: Search): string {
  return `a Set of ${binding.name} is built in every round; one before the loop gives the same answers`;
}

function report(ctx: RuleContext, { binding, place, searches }: Lookup<Search>): void {
  const { ast, evidence, rewrite } = ctx;
  const [first] = searches;
  if (first === undefined) return;
  const name = rewrite.freshName(`${binding.name}Set`, place.node);
  const inserted = declareAt(ctx, place, `const ${name} = ${ast.source(first.call)}`);
  const edits: (Edit | undefined)[] = [
    ...(inserted ?? [undefined]),
    ...searches.map(({ call }) => rewrite.replace(call, name, 'primary')),
  ];
  ctx.report({
    node: first.call,
    message: message(first),
    evidence: [
      evidence.describe(first.object) ?? ast.excerpt(first.object),
      `nothing changes ${binding.name} until the loop is over`,
    ],
    relies: [binding],
    ...(edits.includes(undefined)
      ? { blockedBy: 'there is no place for a statement before the loop' }
      : { edits: edits.filter((edit) => edit !== undefined) }),
  });
}
