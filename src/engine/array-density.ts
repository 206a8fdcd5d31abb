import type { Ast } from './ast.ts';
import type { Binding } from './scope.ts';

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
  return binding.references.every(
    (reference) => reference.init || (!reference.write && isHarmless(ast, reference.node)),
  );
}

function isHarmless(ast: Ast, node: number): boolean {
  const parent = ast.parent(node);
  const field = ast.field(node);
  if (ast.is(parent, 'SpreadElement') || (ast.is(parent, 'ForOfStatement') && field === 'right')) return true;
  if (!ast.is(parent, 'MemberExpression') || field !== 'object') return false;
  const outer = ast.parent(parent);
  if (ast.field(parent) === 'callee')
    return (
      !ast.has(parent, 'computed') &&
      harmlessArrayMethods.has(ast.value(ast.child(parent, 'property'))) &&
      !returnsItself(ast, outer, parent)
    );
  const isWritten =
    (ast.is(outer, 'AssignmentExpression') && ast.field(parent) === 'left') ||
    ast.is(outer, 'UpdateExpression') ||
    (ast.is(outer, 'UnaryExpression') && ast.value(outer) === 'delete');
  return !isWritten;
}

/** `xs.sort()` and `xs.reverse()` give the array itself: used further, it has a second name. */
function returnsItself(ast: Ast, call: number, member: number): boolean {
  return (
    ['sort', 'reverse'].includes(ast.value(ast.child(member, 'property'))) &&
    !ast.is(ast.parent(call), 'ExpressionStatement')
  );
}
