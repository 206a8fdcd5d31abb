import { type Ast, none } from '../../engine/ast.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'flat-map-filter',
    group: 'iteration',
    summary: '`xs.flatMap((x) => (c ? [y] : []))` → `xs.filter((x) => c).map((x) => y)`',
    why: 'For every element an array of one or no element is made and taken apart again, which V8 does in a slow general way. filter() and map() visit the same elements, skip the same holes and make two arrays in all. All conditions are now asked before the first result is made, so both must be free of effects.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A3'],
    complexity: { before: 'n small arrays', after: '2 arrays' },
    example: {
      before: `interface User {
  readonly name: string;
  readonly age: number;
}

export const adults = (users: User[]): string[] => users.flatMap((user) => (user.age >= 18 ? [user.name] : []));
`,
      after: `interface User {
  readonly name: string;
  readonly age: number;
}

export const adults = (users: User[]): string[] => users.filter((user) => user.age >= 18).map((user) => user.name);
`,
    },
    stays: [
      'The value is not known to be an array: iterators have a `flatMap`, too.',
      'The condition or the result may have effects, or call unknown code.',
      'The function uses more than the element, is written with statements, or names its result type.',
      'One of the branches is another array than `[y]` and `[]`.',
      'In TypeScript, the condition may narrow the type of what the result is made of (`x !== undefined ? [x] : []`): behind filter() that is forgotten.',
      'A comment stands in the call.',
    ],
  },
  triggers: ['flatMap'],
  find(ctx) {
    const { ast, evidence, purity, rewrite } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'flatMap');
      const [fn = none, ...rest] = method?.args ?? [];
      const choice = method === undefined || rest.length > 0 ? undefined : choiceOf(ctx, fn);
      if (method === undefined || choice === undefined || ast.child(call, 'typeArguments') !== none) continue;
      const shape = evidence.shapeOf(method.object);
      if (shape !== undefined && shape.type !== 'array') continue;
      const { test, isNegated, result, parameter } = choice;
      const isSafe = [test, result].every((node) => purity.isNonThrowing(node)) && ast.isIdentifier(parameter);
      const blockedBy = obstacle(ctx, call, method.object, choice);
      const name = ast.source(parameter);
      const question = isNegated ? `!${rewrite.operand(test, 'unary')}` : rewrite.argument(test);
      const filtered = `filter((${name}) => ${body(question)}).map((${name}) => ${body(rewrite.argument(result))})`;
      ctx.report({
        node: call,
        tier: isSafe ? 'safe' : 'balanced',
        message:
          'flatMap() makes an array for every element only to leave some out; filter() and map() make two in all',
        evidence: [
          evidence.describe(method.object),
          ...(isSafe ? [] : ['assumed: no condition throws where an earlier result would have thrown another error']),
        ].filter((line) => line !== undefined),
        ...(blockedBy === undefined
          ? { edits: [{ start: ast.start(ast.child(method.member, 'property')), end: ast.end(call), text: filtered }] }
          : { blockedBy }),
      });
    }
  },
});

/** The body of an arrow function: an object needs parentheses there. */
function body(expression: string): string {
  return expression.startsWith('{') ? `(${expression})` : expression;
}

/** `(x) => (test ? [result] : [])`, or the other way round. */
interface Choice {
  readonly parameter: number;
  readonly test: number;
  readonly isNegated: boolean;
  readonly result: number;
}

function choiceOf({ ast }: RuleContext, fn: number): Choice | undefined {
  const [parameter = none, ...more] = ast.list(fn, 'params');
  const isPlain =
    ast.is(fn, 'ArrowFunctionExpression') &&
    !ast.has(fn, 'async') &&
    ast.child(fn, 'returnType') === none &&
    ast.child(fn, 'typeParameters') === none;
  const choice = ast.child(fn, 'body');
  if (!isPlain || more.length > 0 || !ast.is(parameter, 'Identifier', 'ObjectPattern')) return undefined;
  if (!ast.is(choice, 'ConditionalExpression')) return undefined;
  const [yes, no] = [ast.child(choice, 'consequent'), ast.child(choice, 'alternate')];
  const isNegated = isEmpty(ast, yes);
  const [result = none, ...others] = ast.list(isNegated ? no : yes, 'elements');
  const isOne = ast.is(isNegated ? no : yes, 'ArrayExpression') && others.length === 0 && result !== none;
  if (!isOne || ast.is(result, 'SpreadElement', 'Hole') || !isEmpty(ast, isNegated ? yes : no)) return undefined;
  return { parameter, test: ast.child(choice, 'test'), isNegated, result };
}

function isEmpty(ast: Ast, node: number): boolean {
  return ast.is(node, 'ArrayExpression') && ast.children(node).length === 0;
}

function obstacle(
  { ast, evidence, purity }: RuleContext,
  call: number,
  array: number,
  { parameter, test, result }: Choice,
): string | undefined {
  if (!evidence.is(array, 'array')) return `${ast.excerpt(array)} is not known to be an array: annotate it`;
  const isPattern = ast.is(parameter, 'ObjectPattern');
  const isPlain = !isPattern || ast.list(parameter, 'properties').every((one) => isPlainPart(ast, one));
  if (!purity.isPure(test) || !purity.isPure(result) || !isPlain)
    return 'the condition or the result may have effects, which would come in another order';
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  if (isTyped && mayNarrow(ast, evidence, test))
    return 'the condition may narrow the type of what the result is made of, and filter() forgets that';
  const start = ast.start(ast.child(ast.child(call, 'callee'), 'property'));
  const isCommented = ast.tree.comments.some((comment) => comment.start >= start && comment.end <= ast.end(call));
  return isCommented ? 'a comment stands in the call' : undefined;
}

/** `{ name }`, `{ name: other }` */
function isPlainPart(ast: Ast, property: number): boolean {
  return (
    ast.is(property, 'Property') && !ast.has(property, 'computed') && ast.isIdentifier(ast.child(property, 'value'))
  );
}

const textMethods = ['includes', 'startsWith', 'endsWith'];

/** Anything but comparisons of size and questions to texts could tell TypeScript something. */
function mayNarrow(ast: Ast, evidence: RuleContext['evidence'], test: number): boolean {
  if (ast.is(test, 'LogicalExpression'))
    return ['left', 'right'].some((side) => mayNarrow(ast, evidence, ast.child(test, side)));
  if (ast.is(test, 'UnaryExpression') && ast.value(test) === '!')
    return mayNarrow(ast, evidence, ast.child(test, 'argument'));
  if (ast.is(test, 'BinaryExpression')) return !['<', '>', '<=', '>='].includes(ast.value(test));
  const method = ast.methodCall(test, ...textMethods);
  return method === undefined || !evidence.is(method.object, 'string');
}
