import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { type Iteration, iterationsAround } from '../../engine/analysis/iteration.ts';
import type { Binding } from '../../engine/scope/scope.ts';

export default defineDetector({
  meta: {
    id: 'numeric-keys',
    group: 'waste',
    summary: 'an object `{}` that a loop fills under numbers that are no positions (ids)',
    why:
      'Numbers far apart make the elements of an object a slow table, and each has to become a key again (measured: a Map takes 8.2 times ' +
      'less at 10 such keys, 4.7 times at 10,000). booster does not rewrite it: a Map has another interface, and another order.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'a sparse table', after: 'a Map' },
    remedy: 'use a Map, unless the numbers are positions from 0 on, which an array keeps best',
    example: {
      slow: [
        'export function byId(users: { id: number }[]) {',
        '  const found: Record<number, object> = {};',
        '  for (const user of users) found[user.id] = user;',
        '  return found;',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function byId(users: { id: number }[]) {',
        '  const found = new Map<number, object>();',
        '  for (const user of users) found.set(user.id, user);',
        '  return found;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The key is not known to be a number.',
      'The key counts (the index of a loop, `n++`, a length), or is small (`x % 8`, `x & 7`, the code of a character): V8 keeps these as an array.',
      'The object is made in the round that fills it, or has properties from the start.',
      'The loop has a handful of rounds that are written out.',
    ],
  },
  triggers: ['{}'],
  find(ctx) {
    const seen = new Set<Binding>();
    for (const member of ctx.ast.ofKind('MemberExpression')) {
      const binding = ctx.scope.bindingOf(ctx.ast.child(member, 'object'));
      if (binding === undefined || seen.has(binding) || !ctx.ast.has(member, 'computed')) continue;
      if (isWritten(ctx, member) && isEmptyObject(ctx, binding) && look(ctx, member, binding)) seen.add(binding);
    }
  },
});

function isWritten({ ast }: DetectorContext, member: number): boolean {
  const parent = ast.parent(member);
  return ast.is(parent, 'UpdateExpression') || (ast.is(parent, 'AssignmentExpression') && ast.field(member) === 'left');
}

function isEmptyObject({ ast, scope }: DetectorContext, binding: Binding): boolean {
  const value = ast.withoutTypes(scope.initializer(binding));
  return ast.is(value, 'ObjectExpression') && ast.list(value, 'properties').length === 0;
}

function look(ctx: DetectorContext, member: number, binding: Binding): boolean {
  const { ast, evidence } = ctx;
  const key = ast.withoutTypes(ast.child(member, 'property'));
  const loops = iterationsAround(ctx, member);
  const loop = loops.find(
    ({ region, isShort }) => !isShort && !binding.declarations.some((one) => ast.within(one, region)),
  );
  if (loop === undefined || !evidence.is(key, 'number') || isPosition(ctx, key, loops)) return false;
  ctx.report({
    node: member,
    message: `the object ${binding.name} is filled in a loop under ${ast.excerpt(key)}, a number`,
    confidence: 'possible',
    confidenceReason: 'whether the numbers are far apart is not known; from 0 on they do no harm',
    evidence: [
      ...[evidence.describe(key)].filter((line) => line !== undefined),
      `${binding.name} is made as {}, before the loop`,
    ],
  });
  return true;
}

/** What counts from 0 on, or stays small. */
function isPosition(ctx: DetectorContext, node: number, loops: readonly Iteration[]): boolean {
  const { ast, scope } = ctx;
  const key = ast.withoutTypes(node);
  if (ast.number(key) !== undefined || ast.is(key, 'UpdateExpression')) return true;
  if (ast.memberObject(key, 'length') !== none || ast.memberObject(key, 'size') !== none) return true;
  if (
    ast.methodCall(key, 'charCodeAt', 'codePointAt', 'indexOf', 'findIndex', 'getDay', 'getMonth', 'getHours') !==
    undefined
  )
    return true;
  if (ast.is(key, 'BinaryExpression')) {
    const sides = [ast.child(key, 'left'), ast.child(key, 'right')];
    if (['%', '&'].includes(ast.value(key))) return sides.some((side) => ast.number(side) !== undefined);
    return ['+', '-', '>>'].includes(ast.value(key)) && sides.every((side) => isPosition(ctx, side, loops));
  }
  const binding = scope.bindingOf(key);
  if (binding === undefined)
    return /(?:index|position|level|depth|offset|row|col|count|rank|step)\w*$/i.test(ast.source(key));
  if (/^[a-z]$|index|idx|pos|level|depth|count|row|col|rank|step/i.test(binding.name)) return true;
  const counts = binding.references.some(({ node: use, write, init }) => write && !init && countsUp(ctx, use));
  const value = scope.initializer(binding);
  return counts || (value !== none && isPosition(ctx, value, loops)) || isIndexOf(ctx, binding, loops);
}

/** `n++`, `n += 1` */
function countsUp({ ast }: DetectorContext, use: number): boolean {
  const parent = ast.parent(use);
  return ast.is(parent, 'UpdateExpression') || ['+=', '-='].includes(ast.value(parent));
}

/** The variable of a counting loop, or the second parameter of a callback. */
function isIndexOf({ ast }: DetectorContext, binding: Binding, loops: readonly Iteration[]): boolean {
  return loops.some(({ region, items }) => {
    if (!items.includes(binding)) return false;
    if (ast.is(region, 'ForStatement')) return true;
    const [, second = none] = ast.list(region, 'params');
    return ast.isFunction(region) && binding.declarations.some((one) => ast.within(one, second));
  });
}
