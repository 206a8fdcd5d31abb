import { elementMethods } from '../evidence/array-methods.ts';
import { isPlainRead } from '../idioms/variable-uses.ts';
import type { RuleContext } from '../rule.ts';
import type { Binding } from '../scope/scope.ts';

/** What a use of an array variable does with the array. `leak`: it gets a second name that this analysis does not follow. */
type Use = 'read' | 'change' | 'leak';

export interface ArrayUse {
  readonly node: number;
  /** Innermost function around it. */
  readonly fn: number;
  readonly use: Use;
}

const readingMethods = new Set([
  'includes',
  'indexOf',
  'lastIndexOf',
  'join',
  'slice',
  'concat',
  'at',
  'keys',
  'values',
  'entries',
  'flat',
  'toString',
  'toReversed',
  'with',
  'toSpliced',
]);
const callingMethods = new Set([...elementMethods, 'toSorted']);
const changingMethods = new Set(['push', 'pop', 'shift', 'unshift', 'splice']);

/** Global functions that read an array and do not keep it. */
const readers = [
  'Array.isArray',
  'Array.from',
  'Object.keys',
  'Object.values',
  'Object.entries',
  'Math.max',
  'Math.min',
  'JSON.stringify',
].map((name) => name.split('.') as [string, string]);

/** All uses of a variable that holds an array, but its declaration. */
export function usesOf(ctx: RuleContext, binding: Binding): ArrayUse[] {
  return binding.references
    .filter((reference) => !reference.init)
    .map(({ node, fn }) => ({ node, fn, use: useOf(ctx, node) }));
}

function useOf(ctx: RuleContext, node: number): Use {
  const { ast, scope } = ctx;
  const parent = ast.parent(node);
  const field = ast.field(node);
  if (ast.is(parent, 'SpreadElement', 'BinaryExpression', 'UnaryExpression')) return 'read';
  if (ast.is(parent, 'ForOfStatement') && field === 'right') return 'read';
  if (ast.is(parent, 'MemberExpression') && field === 'object') return memberUse(ctx, parent);
  if (ast.is(parent, 'NewExpression') && field === 'arguments')
    return ['Set', 'Map'].some((name) => scope.isGlobal(ast.child(parent, 'callee'), name)) ? 'read' : 'leak';
  if (ast.is(parent, 'CallExpression') && field === 'arguments' && ast.child(parent, 'arguments') === node) {
    return readers.some(([object, name]) => scope.isGlobalMember(ast.child(parent, 'callee'), object, name))
      ? 'read'
      : 'leak';
  }
  return ast.isInBooleanContext(node) ? 'read' : 'leak';
}

function memberUse({ ast }: RuleContext, member: number): Use {
  const isComputed = ast.has(member, 'computed');
  if (ast.field(member) !== 'callee') return isPlainRead(ast, member) ? 'read' : 'change';
  const call = ast.parent(member);
  const name = isComputed ? '' : ast.value(ast.child(member, 'property'));
  if (readingMethods.has(name)) return 'read';
  if (changingMethods.has(name)) return 'change';
  const [callback] = ast.list(call, 'arguments');
  // a callback gets the array as its third argument
  if (callingMethods.has(name)) return callback === undefined || takesAtMost(ast, callback, 2) ? 'read' : 'leak';
  if (name === 'reduce' || name === 'reduceRight')
    return callback !== undefined && takesAtMost(ast, callback, 3) ? 'read' : 'leak';
  // these give the array itself
  if (['sort', 'reverse', 'fill', 'copyWithin'].includes(name))
    return ast.is(ast.parent(call), 'ExpressionStatement') ? 'change' : 'leak';
  return 'leak';
}

function takesAtMost(ast: RuleContext['ast'], callback: number, count: number): boolean {
  const parameters = ast.list(callback, 'params');
  const usesArguments =
    !ast.is(callback, 'ArrowFunctionExpression') &&
    ast.ofKindWithin('Identifier', callback).some((node) => ast.value(node) === 'arguments');
  return (
    ast.isFunction(callback) &&
    parameters.length <= count &&
    !parameters.some((parameter) => ast.is(parameter, 'RestElement')) &&
    !usesArguments
  );
}
