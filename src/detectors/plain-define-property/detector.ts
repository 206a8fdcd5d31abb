import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';
import { calledFunction, isCalledOften } from '../../engine/idioms/repeated-region.ts';

/** What an assignment to a new property sets, too. */
const attributes = ['configurable', 'enumerable', 'writable'];

export default defineDetector({
  meta: {
    id: 'plain-define-property',
    group: 'waste',
    summary: '`Object.defineProperty` with a value and all attributes true: what an assignment does',
    why:
      'V8 reads the descriptor as an object and takes the slow way to add the property (measured: 180 times the time of an assignment). ' +
      'booster does not rewrite it: an assignment runs a setter of the prototype, and fails where there is a property that is read-only.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'a descriptor a property', after: 'an assignment' },
    remedy: 'assign the value, or write it into the object literal or class, where no setter of that name is inherited',
    example: {
      slow: [
        'export function tag(nodes: Node[], id: string) {',
        '  for (const node of nodes) {',
        "    Object.defineProperty(node, 'id', { value: id, writable: true, enumerable: true, configurable: true });",
        '  }',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function tag(nodes: Node[], id: string) {',
        '  for (const node of nodes) node.id = id;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'An attribute is missing or not written as `true`: the property is no plain one.',
      'The answer of `Reflect.defineProperty` is used.',
      'It runs once, at the top of a module or in a function without a name.',
      'The key is a parameter: a helper that may be there to pass by a setter.',
      'It stands in a getter or setter, which it replaces, or where the key is known to exist or to be `__proto__`.',
    ],
  },
  triggers: ['defineProperty'],
  find(ctx) {
    for (const call of ctx.ast.ofKind('CallExpression')) look(ctx, call);
  },
});

function look(ctx: DetectorContext, call: number): void {
  const { ast, scope } = ctx;
  const callee = ast.child(call, 'callee');
  const owner = ['Object', 'Reflect'].find((name) => scope.isGlobalMember(callee, name, 'defineProperty'));
  if (owner === undefined) return;
  // whether it could be defined is asked for: a trap of a proxy
  if (owner === 'Reflect' && !ast.is(ast.parent(call), 'ExpressionStatement')) return;
  const [object = none, key = none, descriptor = none] = ast.list(call, 'arguments');
  if (!isPlain(ast, descriptor) || mustDefine(ast, call, key)) return;
  const loop = iterationsAround(ctx, call).find(({ isShort }) => !isShort);
  const fn = calledFunction(ast, call);
  const keyBinding = scope.bindingOf(ast.withoutTypes(key));
  // a helper for any key: it may be there to pass by a setter
  if (keyBinding?.kind === 'parameter' && keyBinding.fn === fn) return;
  if (loop === undefined && !(fn !== none && isCalledOften(ast, fn))) return;
  ctx.report({
    node: call,
    message: `${ast.excerpt(object)} gets ${ast.excerpt(key)} by a descriptor that says what an assignment does${loop === undefined ? '' : ', in every round of a loop'}`,
    confidence: 'possible',
    confidenceReason:
      'a constant factor; how often it runs, and whether a setter of that name is inherited, is not known',
    evidence: [
      `${owner} is the global one`,
      'the descriptor has a value, and writable, enumerable and configurable are true',
    ],
  });
}

/** `{ value, writable: true, enumerable: true, configurable: true }` */
function isPlain(ast: Ast, descriptor: number): boolean {
  const properties = ast.list(descriptor, 'properties');
  if (!ast.is(descriptor, 'ObjectExpression') || properties.length !== 4) return false;
  const names = properties.map((one) => (ast.has(one, 'computed') ? '' : ast.value(ast.child(one, 'key'))));
  const areTrue = properties.every(
    (one, index) => !attributes.includes(names[index] ?? '') || ast.source(ast.child(one, 'value')) === 'true',
  );
  return areTrue && [...names].sort().join() === [...attributes, 'value'].sort().join();
}

/** In an accessor, or where somebody thought of what an assignment would do. */
function mustDefine(ast: Ast, call: number, key: number): boolean {
  if (ast.string(key) === '__proto__') return true;
  for (let at = call; at >= 0; at = ast.parent(at)) {
    if (ast.is(at, 'IfStatement', 'ConditionalExpression')) {
      const test = ast.child(at, 'test');
      const isIn = ast.ofKindWithin('BinaryExpression', test).some((one) => ast.value(one) === 'in');
      if (isIn || ast.source(test).includes('__proto__')) return true;
    }
    if (!ast.isFunction(at)) continue;
    const parent = ast.parent(at);
    const isMember = ast.is(parent, 'Property', 'MethodDefinition');
    if (isMember && /^(?:static\s+)?[gs]et\b/.test(ast.source(parent))) return true;
  }
  return false;
}
