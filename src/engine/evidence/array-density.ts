import type { Ast } from '../ast.ts';
import type { Binding, Reference } from '../scope/scope.ts';
import { isPlainRead, isReadOfArray, mayReceiveArray, variableUse } from '../idioms/variable-uses.ts';

/** Methods that leave an array without holes when it had none. */
const harmlessArrayMethods = new Set([
  'push',
  'unshift',
  'map',
  'filter',
  'forEach',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'indexOf',
  'lastIndexOf',
  'includes',
  'join',
  'slice',
  'reduce',
  'reduceRight',
  'sort',
  'reverse',
  'at',
  'pop',
  'shift',
  'concat',
  'flat',
  'flatMap',
  'keys',
  'values',
  'entries',
]);

/** `true` when no use of an array variable could make a hole: it never leaves, nobody writes to an index or to `length`. */
export function staysDense(ast: Ast, binding: Binding): boolean {
  return (
    !binding.exported &&
    binding.references.every(
      (reference) =>
        reference.init ||
        (!reference.write && isHarmless(ast, reference.node) && !mayShrinkWhileMapped(ast, reference, binding)),
    )
  );
}

/** `true` when every use of an array or a set only reads it, so that it keeps the elements that it started with. */
export function keepsElements(ast: Ast, binding: Binding): boolean {
  const isIterated = (node: number): boolean =>
    ast.is(ast.parent(node), 'ForOfStatement') && ast.field(node) === 'right';
  return (
    !binding.exported &&
    binding.references.every(
      ({ init, write, node }) =>
        init || (!write && (isIterated(node) || isReadOfArray(ast, variableUse(ast, node)) || isSetTest(ast, node))),
    )
  );
}

function isSetTest(ast: Ast, node: number): boolean {
  const use = variableUse(ast, node);
  return (use.kind === 'call' && use.call.name === 'has') || (use.kind === 'property' && use.name === 'size');
}

/** `xs.map(f)` gives holes for what `f` took away behind its place. */
function mayShrinkWhileMapped(ast: Ast, { node, fn }: Reference, binding: Binding): boolean {
  const use = variableUse(ast, node);
  return fn !== binding.fn && use.kind === 'call' && ['pop', 'shift'].includes(use.call.name);
}

function isHarmless(ast: Ast, node: number): boolean {
  const parent = ast.parent(node);
  const field = ast.field(node);
  if (ast.is(parent, 'SpreadElement') || (ast.is(parent, 'ForOfStatement') && field === 'right')) return true;
  if (!ast.is(parent, 'MemberExpression') || field !== 'object') return false;
  const outer = ast.parent(parent);
  if (ast.field(parent) !== 'callee') return isPlainRead(ast, parent);
  const method = ast.value(ast.child(parent, 'property'));
  return (
    !ast.has(parent, 'computed') &&
    harmlessArrayMethods.has(method) &&
    !returnsItself(ast, outer, parent) &&
    !ast.list(outer, 'arguments').some((argument) => mayReceiveArray(ast, argument, method))
  );
}

/** `xs.sort()` and `xs.reverse()` give the array itself: used further, it has a second name. */
function returnsItself(ast: Ast, call: number, member: number): boolean {
  return (
    ['sort', 'reverse'].includes(ast.value(ast.child(member, 'property'))) &&
    !ast.is(ast.parent(call), 'ExpressionStatement')
  );
}
