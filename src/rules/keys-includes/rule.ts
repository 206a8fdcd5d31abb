import { none } from '../../engine/ast.ts';
import { defineRule } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'keys-includes',
    group: 'membership',
    summary: '`Object.keys(o).includes(key)` → `Object.hasOwn(o, key)`',
    why:
      'All names of the properties are listed and searched for one. The object finds a property by its name at once. A property that is ' +
      'not enumerable is no key, but an own property: level balanced takes it that there are none.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    assumes: ['A1', 'A2', 'A5'],
    complexity: { before: 'O(n)', after: 'O(1)' },
    breakEven: 20,
    example: {
      before: [
        'export function isKnown(users: Record<string, number>, name: string): boolean {',
        '  return Object.keys(users).includes(name);',
        '}',
        '',
      ].join('\n'),
      after: [
        'export function isKnown(users: Record<string, number>, name: string): boolean {',
        '  return Object.hasOwn(users, name);',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The name is not known to be a string: `includes(1)` is false where the key is "1".',
      'The object is not known to be one: an array has a length that is no key.',
      'The search begins elsewhere, or the keys are kept.',
      'The name is computed by code that might change the object: the keys were listed before it runs.',
    ],
  },
  triggers: ['keys'],
  find(ctx) {
    const { ast, scope, evidence, purity, rewrite } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const search = ast.methodCall(call, 'includes');
      const keys = ast.methodCall(search?.object ?? none, 'keys');
      const [key = none, ...others] = search?.args ?? [];
      const [object = none, ...rest] = keys?.args ?? [];
      if (keys === undefined || key === none || object === none || others.length > 0 || rest.length > 0) continue;
      if (!scope.isGlobal(keys.object, 'Object') || ast.is(object, 'SpreadElement')) continue;
      const unknown = evidence.is(key, 'string') ? (evidence.is(object, 'object') ? none : object) : key;
      const missing =
        unknown === none
          ? purity.isPure(key)
            ? undefined
            : `${ast.excerpt(key)} may change the object after its keys were listed: compute it before`
          : `${ast.excerpt(unknown)} is not known to be ${unknown === key ? 'a string' : 'an object'}: annotate it`;
      const source = `Object.hasOwn(${rewrite.argument(object)}, ${rewrite.argument(key)})`;
      const edit = missing === undefined ? rewrite.replace(call, source, 'call') : undefined;
      ctx.report({
        node: call,
        message: `all keys of ${ast.excerpt(object)} are listed to look for one; Object.hasOwn() finds it at once`,
        evidence: [
          evidence.describe(object),
          evidence.describe(key),
          `assumed that all properties of ${ast.excerpt(object)} are enumerable`,
        ].filter((line) => line !== undefined),
        ...(edit === undefined
          ? { blockedBy: missing ?? 'the code around it leaves no room for the rewrite' }
          : { edits: [edit] }),
      });
    }
  },
});
