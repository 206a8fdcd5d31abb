import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';
import { calledFunction, isCalledOften } from '../../engine/idioms/repeated-region.ts';

export default defineDetector({
  meta: {
    id: 'prototype-change',
    group: 'waste',
    summary: 'an object gets another prototype after it was made (`Object.setPrototypeOf`, `o.__proto__ = …`)',
    why:
      'V8 gives the object a shape of its own and forgets what it had learnt about code that reads it (measured: 44 times the time of ' +
      'Object.create). booster does not rewrite it: the object may be known elsewhere already.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'a change of shape an object', after: 'made with its prototype' },
    remedy: 'make it with its prototype: a class, Object.create(prototype), or `{ __proto__: prototype, … }`',
    example: {
      slow: [
        'export function point(x: number, y: number) {',
        '  const made = { x, y };',
        '  Object.setPrototypeOf(made, methods);',
        '  return made;',
        '}',
        '',
      ].join('\n'),
      better: ['export function point(x: number, y: number) {', '  return { __proto__: methods, x, y };', '}', ''].join(
        '\n',
      ),
    },
    quiet: [
      'The object is a function, a class, a prototype or an array: there is no other way.',
      'It is `this` in the constructor of a class that extends another: compiled classes need it to extend Error.',
      'It runs once, at the top of a module or in a function without a name.',
    ],
  },
  triggers: ['setPrototypeOf', '__proto__'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const callee = ast.child(call, 'callee');
      const isSet = ['Object', 'Reflect'].some((owner) => scope.isGlobalMember(callee, owner, 'setPrototypeOf'));
      if (isSet) look(ctx, call, ast.list(call, 'arguments')[0] ?? none);
    }
    for (const node of ast.ofKind('AssignmentExpression')) {
      const object = ast.memberObject(ast.child(node, 'left'), '__proto__');
      if (object !== none) look(ctx, node, object);
    }
  },
});

function look(ctx: DetectorContext, node: number, object: number): void {
  const { ast } = ctx;
  const loop = iterationsAround(ctx, node).find(({ isShort }) => !isShort);
  const fn = calledFunction(ast, node);
  const isOften = loop !== undefined || (fn !== none && (isCalledOften(ast, fn) || isInConstructor(ctx, node)));
  if (!isOften || isNoPlainObject(ctx, ast.withoutTypes(object)) || extendsAnother(ctx, node, object)) return;
  ctx.report({
    node,
    message: `${ast.excerpt(object)} gets another prototype after it was made${loop === undefined ? '' : ', in every round of a loop'}`,
    confidence: 'possible',
    confidenceReason: 'a constant factor; how often it runs is not known',
    evidence: ['nothing says that the object is a function or an array'],
  });
}

/** Functions and arrays are made without a say in their prototype; so are classes, which have names with a capital. */
function isNoPlainObject({ ast, scope, evidence }: DetectorContext, object: number): boolean {
  const type = evidence.shapeOf(object)?.type;
  if (type !== undefined && type !== 'object') return true;
  if (ast.isFunction(object) || ast.is(object, 'ClassExpression')) return true;
  const name = ast.value(ast.is(object, 'MemberExpression') ? ast.child(object, 'property') : object);
  if (/^(?:[A-Z]|ctor|sub|super|child|fn|func|callable|constructor)|[pP]roto(?:type)?$/.test(name)) return true;
  const binding = scope.bindingOf(object);
  // `<T extends readonly unknown[]>(list: T)`
  const generics = ast.source(ast.child(ast.enclosingFunction(object), 'typeParameters'));
  if (binding?.kind === 'parameter' && /Array<|\[\]/.test(generics)) return true;
  const value = binding === undefined ? none : ast.withoutTypes(scope.initializer(binding));
  return binding?.kind === 'function' || binding?.kind === 'class' || ast.isFunction(value);
}

function isInConstructor({ ast }: DetectorContext, node: number): boolean {
  const member = ast.parent(ast.enclosingFunction(node));
  return ast.is(member, 'MethodDefinition') && ast.value(ast.child(member, 'key')) === 'constructor';
}

function extendsAnother(ctx: DetectorContext, node: number, object: number): boolean {
  const { ast } = ctx;
  if (!ast.is(ast.withoutTypes(object), 'ThisExpression') || !isInConstructor(ctx, node)) return false;
  let at = node;
  while (at >= 0 && !ast.is(at, 'ClassDeclaration', 'ClassExpression')) at = ast.parent(at);
  return ast.child(at, 'superClass') !== none;
}
