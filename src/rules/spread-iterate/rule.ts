import { type Ast, type MethodCall, none } from '../../engine/ast.ts';
import { isForeignArray } from '../../engine/evidence/foreign-array.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'spread-iterate',
    group: 'iteration',
    summary: '`[...xs].map(f)`, `xs.slice().filter(f)` → `xs.map(f)`, `xs.filter(f)`',
    why:
      'The array is copied, and the copy is only read. A function without effects cannot change the array while it is visited, so the ' +
      'original gives the same.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A3', 'A5', 'A9'],
    complexity: { before: 'O(n) copy', after: 'no copy' },
    example: {
      before:
        'export const names = (users: { name: string }[]): string => users.slice().map((user) => user.name).join();\n',
      after: 'export const names = (users: { name: string }[]): string => users.map((user) => user.name).join();\n',
    },
    stays: [
      'The value is not known to be an array: a spread also makes arrays of strings, sets and other iterables.',
      'The copy is sorted, reversed, filled or otherwise changed: it is there to keep the original as it is.',
      'A callback may have effects, or looks at the array it is called for: the copy may be what protects it.',
      'The copy is kept in a variable.',
      'A spread fills holes with undefined, which `map`, `filter` and others skip: an array that is made here (`[...Array(5)]`) stays, and level balanced takes it that parameters and properties have none.',
    ],
  },
  triggers: ['...', 'slice', 'from'],
  find(ctx) {
    const { ast, evidence, purity, rewrite } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call);
      if (method === undefined || !(seesHoles.has(method.name) || skipsHoles.has(method.name))) continue;
      const copy = copyOf(ctx, method.object);
      if (copy === undefined || !evidence.is(copy.array, 'array')) continue;
      // methods that visit holes take them for undefined, and `slice()` keeps them
      const isSame = copy.keepsHoles || seesHoles.has(method.name) || evidence.isDenseArray(copy.array);
      if (!isSame && !isForeignArray(ast, ctx.scope, copy.array)) continue;
      const isHarmless = method.args.every((argument) => isHarmlessArgument(ctx, argument, method));
      const isFree = isHarmless && purity.isPure(copy.array);
      ctx.report({
        node: method.object,
        message: `an array is copied only to be read by ${method.name}(); the original can be read`,
        tier: isSame ? 'safe' : 'balanced',
        evidence: [
          evidence.describe(copy.array),
          ...(isSame ? [] : [`assumed that ${ast.excerpt(copy.array)} has no holes`]),
        ].filter((line) => line !== undefined),
        ...editOf(isFree),
      });

      function editOf(
        isPossible: boolean,
      ): { edits: [{ start: number; end: number; text: string }] } | { blockedBy: string } {
        const edit =
          isPossible && copy !== undefined
            ? rewrite.replace(method?.object ?? none, rewrite.operand(copy.array, 'call'), 'call')
            : undefined;
        if (edit !== undefined) return { edits: [edit] };
        return {
          blockedBy: isPossible
            ? 'the code around it leaves no room for the rewrite'
            : 'what is called meanwhile may change the array: the copy may be there for that',
        };
      }
    }
  },
});

/** Methods that read holes as undefined. */
const seesHoles = new Set(['join', 'includes', 'find', 'findIndex', 'findLast', 'findLastIndex', 'at']);
/** Methods that skip holes. */
const skipsHoles = new Set([
  'map',
  'filter',
  'some',
  'every',
  'reduce',
  'reduceRight',
  'flatMap',
  'indexOf',
  'lastIndexOf',
]);

interface Copy {
  readonly array: number;
  readonly keepsHoles: boolean;
}

/** `xs` of `[...xs]`, `xs.slice()` and `Array.from(xs)`. */
function copyOf({ ast, scope }: RuleContext, node: number): Copy | undefined {
  if (ast.is(node, 'ArrayExpression')) {
    const [element = none, ...others] = ast.list(node, 'elements');
    const isAlone = others.length === 0 && ast.is(element, 'SpreadElement');
    return isAlone ? { array: ast.child(element, 'argument'), keepsHoles: false } : undefined;
  }
  const call = ast.methodCall(node, 'slice', 'from');
  if (call === undefined || ast.child(call.call, 'typeArguments') !== none) return undefined;
  if (call.name === 'slice') return call.args.length === 0 ? { array: call.object, keepsHoles: true } : undefined;
  const [array = none, ...rest] = call.args;
  const isCopy = scope.isGlobal(call.object, 'Array') && rest.length === 0 && array !== none;
  return isCopy && !ast.is(array, 'SpreadElement') ? { array, keepsHoles: false } : undefined;
}

/** A value without effects, or a function whose calls have none and that does not see the array. */
function isHarmlessArgument({ ast, purity, scope }: RuleContext, argument: number, { name }: MethodCall): boolean {
  if (ast.isFunction(argument)) {
    const limit = name.startsWith('reduce') ? 3 : 2;
    return purity.isPureFunction(argument) && ast.list(argument, 'params').length <= limit;
  }
  const isPlainFunction = ['String', 'Number', 'Boolean'].some((one) => scope.isGlobal(argument, one));
  return isPlainFunction || (purity.isPure(argument) && !mayBeCalled(ast, argument, name));
}

const valueMethods = new Set(['join', 'includes', 'indexOf', 'lastIndexOf', 'at']);

function mayBeCalled(ast: Ast, argument: number, name: string): boolean {
  const isFirst = ast.list(ast.parent(argument), 'arguments')[0] === argument;
  return isFirst && !valueMethods.has(name);
}
