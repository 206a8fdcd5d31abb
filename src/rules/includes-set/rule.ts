import type { Ast, MethodCall } from '../../engine/ast.ts';
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
import { isShortArray } from '../../engine/hoisting/short-array.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'includes-set',
    group: 'membership',
    summary: '`xs.includes(x)` in a loop → `new Set(xs)` before the loop, `has(x)` in it',
    why:
      'An array is searched from the front in every round of a loop or callback: n rounds over m elements. A Set built once before the loop ' +
      'answers by hash. `includes` and `has` compare in the same way (SameValueZero), and both see holes as undefined. The Set is a ' +
      'copy, so nothing may change the array until the last round is over (writing a property by its name is taken to run no ' +
      'setter, as reading one under A1). Building it costs as much as some dozens of short searches: below 30 to 40 elements ' +
      'and rounds it loses a few hundred nanoseconds, hence level balanced.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    assumes: ['A1', 'A2', 'A3', 'A5'],
    complexity: { before: 'O(n·m)', after: 'O(n + m)' },
    breakEven: 40,
    breakEvenOf: 'rounds',
    tierWhenMany: 'safe',
    example: {
      before: [
        'interface User { id: number; name: string }',
        '',
        'export function withoutBlocked(users: User[], blockedIds: number[]): User[] {',
        '  return users.filter((user) => !blockedIds.includes(user.id));',
        '}',
        '',
      ].join('\n'),
      after: [
        'interface User { id: number; name: string }',
        '',
        'export function withoutBlocked(users: User[], blockedIds: number[]): User[] {',
        '  const blockedIdsSet = new Set(blockedIds);',
        '  return users.filter((user) => !blockedIdsSet.has(user.id));',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The array is made outside of the function that the loop is in: what is built would be built in every call, perhaps for a few rounds.',
      'The array is not known to be one: strings have an `includes` of their own.',
      'The array, or the list that the loop runs over, is a literal of fewer than 16 elements: a Set would lose.',
      'Something in the loop changes the array, or might: unknown calls, `await`, writes to what may be the same array.',
      'The array is not known at the place before the loop (assigned in it, or only a guard inside the loop says what it is).',
      'The callback may run later or never: the method is not one of a known array, or the callback is `async`.',
      'The loop itself runs only under a condition and has no block of its own: the Set would be built in vain.',
      '`includes` has a start position.',
    ],
  },
  triggers: ['includes'],
  find(ctx) {
    if (isShadowed(ctx, 'Set')) return;
    const searches = ctx.ast.ofKind('CallExpression').map((call) => searchOf(ctx, call));
    const { lookups, blocked } = planLookups(
      ctx,
      searches.filter((search) => search !== undefined),
      ({ binding }, region) => changeWithin(ctx, binding, region),
    );
    for (const { search, reason } of blocked) reportBlocked(ctx, search, reason);
    for (const lookup of lookups) report(ctx, lookup);
  },
});

interface IncludesSearch extends Search {
  readonly method: MethodCall;
}

/** `xs.includes(x)` on a variable that keeps its array. */
function searchOf(ctx: RuleContext, call: number): IncludesSearch | undefined {
  const { ast } = ctx;
  const method = ast.methodCall(call, 'includes');
  if (method?.args.length !== 1 || method.args.some((argument) => ast.is(argument, 'SpreadElement'))) return undefined;
  const binding = searchedArray(ctx, method.object);
  return binding === undefined || isShortArray(ctx, method.object)
    ? undefined
    : { method, call, object: method.object, binding, share: '' };
}

function message(name: string): string {
  return `${name} is searched from the front in every round; a Set built before the loop answers at once`;
}

function reportBlocked(ctx: RuleContext, { method, binding }: IncludesSearch, blockedBy: string): void {
  const { ast, evidence } = ctx;
  ctx.report({
    node: method.call,
    // it grows or changes meanwhile: a Set would have to be kept beside it
    message: `${binding.name} is searched from the front in every round; a Set beside it answers at once`,
    evidence: [evidence.describe(method.object) ?? ast.excerpt(method.object)],
    blockedBy,
  });
}

function report(ctx: RuleContext, { binding, place, searches }: Lookup<IncludesSearch>): void {
  const { ast, evidence, rewrite } = ctx;
  const [first] = searches;
  if (first === undefined) return;
  const name = rewrite.freshName(`${binding.name}Set`, place.node);
  const inserted = declareAt(ctx, place, `const ${name} = new Set(${binding.name})`);
  const replaced = searches.flatMap(({ method }): Edit[] => [
    { start: ast.start(method.object), end: ast.end(method.object), text: name },
    { start: ast.start(property(ast, method)), end: ast.end(property(ast, method)), text: 'has' },
  ]);
  ctx.report({
    node: first.method.call,
    message: message(binding.name),
    evidence: [
      evidence.describe(first.method.object) ?? ast.excerpt(first.method.object),
      `nothing changes ${binding.name} until the loop is over`,
      'assumed that it and the loop are not small (more than some 40)',
    ],
    relies: [binding],
    ...(inserted === undefined
      ? { blockedBy: 'there is no place for a statement before the loop' }
      : { edits: [...inserted, ...replaced] }),
  });
}

function property(ast: Ast, { member }: MethodCall): number {
  return ast.child(member, 'property');
}
