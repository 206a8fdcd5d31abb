import { type MethodCall, none } from '../../engine/ast.ts';
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
    id: 'index-of-set',
    group: 'membership',
    summary: '`xs.indexOf(x) !== -1` in a loop → `new Set(xs)` before the loop, `has(x)` in it',
    why:
      'An array is searched from the front in every round of a loop or callback: n rounds over m elements. A Set built once before the loop ' +
      'answers by hash. `indexOf` never finds NaN and passes over holes, a Set finds both, so what is sought must be known to be neither NaN ' +
      'nor undefined. The Set is a copy, so nothing may change the array until the last round is over. Building it costs as much as some ' +
      'dozens of short searches, hence level balanced.',
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
        'export function withoutStopWords(words: string[], stopWords: string[]): string[] {',
        '  return words.filter((word) => stopWords.indexOf(word) === -1);',
        '}',
        '',
      ].join('\n'),
      after: [
        'export function withoutStopWords(words: string[], stopWords: string[]): string[] {',
        '  const stopWordsSet = new Set(stopWords);',
        '  return words.filter((word) => !stopWordsSet.has(word));',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The array is made outside of the function that the loop is in: what is built would be built in every call, perhaps for a few rounds.',
      'The place of the element is used, not only whether there is one, or the search has a start position.',
      'What is sought may be NaN or undefined, or nothing is known of it.',
      'The array is not known to be one: strings have an `indexOf` of their own.',
      'The array, or the list that the loop runs over, is a literal of fewer than 16 elements: a Set would lose.',
      'Something in the loop changes the array, or might: unknown calls, `await`, writes to what may be the same array.',
      'The callback may run later or never: the method is not one of a known array, or the callback is `async`.',
      'The loop itself runs only under a condition and has no block of its own: the Set would be built in vain.',
    ],
  },
  triggers: ['indexOf'],
  find(ctx) {
    if (isShadowed(ctx, 'Set')) return;
    const searches = ctx.ast.ofKind('CallExpression').map((call) => searchOf(ctx, call));
    const { lookups, blocked } = planLookups(
      ctx,
      searches.filter((search) => search !== undefined),
      (search, region) => keyObstacle(ctx, search) ?? changeWithin(ctx, search.binding, region),
    );
    for (const { search, reason } of blocked)
      ctx.report({
        node: search.question,
        message: `${search.binding.name} is searched from the front in every round; a Set beside it answers at once`,
        blockedBy: reason,
      });
    for (const lookup of lookups) report(ctx, lookup);
  },
});

interface IndexSearch extends Search {
  readonly method: MethodCall;
  /** The comparison that the answer replaces. */
  readonly question: number;
  readonly isNegated: boolean;
}

/** How the result of `indexOf` is asked whether the element is there. */
const questions: Readonly<Record<string, boolean>> = {
  '!== -1': false,
  '!= -1': false,
  '> -1': false,
  '>= 0': false,
  '=== -1': true,
  '== -1': true,
  '< 0': true,
};

function searchOf(ctx: RuleContext, call: number): IndexSearch | undefined {
  const { ast } = ctx;
  const method = ast.methodCall(call, 'indexOf');
  if (method?.args.length !== 1 || ast.is(method.args[0] ?? none, 'SpreadElement')) return undefined;
  const question = ast.parent(call);
  const other = ast.number(ast.child(question, 'right'));
  const asked = `${ast.value(question)} ${String(other)}`;
  const isAsked = ast.is(question, 'BinaryExpression') && ast.field(call) === 'left' && Object.hasOwn(questions, asked);
  const binding = isAsked ? searchedArray(ctx, method.object) : undefined;
  if (binding === undefined || isShortArray(ctx, method.object)) return undefined;
  return { method, call, object: method.object, binding, share: '', question, isNegated: questions[asked] === true };
}

/** What is sought is of a kind that `indexOf` and a Set find alike. */
function keyObstacle({ ast, evidence }: RuleContext, { method }: IndexSearch): string | undefined {
  const [sought = none] = method.args;
  const shape = evidence.shapeOf(sought);
  const isPlain =
    shape !== undefined && shape.nullish !== true && !['undefined', 'null', 'promise'].includes(shape.type);
  return isPlain && (shape.type !== 'number' || shape.integer === true)
    ? undefined
    : `${ast.excerpt(sought)} may be NaN or undefined, which indexOf() and a Set do not find alike: annotate it`;
}

function message({ binding }: IndexSearch): string {
  return `${binding.name} is searched from the front in every round; a Set built before the loop answers at once`;
}

function report(ctx: RuleContext, { binding, place, searches }: Lookup<IndexSearch>): void {
  const { ast, evidence, rewrite } = ctx;
  const [first] = searches;
  if (first === undefined) return;
  const name = rewrite.freshName(`${binding.name}Set`, place.node);
  const inserted = declareAt(ctx, place, `const ${name} = new Set(${binding.name})`);
  const replaced = searches.map(({ method, question, isNegated }) => {
    const answer = `${name}.has(${rewrite.argument(method.args[0] ?? none)})`;
    return isNegated ? rewrite.replace(question, `!${answer}`, 'unary') : rewrite.replace(question, answer, 'call');
  });
  const edits = [...(inserted ?? [undefined]), ...replaced].filter((edit): edit is Edit => edit !== undefined);
  const isWhole = inserted !== undefined && !replaced.includes(undefined);
  ctx.report({
    node: first.question,
    message: message(first),
    evidence: [
      evidence.describe(first.object) ?? ast.excerpt(first.object),
      ...searches.map(({ method }) => evidence.describe(method.args[0] ?? none)).filter((line) => line !== undefined),
      `nothing changes ${binding.name} until the loop is over`,
      'assumed that it and the loop are not small (more than some 40)',
    ],
    relies: [binding],
    ...(isWhole ? { edits } : { blockedBy: 'there is no place for a statement before the loop' }),
  });
}
