import { none } from '../../engine/ast.ts';
import {
  capitalized,
  type KeySearch,
  lookupEdits,
  lookupEvidence,
  planKeyLookups,
} from '../../engine/hoisting/key-lookups.ts';
import { isShadowed, type Lookup } from '../../engine/hoisting/lookups.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'some-join-set',
    group: 'membership',
    summary: '`ys.some((y) => y.id === x.id)` in a loop → a Set of the ids before the loop, `has(x.id)` in it',
    why:
      'For every round the array is searched for an element with a key: n rounds over m elements. A Set of all keys, built once before the ' +
      'loop, answers by hash. It holds copies of the keys, so neither the array nor a key may change until the last round is over. ' +
      'Building it costs as much as some dozens of short searches, hence level balanced. A key that is a number might be NaN, which ' +
      '=== never finds: such code is left to level aggressive.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'aggressive',
    lowestTier: 'balanced',
    assumes: ['A1', 'A2', 'A3', 'A5'],
    complexity: { before: 'O(n·m)', after: 'O(n + m)' },
    breakEven: 40,
    breakEvenOf: 'rounds',
    tierWhenMany: 'safe',
    example: {
      before: [
        'interface User { login: string; name: string }',
        '',
        'export function newUsers(users: User[], known: User[]): User[] {',
        '  return users.filter((user) => !known.some((other) => other.login === user.login));',
        '}',
        '',
      ].join('\n'),
      after: [
        'interface User { login: string; name: string }',
        '',
        'export function newUsers(users: User[], known: User[]): User[] {',
        '  const knownLogins = new Set(known.map((other) => other.login));',
        '  return users.filter((user) => !knownLogins.has(user.login));',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The array is made outside of the function that the loop is in: what is built would be built in every call, perhaps for a few rounds.',
      'The elements are not known to be objects: reading the key of a missing one throws only when it is reached.',
      'The key that is sought may be missing, may be an object, or is computed by code that may throw or do more.',
      'The keys of both sides may be of different types in TypeScript.',
      'The function does more than compare one property by `===`.',
      'The array, or the list that the loop runs over, is a literal of fewer than 16 elements.',
      'Something in the loop changes the array or a property of the name of the key, or might: unknown calls, `await`.',
      'The loop itself runs only under a condition and has no block of its own, or the callback may run later.',
    ],
  },
  triggers: ['some'],
  find(ctx) {
    if (isShadowed(ctx, 'Set')) return;
    const { lookups, blocked } = planKeyLookups(ctx, 'some');
    for (const { search, reason } of blocked)
      ctx.report({ node: search.call, tier: 'balanced', message: message(search), blockedBy: reason });
    for (const lookup of lookups) report(ctx, lookup);
  },
});

function message({ binding, equality }: KeySearch): string {
  return `${binding.name} is searched for a ${equality.key} in every round; a Set built before the loop answers at once`;
}

function report(ctx: RuleContext, lookup: Lookup<KeySearch>): void {
  const { binding, place, searches } = lookup;
  const [first] = searches;
  if (first === undefined) return;
  const { item, key } = first.equality;
  // `users` and `id` make `userIds`
  const wish = `${binding.name.replace(/(?<=[a-z]{2})s$/, '')}${capitalized(key)}s`;
  const name = ctx.rewrite.freshName(wish, place.node);
  const declaration = `const ${name} = new Set(${binding.name}.map((${item}) => ${item}.${key}))`;
  const edits = lookupEdits(ctx, lookup, declaration, (other) => `${name}.has(${other})`);
  const { lines, hasNumbers } = lookupEvidence(ctx, lookup);
  ctx.report({
    node: searches[0]?.call ?? none,
    tier: hasNumbers ? 'aggressive' : 'balanced',
    ...(hasNumbers && { tierWhenMany: 'aggressive' }),
    message: message(first),
    evidence: [...lines, 'assumed that it and the loop are not small (more than some 40)'],
    relies: [binding],
    ...(edits === undefined ? { blockedBy: 'there is no place for a statement before the loop' } : { edits }),
  });
}
