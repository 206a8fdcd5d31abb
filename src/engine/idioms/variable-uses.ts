import { elementMethods } from '../evidence/array-methods.ts';
import type { Ast, MethodCall } from '../ast.ts';

/** How one use of a variable treats the object that the variable holds. */
export type VariableUse =
  /** `xs.name` read as a value */
  | { readonly kind: 'property'; readonly node: number; readonly name: string }
  /** `xs[index]` read as a value */
  | { readonly kind: 'element'; readonly node: number; readonly index: number }
  /** `xs.name(...)`, not optional */
  | { readonly kind: 'call'; readonly node: number; readonly call: MethodCall }
  /** `...xs` in an array, an object or a list of arguments: a copy of what it holds */
  | { readonly kind: 'spread'; readonly node: number }
  /** Anything else: the object may get a second name, or be changed. */
  | { readonly kind: 'other'; readonly node: number };

/** Array methods that neither change the array nor give it away, except to a callback's third (reduce: fourth) parameter. */
const readingMethods = new Set([
  'at',
  'includes',
  'indexOf',
  'lastIndexOf',
  'join',
  'slice',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'filter',
  'map',
  'flatMap',
  'forEach',
  'toSorted',
  'toReversed',
]);

/** Array methods that call a function with the array as its last argument. */
const callingMethods = new Set([...elementMethods, 'reduce', 'reduceRight']);

const wrappers = [
  'TSNonNullExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
  'ChainExpression',
];

/** Classifies the use at an identifier. */
export function variableUse(ast: Ast, identifier: number): VariableUse {
  const other: VariableUse = { kind: 'other', node: identifier };
  const parent = ast.parent(identifier);
  if (ast.is(parent, 'SpreadElement')) return { kind: 'spread', node: parent };
  if (!ast.is(parent, 'MemberExpression') || ast.field(identifier) !== 'object' || ast.has(parent, 'optional'))
    return other;
  if (ast.field(parent) === 'callee' && ast.is(ast.parent(parent), 'CallExpression')) {
    const call = ast.methodCall(ast.parent(parent));
    return call === undefined ? other : { kind: 'call', node: call.call, call };
  }
  if (!isPlainRead(ast, parent)) return other;
  const property = ast.child(parent, 'property');
  if (ast.has(parent, 'computed')) return { kind: 'element', node: parent, index: property };
  return ast.is(property, 'Identifier') ? { kind: 'property', node: parent, name: ast.value(property) } : other;
}

/** `true` when a use of an array variable neither changes the array nor lets anybody else hold it. */
export function isReadOfArray(ast: Ast, use: VariableUse): boolean {
  if (use.kind === 'property') return use.name === 'length';
  if (use.kind === 'element' || use.kind === 'spread') return true;
  if (use.kind !== 'call' || !readingMethods.has(use.call.name)) return false;
  return use.call.args.every((argument) => !mayReceiveArray(ast, argument, use.call.name));
}

/** `true` for an argument of an array's method that could be called with the array: a function that looks at it, or any value in its place. */
export function mayReceiveArray(ast: Ast, argument: number, method: string): boolean {
  if (!callingMethods.has(method)) return false;
  if (ast.list(ast.parent(argument), 'arguments')[0] !== argument) return ast.is(argument, 'SpreadElement');
  if (!ast.isFunction(argument)) return true;
  const parameters = ast.list(argument, 'params');
  const limit = method.startsWith('reduce') ? 4 : 3;
  const isOpen = parameters.length >= limit || parameters.some((parameter) => ast.is(parameter, 'RestElement'));
  return isOpen || ast.ofKindWithin('Identifier', argument).some((node) => ast.value(node) === 'arguments');
}

/** A member expression whose value is read: not written, deleted, or called with the object as `this`. */
export function isPlainRead(ast: Ast, member: number): boolean {
  let at = member;
  while (ast.is(ast.parent(at), ...wrappers)) at = ast.parent(at);
  const parent = ast.parent(at);
  const field = ast.field(at);
  switch (ast.kind(parent)) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return field !== 'left';
    case 'UpdateExpression':
    case 'ArrayPattern':
    case 'RestElement':
      return false;
    case 'UnaryExpression':
      return ast.value(parent) !== 'delete';
    case 'Property':
      return !ast.is(ast.parent(parent), 'ObjectPattern') || field === 'key';
    case 'CallExpression':
    case 'NewExpression':
      return field !== 'callee';
    case 'TaggedTemplateExpression':
      return field !== 'tag';
    default:
      return true;
  }
}
