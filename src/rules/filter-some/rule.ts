import type { Ast, MethodCall } from '../../engine/ast.ts';
import { type EarlyExit, judgeEarlyExit } from '../../engine/purity/early-exit.ts';
import { defineRule, type RuleContext, type RuleFinding } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'filter-some',
    group: 'early-exit',
    summary: '`xs.filter(f).length > 0` → `xs.some(f)`',
    why:
      '`filter` visits every element and builds an array of all matches, only for its length to be compared with zero. `some` asks ' +
      'the same question of the same elements in the same order (both skip holes and pass index and array), builds nothing and stops ' +
      'at the first match. The calls that no longer happen could only show through an effect or an error of the predicate, so ' +
      'it must have none.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A3', 'A5', 'A7'],
    complexity: { before: 'O(n) calls and an array', after: 'stops at the first match' },
    example: {
      before: [
        'interface Order { id: string; status: string }',
        '',
        'export function hasOpenOrders(orders: Order[]): boolean {',
        "  return orders.filter((order) => order.status === 'open').length > 0;",
        '}',
        '',
      ].join('\n'),
      after: [
        'interface Order { id: string; status: string }',
        '',
        'export function hasOpenOrders(orders: Order[]): boolean {',
        "  return orders.some((order) => order.status === 'open');",
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The receiver is not known to be an array: jQuery, collections and typed arrays have a `filter` of their own.',
      'The predicate calls unknown code or changes something: it would be called for fewer elements.',
      'The number itself is used (`length > 1`, `const n = xs.filter(f).length`, `{list.filter(f).length && <List />}`, which renders 0).',
      'The filtered array is kept in a variable: others may use it.',
      'The chain is optional (`xs?.filter(f).length > 0`): `some` would give undefined where the comparison gives false.',
      'The predicate can throw: an error on an element after the first match would disappear, so this needs level balanced (assumption A7).',
    ],
  },
  triggers: ['filter'],
  find(ctx) {
    for (const node of ctx.ast.ofKind('CallExpression')) {
      const filter = ctx.ast.methodCall(node, 'filter');
      const length = ctx.ast.parent(node);
      if (filter === undefined || ctx.ast.memberObject(length, 'length') !== node) continue;
      const test = emptinessTest(ctx, length);
      if (test !== undefined && takesPredicate(ctx.ast, filter)) report(ctx, filter, test);
    }
  },
});

/** A place that only asks whether a length is zero; `isEmpty` is true where it is true for zero. */
interface EmptinessTest {
  readonly node: number;
  readonly isEmpty: boolean;
}

const comparisons: Readonly<Record<string, boolean>> = {
  '> 0': false,
  '>= 1': false,
  '!== 0': false,
  '!= 0': false,
  '=== 0': true,
  '== 0': true,
  '< 1': true,
  '<= 0': true,
};
const mirrored: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

function emptinessTest({ ast, scope }: RuleContext, length: number): EmptinessTest | undefined {
  const parent = ast.parent(length);
  const compared = comparedWithZero(ast, length, parent);
  if (compared !== undefined) return withNegations(ast, { node: parent, isEmpty: compared });
  if (ast.is(parent, 'UnaryExpression') && ast.value(parent) === '!')
    return withNegations(ast, { node: parent, isEmpty: true });
  if (
    ast.is(parent, 'CallExpression') &&
    scope.isGlobal(ast.child(parent, 'callee'), 'Boolean') &&
    ast.list(parent, 'arguments').length === 1
  ) {
    return withNegations(ast, { node: parent, isEmpty: false });
  }
  return ast.isInBooleanContext(length) ? { node: length, isEmpty: false } : undefined;
}

function comparedWithZero(ast: Ast, length: number, comparison: number): boolean | undefined {
  if (!ast.is(comparison, 'BinaryExpression')) return undefined;
  const isLeft = ast.field(length) === 'left';
  const bound = ast.child(comparison, isLeft ? 'right' : 'left');
  const written = ast.value(comparison);
  const operator = isLeft ? written : (mirrored[written] ?? written);
  const key = `${operator} ${String(ast.number(bound))}`;
  return Object.hasOwn(comparisons, key) ? comparisons[key] : undefined;
}

/** `!(… > 0)` asks for the opposite. */
function withNegations(ast: Ast, test: EmptinessTest): EmptinessTest {
  const parent = ast.parent(test.node);
  const isNegated = ast.is(parent, 'UnaryExpression') && ast.value(parent) === '!';
  return isNegated ? withNegations(ast, { node: parent, isEmpty: !test.isEmpty }) : test;
}

/** One function and perhaps its `this`: `$('li').filter('.open')` and `filter<Type>(…)` are something else. */
function takesPredicate(ast: Ast, { call, args }: MethodCall): boolean {
  const [predicate] = args;
  if (predicate === undefined || args.length > 2 || ast.child(call, 'typeArguments') >= 0) return false;
  return (
    args.every((argument) => !ast.is(argument, 'SpreadElement')) &&
    !ast.is(predicate, 'ObjectExpression', 'NullLiteral', 'RegExpLiteral') &&
    ast.string(predicate) === undefined
  );
}

function report(ctx: RuleContext, filter: MethodCall, test: EmptinessTest): void {
  const { ast, evidence } = ctx;
  const [predicate = -1] = filter.args;
  const receiver = evidence.shapeOf(filter.object);
  if (receiver !== undefined && receiver.type !== 'array') return;
  const exit = judgeEarlyExit(ctx, predicate, filter.object);
  const missing = missingEvidence(ctx, filter, exit);
  const call = test.isEmpty ? '!some()' : 'some()';
  const finding: RuleFinding = {
    node: test.node,
    message: `filter() builds an array of all matches only to learn whether there is one; ${call} stops at the first`,
    tier: exit.kind === 'equal' ? 'safe' : 'balanced',
    evidence: [evidence.describe(filter.object), predicateEvidence(exit)].filter((line) => line !== undefined),
  };
  const edit =
    missing === undefined
      ? ctx.rewrite.replace(test.node, rewritten(ast, filter, test), test.isEmpty ? 'unary' : 'call')
      : undefined;
  ctx.report(
    edit === undefined
      ? {
          ...finding,
          blockedBy: missing ?? 'the statement would begin with a character that joins it to the line before',
        }
      : { ...finding, edits: [edit] },
  );
}

function missingEvidence({ ast, evidence }: RuleContext, { object }: MethodCall, exit: EarlyExit): string | undefined {
  if (!evidence.is(object, 'array'))
    return `${ast.excerpt(object)} is not known to be an array: annotate it or check it with Array.isArray`;
  return exit.kind === 'unknown' ? exit.missing : undefined;
}

function predicateEvidence(exit: EarlyExit): string | undefined {
  if (exit.kind === 'equal') return 'the predicate has no effect and cannot throw';
  return exit.kind === 'may-throw'
    ? 'the predicate has no effect; assumed that it does not throw on elements after the first match (A7)'
    : undefined;
}

function rewritten(ast: Ast, { call, member }: MethodCall, test: EmptinessTest): string {
  const property = ast.child(member, 'property');
  const source = `${ast.text.slice(ast.start(call), ast.start(property))}some${ast.text.slice(ast.end(property), ast.end(call))}`;
  return test.isEmpty ? `!${source}` : source;
}
