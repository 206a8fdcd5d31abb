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
    id: 'find-join-map',
    group: 'membership',
    summary: '`ys.find((y) => y.id === x.id)` in a loop → a Map by id before the loop, `get(x.id)` in it',
    why:
      'For every round the array is searched for the element with a key: n rounds over m elements. A Map from key to element, built once ' +
      'before the loop, answers by hash. It is filled from the back, so that of several elements with one key the first stays. Neither the ' +
      'array nor a key may change until the last round is over. Building it costs as much as some hundred short searches, and a key that is ' +
      'a number might be NaN, which === never finds: hence level aggressive. Where counts show that the loop has 100 rounds or more, and the ' +
      'key is no number, level balanced does.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'aggressive',
    assumes: ['A1', 'A2', 'A3', 'A5'],
    complexity: { before: 'O(n·m)', after: 'O(n + m)' },
    breakEven: 100,
    breakEvenOf: 'rounds',
    tierWhenMany: 'balanced',
    example: {
      before: [
        'interface User { id: string; name: string }',
        'interface Order { userId: string }',
        '',
        'export function names(orders: Order[], users: User[]): (string | undefined)[] {',
        '  return orders.map((order) => users.find((user) => user.id === order.userId)?.name);',
        '}',
        '',
      ].join('\n'),
      after: [
        'interface User { id: string; name: string }',
        'interface Order { userId: string }',
        '',
        'export function names(orders: Order[], users: User[]): (string | undefined)[] {',
        '  const usersById = new Map([...users].reverse().map((user) => [user.id, user] as const));',
        '  return orders.map((order) => usersById.get(order.userId)?.name);',
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
  triggers: ['find'],
  find(ctx) {
    if (isShadowed(ctx, 'Map')) return;
    const { lookups, blocked } = planKeyLookups(ctx, 'find');
    for (const { search, reason } of blocked)
      ctx.report({ node: search.call, message: message(search), blockedBy: reason });
    for (const lookup of lookups) report(ctx, lookup);
  },
});

function message({ binding, equality }: KeySearch): string {
  return `${binding.name} is searched for a ${equality.key} in every round; a Map built before the loop answers at once`;
}

function report(ctx: RuleContext, lookup: Lookup<KeySearch>): void {
  const { binding, place, searches } = lookup;
  const [first] = searches;
  if (first === undefined) return;
  const { item, key } = first.equality;
  const { language } = ctx.ast.tree;
  const name = ctx.rewrite.freshName(`${binding.name}By${capitalized(key)}`, place.node);
  const pair = `[${item}.${key}, ${item}]${language === 'typescript' || language === 'tsx' ? ' as const' : ''}`;
  const declaration = `const ${name} = new Map([...${binding.name}].reverse().map((${item}) => ${pair}))`;
  const edits = lookupEdits(ctx, lookup, declaration, (other) => `${name}.get(${other})`);
  const { lines, hasNumbers } = lookupEvidence(ctx, lookup);
  ctx.report({
    node: searches[0]?.call ?? none,
    ...(hasNumbers && { tierWhenMany: 'aggressive' }),
    message: message(first),
    evidence: [...lines, 'assumed that it and the loop are not small (more than some 100)'],
    relies: [binding],
    ...(edits === undefined ? { blockedBy: 'there is no place for a statement before the loop' } : { edits }),
  });
}
