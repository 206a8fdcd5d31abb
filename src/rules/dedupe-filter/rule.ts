import { type Ast, type MethodCall, none } from '../../engine/ast.ts';
import { isForeignArray } from '../../engine/evidence/foreign-array.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'dedupe-filter',
    group: 'membership',
    summary: '`xs.filter((x, i) => xs.indexOf(x) === i)` → `[...new Set(xs)]`',
    why: 'For every element the array is searched from the front for its first occurrence: n elements cost up to n²/2 comparisons. A Set keeps each value once, in the order of first occurrence. The two differ for NaN, which indexOf() never finds, for -0, which a Set keeps as 0, and for holes, which filter() skips: hence the elements must be known to be texts or the like.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    assumes: ['A2', 'A3', 'A5', 'A9'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    breakEven: 50,
    example: {
      before: `export function tagsOf(posts: { tags: string[] }[]): string[] {
  const tags = posts.flatMap((post) => post.tags);
  return uniqueTexts(tags);
}

function uniqueTexts(texts: string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) === index);
}
`,
      after: `export function tagsOf(posts: { tags: string[] }[]): string[] {
  const tags = posts.flatMap((post) => post.tags);
  return uniqueTexts(tags);
}

function uniqueTexts(texts: string[]): string[] {
  return [...new Set(texts)];
}
`,
    },
    stays: [
      'The elements are not known to be texts, bigints, booleans or symbols: NaN and -0 would come out differently.',
      'The array is a literal of fewer than 16 elements: a Set would lose.',
      'The array is made here and may have holes; level balanced takes it that parameters and properties have none.',
      'The function does more than compare the first place of its element with its own.',
      'The call names its result type, or `Set` is declared in the file.',
    ],
  },
  triggers: ['indexOf'],
  find(ctx) {
    const { ast, scope, evidence, rewrite } = ctx;
    const isShadowed = ast
      .ofKind('Identifier')
      .some((node) => ast.value(node) === 'Set' && scope.bindingOf(node) !== undefined);
    if (isShadowed) return;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'filter');
      if (method === undefined || ast.child(call, 'typeArguments') !== none || !isFirstPlaceFilter(ctx, method))
        continue;
      const array = method.object;
      const shape = evidence.shapeOf(array);
      if (shape !== undefined && shape.type !== 'array') continue;
      const isDense = evidence.isDenseArray(array);
      const blockedBy = obstacle(ctx, array);
      const edit =
        blockedBy === undefined
          ? rewrite.replace(call, `[...new Set(${rewrite.argument(array)})]`, 'primary')
          : undefined;
      ctx.report({
        node: call,
        message: 'every element is looked for from the front of the array; a Set keeps each value once',
        evidence: [
          evidence.describe(array),
          ...(isDense ? [] : [`assumed that ${ast.excerpt(array)} has no holes`]),
          'assumed that it is not small (more than some 50 elements)',
        ].filter((line) => line !== undefined),
        ...(edit === undefined
          ? { blockedBy: blockedBy ?? 'the code around it leaves no room for the rewrite' }
          : { edits: [edit] }),
      });
    }
  },
});

/** Values that are equal to themselves and of which there is one zero. */
const plainTypes = ['string', 'bigint', 'boolean', 'symbol'];
/** Below, a search is over before a Set is made (measured). */
const fewItems = 16;

function obstacle({ ast, scope, evidence }: RuleContext, array: number): string | undefined {
  if (!evidence.is(array, 'array')) return `${ast.excerpt(array)} is not known to be an array: annotate it`;
  const element = evidence.shapeOf(array)?.element;
  if (element === undefined || element.nullish === true || !plainTypes.includes(element.type))
    return 'the elements are not known to be texts: NaN, -0 and holes would come out differently';
  const isLiteral =
    ast.is(array, 'ArrayExpression') && !ast.list(array, 'elements').some((one) => ast.is(one, 'SpreadElement'));
  if (isLiteral && ast.list(array, 'elements').length < fewItems) return 'the array has few elements: a Set would lose';
  return evidence.isDenseArray(array) || isForeignArray(ast, scope, array)
    ? undefined
    : `${ast.excerpt(array)} may have holes`;
}

/** `(x, i) => xs.indexOf(x) === i` on `xs`, also with the array as a third parameter. */
function isFirstPlaceFilter({ ast, scope }: RuleContext, { object, args }: MethodCall): boolean {
  const [fn = none, ...rest] = args;
  if (!ast.isFunction(fn) || rest.length > 0 || ast.has(fn, 'async') || ast.has(fn, 'generator')) return false;
  const [item = none, index = none, self = none, ...more] = ast.list(fn, 'params');
  const names = [item, index, ...(self === none ? [] : [self])];
  if (more.length > 0 || !names.every((one) => ast.isIdentifier(one))) return false;
  const sides = comparedSides(ast, ast.returnedExpression(fn));
  const search = sides.map((side) => ast.methodCall(side, 'indexOf')).find((one) => one !== undefined);
  const [sought = none, ...from] = search?.args ?? [];
  const other = sides.find((side) => side !== search?.call) ?? none;
  if (search === undefined || from.length > 0 || !means(other, index) || !means(sought, item)) return false;
  if (means(search.object, self)) return true;
  const array = ast.isIdentifier(object) ? scope.bindingOf(object) : undefined;
  return array !== undefined && ast.isIdentifier(search.object) && scope.bindingOf(search.object) === array;

  function means(node: number, parameter: number): boolean {
    return parameter !== none && ast.isIdentifier(node) && scope.bindingOf(node) === scope.bindingOf(parameter);
  }
}

function comparedSides(ast: Ast, comparison: number): number[] {
  const isEquality = ast.is(comparison, 'BinaryExpression') && ['===', '=='].includes(ast.value(comparison));
  return isEquality ? [ast.child(comparison, 'left'), ast.child(comparison, 'right')] : [];
}
