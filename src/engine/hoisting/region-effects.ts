import { callbackMethods } from '../evidence/array-methods.ts';
import { none } from '../ast.ts';
import { knownFunction } from '../purity/early-exit.ts';
import type { RuleContext } from '../rule.ts';
import type { Binding } from '../scope/scope.ts';
import type { Region } from './hoist-places.ts';

/** Built-in methods that change their own receiver. */
const changingMethods = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin']);

/** Values whose methods run no unknown code and change no array, callbacks aside. */
const builtinTypes = new Set([
  'string',
  'number',
  'boolean',
  'bigint',
  'symbol',
  'date',
  'regexp',
  'set',
  'map',
  'array',
]);

const errorClasses = new Set(['Error', 'TypeError', 'RangeError', 'SyntaxError']);

/**
 * The first thing in `region` that might change the array that `binding` holds, wherever that array came from and whoever
 * else knows it: unknown code, or a write to something that might be the same array. `undefined` when there is none.
 * Functions inside the region count as if they ran.
 */
export function effectIn(ctx: RuleContext, binding: Binding, region: Region): string | undefined {
  for (let at = region.from; at <= region.to; at += 1) {
    const effect = effectOf(ctx, binding, at);
    if (effect !== undefined) return effect;
  }
  return undefined;
}

function effectOf(ctx: RuleContext, binding: Binding, node: number): string | undefined {
  const { ast } = ctx;
  const may = `may change ${binding.name}`;
  switch (ast.kind(node)) {
    case 'AwaitExpression':
    case 'YieldExpression':
      return `other code runs at the ${ast.is(node, 'AwaitExpression') ? 'await' : 'yield'} and ${may}`;
    case 'ForInStatement':
      return isHarmlessTarget(ctx, binding, ast.child(node, 'left'))
        ? undefined
        : `writing ${ast.excerpt(ast.child(node, 'left'))} ${may}`;
    case 'ForOfStatement':
      if (!isHarmlessTarget(ctx, binding, ast.child(node, 'left')))
        return `writing ${ast.excerpt(ast.child(node, 'left'))} ${may}`;
      if (ast.has(node, 'await')) return `other code runs in the for await loop and ${may}`;
      return isKnownIterable(ctx, ast.child(node, 'right'))
        ? undefined
        : `iterating ${ast.excerpt(ast.child(node, 'right'))} ${may}: annotate it`;
    case 'SpreadElement':
      return ast.is(ast.parent(node), 'ObjectExpression') || isKnownIterable(ctx, ast.child(node, 'argument'))
        ? undefined
        : `iterating ${ast.excerpt(ast.child(node, 'argument'))} ${may}: annotate it`;
    case 'ArrayPattern':
      return isIteratedSafely(ctx, node) ? undefined : `taking apart an unknown iterable ${may}`;
    case 'CallExpression':
      return isHarmlessCall(ctx, binding, node) ? undefined : `${ast.excerpt(ast.child(node, 'callee'))}() ${may}`;
    case 'NewExpression':
      return isHarmlessConstruction(ctx, node) ? undefined : `new ${ast.excerpt(ast.child(node, 'callee'))}() ${may}`;
    case 'AssignmentExpression':
      return isHarmlessTarget(ctx, binding, ast.child(node, 'left'))
        ? undefined
        : `writing ${ast.excerpt(ast.child(node, 'left'))} ${may}`;
    case 'UpdateExpression':
      return isHarmlessTarget(ctx, binding, ast.child(node, 'argument'))
        ? undefined
        : `writing ${ast.excerpt(ast.child(node, 'argument'))} ${may}`;
    case 'UnaryExpression':
      return ast.value(node) !== 'delete' || isHarmlessTarget(ctx, binding, ast.child(node, 'argument'))
        ? undefined
        : `deleting ${ast.excerpt(ast.child(node, 'argument'))} ${may}`;
    case 'VariableDeclaration':
      return ast.value(node).endsWith('using') ? `disposing ${ast.excerpt(node)} ${may}` : undefined;
    case 'TaggedTemplateExpression':
    case 'ImportExpression':
    case 'ClassBody':
      return `${ast.excerpt(node)} ${may}`;
    default:
      return undefined;
  }
}

/** Built-in iteration, which runs no code of the user. */
function isKnownIterable({ ast, evidence }: RuleContext, node: number): boolean {
  if (evidence.is(node, 'array', 'string', 'set', 'map', 'typed-array')) return true;
  const iterator = ast.methodCall(node, 'entries', 'keys', 'values');
  return iterator !== undefined && evidence.is(iterator.object, 'array', 'set', 'map');
}

/** `const [a, b] = known`, and `[key, value]` of a Map, of `entries()` or of an element that is known to be an array. */
function isIteratedSafely(ctx: RuleContext, pattern: number): boolean {
  const { ast, evidence, scope } = ctx;
  const parent = ast.parent(pattern);
  if (!ast.is(parent, 'VariableDeclarator')) {
    const method =
      ast.isFunction(parent) && ast.list(parent, 'params')[0] === pattern
        ? ast.methodCall(ast.parent(parent), ...callbackMethods)
        : undefined;
    return method?.args[0] === parent && evidence.shapeOf(method.object)?.element?.type === 'array';
  }
  const init = ast.child(parent, 'init');
  if (init !== none) return isKnownIterable(ctx, init);
  const source = ast.child(ast.parent(ast.parent(parent)), 'right');
  const isEntries =
    ast.methodCall(source, 'entries') !== undefined &&
    (isKnownIterable(ctx, source) || scope.isGlobalMember(ast.child(source, 'callee'), 'Object', 'entries'));
  return isEntries || evidence.is(source, 'map') || evidence.shapeOf(source)?.element?.type === 'array';
}

function isHarmlessCall(ctx: RuleContext, binding: Binding, call: number): boolean {
  const { ast, scope, evidence, purity } = ctx;
  if (purity.isPure(call)) return true;
  const callee = ast.child(call, 'callee');
  if (purity.isPureFunction(knownFunction(ctx, callee))) return true;
  if (!ast.is(callee, 'MemberExpression') || ast.has(callee, 'computed')) return false;
  const object = ast.child(callee, 'object');
  const name = ast.value(ast.child(callee, 'property'));
  if (scope.isGlobal(object, 'console')) return true;
  const type = evidence.shapeOf(object)?.type ?? '';
  if (!builtinTypes.has(type) || !hasHarmlessCallbacks(ctx, call, name)) return false;
  return type !== 'array' || !changingMethods.has(name) || isAnotherArray(ctx, binding, object);
}

/** Functions written here are part of the region and judged with it; others must be known to be pure. */
function hasHarmlessCallbacks(ctx: RuleContext, call: number, name: string): boolean {
  const { ast, scope, evidence, purity } = ctx;
  const position = name.startsWith('replace') ? 1 : callbackMethods.has(name) ? 0 : none;
  const callback = ast.list(call, 'arguments')[position];
  if (callback === undefined || ast.isFunction(callback) || evidence.is(callback, 'string')) return true;
  return scope.isGlobal(callback)
    ? ['Boolean', 'String', 'Number'].includes(ast.value(callback))
    : purity.isPureFunction(knownFunction(ctx, callback));
}

function isHarmlessConstruction({ ast, scope, purity, evidence }: RuleContext, node: number): boolean {
  const callee = ast.child(node, 'callee');
  if (!scope.isGlobal(callee)) return false;
  const areKnown = ast
    .list(node, 'arguments')
    .every((argument) => evidence.is(argument, 'array', 'set', 'map', 'string', 'number'));
  return (
    errorClasses.has(ast.value(callee)) ||
    purity.isPure(node) ||
    (['Set', 'Map', 'Date'].includes(ast.value(callee)) && areKnown)
  );
}

const setterNames = new WeakMap<RuleContext['ast'], ReadonlySet<string>>();

/** The file gives a property of this name a setter, which may change anything; that no other file does is taken for granted. */
function hasSetter(ast: RuleContext['ast'], name: string): boolean {
  let names = setterNames.get(ast);
  if (names === undefined) {
    names = new Set([...ast.text.matchAll(/\bset\s+#?([\w$]+)/g)].map(([, found = '']) => found));
    setterNames.set(ast, names);
  }
  return names.has(name);
}

/** Writing a variable, a property by its name, or into something that can't be the array. */
function isHarmlessTarget(ctx: RuleContext, binding: Binding, target: number): boolean {
  const { ast, evidence } = ctx;
  const at = ast.withoutTypes(target);
  if (!ast.is(at, 'MemberExpression'))
    return (
      ast.is(at, 'Identifier', 'VariableDeclaration') ||
      (ast.is(at, 'ObjectPattern', 'ArrayPattern') && ast.ofKindWithin('MemberExpression', at).length === 0)
    );
  const object = ast.child(at, 'object');
  const property = ast.child(at, 'property');
  if (!ast.has(at, 'computed') && !ast.isIdentifier(property, 'length')) return !hasSetter(ast, ast.value(property));
  const type = evidence.shapeOf(object)?.type;
  return type !== undefined && (type !== 'array' || isAnotherArray(ctx, binding, object));
}

/**
 * `other` was made here and can't be the array of `binding`: that one was made by its own declaration, or had its value
 * before `other` was made.
 */
function isAnotherArray({ scope, evidence }: RuleContext, binding: Binding, other: number): boolean {
  const own = scope.bindingOf(other);
  if (own === undefined || own === binding || evidence.shapeOf(scope.initializer(own))?.fresh !== true) return false;
  const isFresh = evidence.shapeOf(scope.initializer(binding))?.fresh === true;
  const [first = none] = binding.declarations;
  const [second = none] = own.declarations;
  return isFresh || first < second;
}
