import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationOf } from '../../engine/analysis/iteration.ts';
import type { ShapeType } from '../../engine/evidence/shape.ts';

export default defineDetector({
  meta: {
    id: 'async-without-await',
    group: 'waste',
    summary: '`Promise.all` over a list whose `async` callback waits for nothing and gives no promise',
    why:
      'For each element a promise is made, settled, waited for and unpacked, though the value is there at once (measured: 20 times the time of ' +
      'a plain map, 79 times for a function called alone). booster does not rewrite it: what throws would throw at another time.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'a promise for each element', after: 'no promise' },
    remedy: 'take away async and Promise.all, and map the list at once',
    example: {
      slow: [
        'export async function names(users: User[]) {',
        '  return Promise.all(users.map(async (user) => `${user.first} ${user.last}`));',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function names(users: User[]) {',
        '  return users.map((user) => `${user.first} ${user.last}`);',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The callback awaits, or loops with `for await`.',
      'It gives back what may be a promise: the answer of a call, a variable of unknown type.',
      'It gives nothing back, or throws: a rejection, not a value, may be the point.',
      'The list has a handful of elements that are written out.',
    ],
  },
  triggers: ['Promise'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const callee = ast.child(call, 'callee');
      const isAll = ['all', 'allSettled'].some((name) => scope.isGlobalMember(callee, 'Promise', name));
      if (isAll) look(ctx, ast.list(call, 'arguments')[0] ?? none);
    }
  },
});

function look(ctx: DetectorContext, list: number): void {
  const { ast } = ctx;
  const map = ast.methodCall(ast.withoutTypes(list), 'map');
  const [callback = none] = map?.args ?? [];
  if (map === undefined || !ast.isFunction(callback) || !ast.has(callback, 'async')) return;
  if (waits(ast, callback) || !givesValues(ctx, callback) || iterationOf(ctx, callback).isShort) return;
  ctx.report({
    node: map.call,
    end: ast.start(ast.child(callback, 'body')),
    message: `for each element of ${ast.excerpt(map.object)} a promise is made of a value that is there at once`,
    confidence: 'likely',
    confidenceReason: 'the callback waits for nothing; the size of the list is not known',
    evidence: ['the callback has no await', 'what it gives back is no promise'],
  });
}

function waits(ast: Ast, fn: number): boolean {
  const isOwn = (node: number): boolean => ast.enclosingFunction(node) === fn;
  if (ast.ofKindWithin('AwaitExpression', fn).some(isOwn)) return true;
  if (ast.ofKindWithin('ThrowStatement', fn).some(isOwn)) return true;
  return ast.ofKindWithin('ForOfStatement', fn).some((loop) => ast.has(loop, 'await') && isOwn(loop));
}

/** All its ways out have a value that is known to be no promise. */
function givesValues(ctx: DetectorContext, fn: number): boolean {
  const { ast } = ctx;
  const body = ast.child(fn, 'body');
  if (!ast.is(body, 'BlockStatement')) return isValue(ctx, body);
  const returns = ast.ofKindWithin('ReturnStatement', fn).filter((node) => ast.enclosingFunction(node) === fn);
  return returns.length > 0 && returns.every((node) => isValue(ctx, ast.child(node, 'argument')));
}

const values: readonly ShapeType[] = ['string', 'number', 'boolean', 'bigint', 'array', 'map', 'set', 'regexp', 'date'];

function isValue(ctx: DetectorContext, node: number): boolean {
  const { ast, evidence } = ctx;
  const at = ast.withoutTypes(node);
  if (ast.is(at, 'ConditionalExpression'))
    return ['consequent', 'alternate'].every((field) => isValue(ctx, ast.child(at, field)));
  if (ast.is(at, 'NullLiteral') || ast.isIdentifier(at, 'undefined')) return true;
  // an object with `then` is waited for
  if (ast.is(at, 'ObjectExpression'))
    return ast.list(at, 'properties').every((one) => ast.value(ast.child(one, 'key')) !== 'then');
  return evidence.is(at, ...values);
}
