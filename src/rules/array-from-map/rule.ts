import { none } from '../../engine/ast.ts';
import { isForeignArray } from '../../engine/evidence/foreign-array.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'array-from-map',
    group: 'iteration',
    summary: '`Array.from(xs, f)` → `xs.map(f)` for an array',
    why:
      '`Array.from` asks the array for an iterator and takes one element after the other; `map` is made for arrays and knows their ' +
      'length. Both call the function with element and index, in order, and give a new array.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A3', 'A5', 'A9'],
    complexity: { before: 'O(n) through an iterator', after: 'O(n)' },
    example: {
      before:
        "export const numbers = (line: string): number[] => Array.from(line.split(','), (cell) => cell.length * 2);\n",
      after: "export const numbers = (line: string): number[] => line.split(',').map((cell) => cell.length * 2);\n",
    },
    stays: [
      'The value is not known to be an array: of sets, strings and array-like objects `Array.from` makes one.',
      'The function may do more than compute its result: `Array.from` would also visit elements that it adds to the array.',
      'The function looks at more than element and index, or brings its own `this`.',
      'The array is made here and may have holes (`Array(5)`), which `map` skips and `Array.from` takes for undefined; level balanced takes it that parameters and properties have none.',
    ],
  },
  triggers: ['from'],
  find(ctx) {
    const { ast, scope, evidence, rewrite } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'from');
      const [array = none, fn = none, ...rest] = method?.args ?? [];
      if (method === undefined || rest.length > 0 || fn === none || !scope.isGlobal(method.object, 'Array')) continue;
      if (ast.child(call, 'typeArguments') !== none || ast.is(array, 'SpreadElement')) continue;
      const shape = evidence.shapeOf(array);
      if (shape !== undefined && shape.type !== 'array') continue;
      // most of what is not known to be an array is a Set or an iterator, for which Array.from is made
      if (!evidence.is(array, 'array')) continue;
      // `Array(n)` is all holes, which map() would leave alone
      if (ast.isIdentifier(ast.child(array, 'callee'), 'Array')) continue;
      const isDense = evidence.isDenseArray(array);
      const missing =
        isDense || isForeignArray(ast, scope, array) ? obstacle(ctx, fn) : `${ast.excerpt(array)} may have holes`;
      const source = `${rewrite.operand(array, 'call')}.map(${rewrite.argument(fn)})`;
      const edit = missing === undefined ? rewrite.replace(call, source, 'call') : undefined;
      ctx.report({
        node: call,
        message: 'the elements of an array are taken through an iterator; map() takes them from the array',
        tier: isDense ? 'safe' : 'balanced',
        evidence: [
          evidence.describe(array),
          ...(isDense ? [] : [`assumed that ${ast.excerpt(array)} has no holes`]),
        ].filter((line) => line !== undefined),
        ...(edit === undefined
          ? { blockedBy: missing ?? 'the code around it leaves no room for the rewrite' }
          : { edits: [edit] }),
      });
    }
  },
});

const plainFunctions = ['String', 'Number', 'Boolean'];

function obstacle({ ast, scope, purity }: RuleContext, fn: number): string | undefined {
  if (plainFunctions.some((name) => scope.isGlobal(fn, name))) return undefined;
  if (!purity.isPureFunction(fn))
    return `${ast.excerpt(fn)} may change the array while it is visited: Array.from() sees that, map() does not`;
  // map gives the array as a third argument
  return ast.list(fn, 'params').length > 2 ? 'the function has a third parameter' : undefined;
}
