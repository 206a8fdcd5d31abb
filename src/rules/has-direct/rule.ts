import { isPlainRead } from '../../engine/idioms/variable-uses.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'has-direct',
    group: 'membership',
    summary: '`[...set].includes(x)` → `set.has(x)`; `[...set].length` → `set.size`',
    why:
      'A Set or Map is copied into an array that is searched from the front, or only counted. `has` finds the entry by its hash, ' +
      '`size` is kept up to date. `includes` and `has` compare in the same way (SameValueZero: NaN equals NaN, 0 equals -0).',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A1', 'A2', 'A3', 'A5'],
    complexity: { before: 'O(n) copy and search', after: 'O(1)' },
    example: {
      before: [
        'const sessions = new Map<string, number>();',
        '',
        'export function isOnline(user: string): boolean {',
        '  return Array.from(sessions.keys()).includes(user);',
        '}',
        '',
        'export function countDistinct(tags: string[]): number {',
        '  return [...new Set(tags)].length;',
        '}',
        '',
      ].join('\n'),
      after: [
        'const sessions = new Map<string, number>();',
        '',
        'export function isOnline(user: string): boolean {',
        '  return sessions.has(user);',
        '}',
        '',
        'export function countDistinct(tags: string[]): number {',
        '  return new Set(tags).size;',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The collection is not known to be a Set or a Map: arrays, strings and other iterables spread as well.',
      'The values or entries of a Map are searched: only its keys have an index.',
      '`includes` has a start position, or `Array.from` a mapping function.',
      'The searched value is computed by code that might change the collection: the copy was made before it runs.',
      'The array is kept in a variable, changed, or used for more than one question.',
      '`indexOf` instead of `includes`: it does not find NaN.',
    ],
  },
  triggers: ['Set', 'Map'],
  find(ctx) {
    const { ast } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'includes');
      const [value, ...others] = method?.args ?? [];
      if (method === undefined || value === undefined || others.length > 0 || ast.is(value, 'SpreadElement')) continue;
      const keys = copiedKeys(ctx, method.object);
      if (keys !== undefined) reportSearch(ctx, call, keys, value);
    }
    for (const member of ast.ofKind('MemberExpression')) {
      const collection = copiedCollection(ctx, ast.memberObject(member, 'length'));
      if (collection !== undefined && isPlainRead(ast, member)) reportCount(ctx, member, collection);
    }
  },
});

/** What `[...iterable]` and `Array.from(iterable)` copy. */
function copied({ ast, scope }: RuleContext, array: number): number | undefined {
  if (ast.is(array, 'ArrayExpression')) {
    const [element, ...others] = ast.list(array, 'elements');
    return element !== undefined && others.length === 0 && ast.is(element, 'SpreadElement')
      ? ast.child(element, 'argument')
      : undefined;
  }
  const call = ast.methodCall(array, 'from');
  const [source, ...others] = call?.args ?? [];
  const isPlain =
    call !== undefined && scope.isGlobal(call.object, 'Array') && source !== undefined && others.length === 0;
  return isPlain && !ast.is(source, 'SpreadElement') ? source : undefined;
}

/** The Set or Map behind a copy, directly or by one of its iterators; all of them have as many items as it has. */
function copiedCollection(ctx: RuleContext, array: number): number | undefined {
  const source = copied(ctx, array);
  if (source === undefined) return undefined;
  if (ctx.evidence.is(source, 'set', 'map')) return source;
  const iterator = ctx.ast.methodCall(source, 'keys', 'values', 'entries');
  return iterator?.args.length === 0 && ctx.evidence.is(iterator.object, 'set', 'map') ? iterator.object : undefined;
}

/** The Set whose values, or the Map whose keys, a copy holds. */
function copiedKeys(ctx: RuleContext, array: number): number | undefined {
  const { ast, evidence } = ctx;
  const source = copied(ctx, array);
  if (source === undefined) return undefined;
  if (evidence.is(source, 'set')) return source;
  const iterator = ast.methodCall(source, 'keys', 'values');
  if (iterator === undefined || iterator.args.length > 0) return undefined;
  return evidence.is(iterator.object, ...(iterator.name === 'keys' ? (['set', 'map'] as const) : (['set'] as const)))
    ? iterator.object
    : undefined;
}

function reportSearch(ctx: RuleContext, call: number, collection: number, value: number): void {
  const { ast, evidence, purity, rewrite } = ctx;
  // the copy is made before the value is computed: a value that changes the collection would be looked up in the changed one
  const isIndependent = purity.isPure(value);
  const text = `${rewrite.operand(collection, 'call')}.has(${rewrite.argument(value)})`;
  const edit = isIndependent ? rewrite.replace(call, text, 'call') : undefined;
  ctx.report({
    node: call,
    message: `${ast.excerpt(collection)} is copied to search the copy; has() finds the entry at once`,
    evidence: [evidence.describe(collection)].filter((line) => line !== undefined),
    ...(edit === undefined
      ? {
          blockedBy: isIndependent
            ? 'the statement would begin with a character that joins it to the line before'
            : `${ast.excerpt(value)} may change the collection after it was copied: compute it before`,
        }
      : { edits: [edit] }),
  });
}

function reportCount(ctx: RuleContext, member: number, collection: number): void {
  const { ast, evidence, rewrite } = ctx;
  const edit = rewrite.replace(member, `${rewrite.operand(collection, 'call')}.size`, 'call');
  ctx.report({
    node: member,
    message: `${ast.excerpt(collection)} is copied only to be counted; size knows the number`,
    evidence: [evidence.describe(collection)].filter((line) => line !== undefined),
    complexity: { before: 'O(n) copy', after: 'O(1)' },
    ...(edit === undefined
      ? { blockedBy: 'the statement would begin with a character that joins it to the line before' }
      : { edits: [edit] }),
  });
}
