import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { isPlainRead } from '../../engine/idioms/variable-uses.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'entries-unused',
    group: 'iteration',
    summary:
      '`for (const [k] of Object.entries(o))` → `Object.keys(o)`; `[, v]` → `Object.values(o)`; a count → `Object.keys(o).length`',
    why:
      'For every property an array of two is made, of which one half is thrown away at once. `Object.keys` and `Object.values` list the ' +
      'same properties in the same order (ECMA-262: EnumerableOwnProperties); a number of properties needs no values.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A1', 'A2', 'A5'],
    complexity: { before: 'n pairs', after: 'no pairs' },
    example: {
      before: [
        'export function total(prices: Record<string, number>): number {',
        '  let sum = 0;',
        '  for (const [, price] of Object.entries(prices)) sum += price;',
        '  return sum / Object.entries(prices).length;',
        '}',
        '',
      ].join('\n'),
      after: [
        'export function total(prices: Record<string, number>): number {',
        '  let sum = 0;',
        '  for (const price of Object.values(prices)) sum += price;',
        '  return sum / Object.keys(prices).length;',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'Both halves are used, or the pair itself has a name.',
      'The pattern has a default value, a rest element or a type annotation.',
      'The callback is not written in place, or looks at the list of pairs (its third parameter, `arguments`).',
      '`map.entries()`: that is an iterator of a Map, not a list of properties.',
      '`Object` is declared in the file.',
    ],
  },
  triggers: ['entries', 'values'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'entries', 'values');
      if (method === undefined || method.args.length !== 1 || !scope.isGlobal(method.object, 'Object')) continue;
      if (ast.is(method.args[0] ?? none, 'SpreadElement')) continue;
      const name = ast.child(method.member, 'property');
      if (isCounted(ast, call)) {
        const saved = method.name === 'entries' ? 'makes no pairs' : 'reads no values';
        const message = `only the number of properties is asked for; Object.keys() ${saved}`;
        report(ctx, call, message, [renamed(ast, name, 'keys')]);
      } else if (method.name === 'entries') {
        const half = usedHalf(ast, call);
        if (half === undefined) continue;
        const wanted = half.index === 0 ? 'keys' : 'values';
        const used = half.index === 0 ? 'key' : 'value';
        const message = `of each pair of Object.entries() only the ${used} is used; Object.${wanted}() makes no pairs`;
        const { start, end, text } = half.edit;
        report(ctx, call, message, [renamed(ast, name, wanted), { start, end, text }]);
      }
    }
  },
});

function renamed(ast: Ast, name: number, text: string): Edit {
  return { start: ast.start(name), end: ast.end(name), text };
}

/** `Object.entries(o).length`, read. */
function isCounted(ast: Ast, call: number): boolean {
  const member = ast.parent(call);
  return ast.memberObject(member, 'length') === call && isPlainRead(ast, member);
}

/** Which half of the pairs is used, and the edit that leaves it alone in its place. */
interface UsedHalf {
  readonly index: number;
  readonly edit: Edit;
}

const callbackMethods = ['map', 'forEach', 'some', 'every', 'flatMap'];

function usedHalf(ast: Ast, call: number): UsedHalf | undefined {
  const parent = ast.parent(call);
  if (ast.is(parent, 'ForOfStatement') && ast.field(call) === 'right') {
    const declaration = ast.child(parent, 'left');
    const isDeclared = ast.is(declaration, 'VariableDeclaration') && !ast.has(parent, 'await');
    return isDeclared ? halfOf(ast, ast.child(ast.child(declaration, 'declarations'), 'id')) : undefined;
  }
  const method = ast.methodCall(ast.parent(parent), ...callbackMethods);
  const [fn = none, ...rest] = method?.args ?? [];
  if (method?.object !== call || rest.length > 0 || !ast.isFunction(fn)) return undefined;
  const [pair = none, ...others] = ast.list(fn, 'params');
  const isOpen = others.length > 1 || others.some((parameter) => ast.is(parameter, 'RestElement'));
  const usesArguments =
    !ast.is(fn, 'ArrowFunctionExpression') &&
    ast.ofKindWithin('Identifier', fn).some((node) => ast.value(node) === 'arguments');
  return isOpen || usesArguments ? undefined : halfOf(ast, pair);
}

/** `[key]` or `[, value]`, without defaults and annotations. */
function halfOf(ast: Ast, pattern: number): UsedHalf | undefined {
  if (!ast.is(pattern, 'ArrayPattern') || ast.child(pattern, 'typeAnnotation') !== none) return undefined;
  const elements = ast.list(pattern, 'elements');
  const [element = none, ...others] = elements.filter((one) => !ast.is(one, 'Hole'));
  const index = elements.indexOf(element);
  if (others.length > 0 || index > 1 || !ast.is(element, 'Identifier', 'ObjectPattern', 'ArrayPattern'))
    return undefined;
  return { index, edit: { start: ast.start(pattern), end: ast.end(pattern), text: ast.source(element) } };
}

function report(ctx: RuleContext, node: number, message: string, edits: readonly Edit[]): void {
  ctx.report({ node, message, edits });
}
