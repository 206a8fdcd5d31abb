import { type Ast, none } from '../ast.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Scope } from '../scope/scope.ts';
import { isPrimitive } from '../evidence/shape.ts';

interface Analysis {
  readonly ast: Ast;
  readonly scope: Scope;
  readonly evidence: Evidence;
}

/** Globals that every ECMAScript program has: reading them can't throw. */
const certainGlobals = new Set(
  'undefined NaN Infinity Math Number Array Object String Boolean parseInt parseFloat isNaN isFinite JSON Date'.split(
    ' ',
  ),
);
/** Global functions that throw for some values of the type that they are made for. */
const throwingGlobals = new Set(['BigInt', 'encodeURIComponent']);
/** Methods that throw for some arguments, e.g. out of range. */
const throwingMethods = new Set([
  'repeat',
  'normalize',
  'toFixed',
  'toPrecision',
  'toString',
  'toISOString',
  'padStart',
  'padEnd',
  'localeCompare',
]);
/** String methods that make a regexp of their argument, refuse one, or call what they are given. */
const patternMethods = new Set([
  'match',
  'search',
  'replace',
  'replaceAll',
  'split',
  'startsWith',
  'endsWith',
  'includes',
]);

/** `true` when a pure call can't throw; `isSafe` answers for an expression within it. */
export function isSafeCall(analysis: Analysis, call: number, isSafe: (node: number) => boolean): boolean {
  const { ast, scope, evidence } = analysis;
  const method = ast.methodCall(call);
  const callee = ast.child(call, 'callee');
  if (method === undefined) return scope.isGlobal(callee) && !throwingGlobals.has(ast.value(callee));
  if (scope.isGlobal(method.object))
    return ['Math', 'Number', 'Array'].includes(ast.value(method.object)) && method.name !== 'from';
  const shape = evidence.shapeOf(method.object);
  if (shape === undefined || shape.nullish === true || throwingMethods.has(method.name)) return false;
  if (shape.type === 'string' && patternMethods.has(method.name))
    return (
      !method.name.startsWith('ma') &&
      method.name !== 'search' &&
      method.args.every((one) => evidence.is(one, 'string'))
    );
  if (shape.type !== 'array') return isPrimitive(shape) || ['set', 'map', 'regexp'].includes(shape.type);
  if (method.name.startsWith('reduce') && method.args.length < 2) return false;
  return method.args.every((argument) => isSafeArgument(ast, argument, isSafe));
}

/** A callback that takes nothing apart and whose result can't throw; other arguments are no matter here. */
function isSafeArgument(ast: Ast, argument: number, isSafe: (node: number) => boolean): boolean {
  if (ast.isIdentifier(argument) && throwingGlobals.has(ast.value(argument))) return false;
  if (!ast.isFunction(argument)) return true;
  return (
    ast.list(argument, 'params').every((parameter) => ast.isIdentifier(parameter)) &&
    isSafe(ast.returnedExpression(argument))
  );
}

/** A global that may not exist, or a variable that might be read before its declaration ran (temporal dead zone). */
export function mayBeUninitialized({ ast, scope }: Analysis, node: number): boolean {
  const binding = scope.bindingOf(node);
  if (binding === undefined) return scope.isGlobal(node) && !certainGlobals.has(ast.value(node));
  if (!['let', 'const', 'class', 'parameter', 'enum'].includes(binding.kind)) return false;
  // a case behind the declaration may be reached without it
  if (ast.is(binding.scopeNode, 'SwitchStatement')) return true;
  return (binding.declarations[0] ?? none) > node && callingFunction(ast, node) === binding.fn;
}

/** The function that runs the code at a node: callbacks count to the one that hands them over, which may call them at once. */
function callingFunction(ast: Ast, node: number): number {
  let fn = ast.enclosingFunction(node);
  while (ast.field(fn) === 'arguments') fn = ast.enclosingFunction(fn);
  return fn;
}
