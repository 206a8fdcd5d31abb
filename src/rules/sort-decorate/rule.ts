import { none } from '../../engine/ast.ts';
import { elementRead } from '../../engine/idioms/element-read.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { readComparator, sortedCopy } from '../../engine/idioms/sorted-copy.ts';
import { decorated } from './decorated.ts';
import { readKey, type SortKey } from './sort-key.ts';

export default defineRule({
  meta: {
    id: 'sort-decorate',
    group: 'selection',
    summary: '`[...xs].sort((a, b) => slow(a) - slow(b))` → each `slow(x)` once, before the sort',
    why:
      'The comparator works out the same keys again for each of its n·log n calls. Working out each key once and sorting pairs of ' +
      'element and key gives the comparator the same values in the same order, so the result is the same, equal and ' +
      'contradictory keys included. A sort in place writes the elements back into the same array.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A3', 'A5', 'A7'],
    complexity: { before: 'O(n log n) keys', after: 'O(n) keys' },
    example: {
      before: [
        'interface Post {',
        '  title: string;',
        '  date: string;',
        '}',
        '',
        'export function newestFirst(posts: readonly Post[]): Post[] {',
        '  return [...posts].sort((a, b) => new Date(b.date).getTime() - new Date(a.date).getTime());',
        '}',
        '',
      ].join('\n'),
      after: [
        'interface Post {',
        '  title: string;',
        '  date: string;',
        '}',
        '',
        'export function newestFirst(posts: readonly Post[]): Post[] {',
        '  return posts',
        '    .map((post) => ({ post, key: new Date(post.date).getTime() }))',
        '    .sort((a, b) => b.key - a.key)',
        '    .map(({ post }) => post);',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The key is read or calculated at no cost worth a second array (`a.price - b.price`, `a.date.getTime()`).',
      'The key calls unknown code: it would be called less often.',
      'The comparator compares several keys, or the elements themselves as well.',
      'The comparator does something besides comparing: assigns, awaits, calls other functions than `localeCompare` and `compare`.',
      'The array is sorted in place and the value of `sort` is used, or the array has no name to write back to.',
      'It is not known to be an array: typed arrays can hold no pairs.',
      'The elements may be undefined by their type: `sort` puts those last without asking for a key.',
      'Only the first or last element is taken: that needs no sort (rule sort-first).',
    ],
  },
  triggers: ['sort', 'toSorted'],
  find(ctx) {
    const { ast, evidence } = ctx;
    for (const node of ast.ofKind('CallExpression')) {
      const call = ast.methodCall(node, 'sort', 'toSorted');
      const comparator = readComparator(ast, call?.args[0] ?? none);
      const key = comparator === undefined || call?.args.length !== 1 ? undefined : readKey(ctx, comparator);
      if (call === undefined || comparator === undefined || key === undefined || takesOne(ctx, node)) continue;
      // another kind of thing may have a `sort` of its own
      const shape = evidence.shapeOf(call.object);
      if (shape !== undefined && shape.type !== 'array') continue;
      const copy = sortedCopy(ctx, node);
      report(ctx, { call, comparator, source: copy?.source ?? call.object, isCopy: copy !== undefined }, key);
    }
  },
});

/** What is sorted, and how. */
type Sorting = Parameters<typeof decorated>[1];

function report(ctx: RuleContext, sorting: Sorting, key: SortKey): void {
  const { ast, evidence, purity } = ctx;
  const { source } = sorting;
  const element = evidence.shapeOf(source)?.element;
  const isAbsent = element?.nullish === true || element?.type === 'undefined' || element?.type === 'null';
  const isPresent = element !== undefined && !isAbsent && evidence.isDenseArray(source);
  const isProven = purity.isPure(key.node) && purity.isNonThrowing(key.node);
  const missing = evidence.is(source, 'array')
    ? isAbsent
      ? 'elements may be undefined or null'
      : undefined
    : `${ast.excerpt(source)} is not known to be an array: annotate it or check it with Array.isArray`;
  const edits = missing === undefined ? decorated(ctx, sorting, key) : undefined;
  ctx.report({
    node: sorting.call.call,
    message: `the comparator works out ${ast.excerpt(key.node)} again for every comparison; once for each element is enough`,
    tier: isPresent && isProven ? 'safe' : 'balanced',
    evidence: [
      evidence.describe(source),
      isPresent ? 'no element is undefined' : 'assumed that no element is undefined',
      isProven
        ? 'the key has no effect and cannot throw'
        : 'the key has no effect; assumed that it can be worked out for a single element, too',
      ...key.assumedTexts.map((node) => `assumed that ${ast.excerpt(node)} is a string`),
    ].filter((line) => line !== undefined),
    ...(edits === undefined
      ? { blockedBy: missing ?? 'it is sorted in place: sort a copy, or make the sort a statement of its own' }
      : { edits }),
  });
}

/** `…sort(f)[0]`: a linear search beats any sort. */
function takesOne({ ast }: RuleContext, call: number): boolean {
  const parent = ast.parent(call);
  const read = elementRead(ast, ast.field(parent) === 'callee' ? ast.parent(parent) : parent);
  return read?.object === call && (read.index === 0 || read.index === -1);
}
