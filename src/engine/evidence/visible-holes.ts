import { type Ast, none } from '../ast.ts';
import type { Binding, Scope } from '../scope/scope.ts';

/**
 * `true` when the code itself shows that an array may have holes: `[1, , 2]`, `Array(5)`, or a variable that is one of those,
 * of which an element is deleted, or whose length is set. That arrays have none is then nothing to assume.
 */
export function hasVisibleHoles(ast: Ast, scope: Scope, node: number): boolean {
  if (ast.is(node, 'ArrayExpression')) return ast.list(node, 'elements').some((element) => ast.is(element, 'Hole'));
  if (ast.is(node, 'NewExpression', 'CallExpression'))
    return scope.isGlobal(ast.child(node, 'callee'), 'Array') && ast.list(node, 'arguments').length === 1;
  const binding = ast.isIdentifier(node) ? scope.bindingOf(node) : undefined;
  if (binding === undefined) return false;
  const init = scope.initializer(binding);
  return (
    (init !== none && !ast.isIdentifier(init) && hasVisibleHoles(ast, scope, init) && !isFilled(ast, binding)) ||
    binding.references.some((reference) => makesHole(ast, reference.node))
  );
}

/** `delete xs[0]`, `xs.length = 9`. */
function makesHole(ast: Ast, identifier: number): boolean {
  const member = ast.parent(identifier);
  if (!ast.is(member, 'MemberExpression') || ast.field(identifier) !== 'object') return false;
  const outer = ast.parent(member);
  const isComputed = ast.has(member, 'computed');
  if (ast.is(outer, 'UnaryExpression')) return isComputed && ast.value(outer) === 'delete';
  const isLength = !isComputed && ast.value(ast.child(member, 'property')) === 'length';
  if (ast.is(outer, 'UpdateExpression')) return isLength;
  const isWritten = ast.is(outer, 'AssignmentExpression') && ast.field(member) === 'left';
  return isWritten && isLength && ast.number(ast.child(outer, 'right')) !== 0;
}

/** `xs.fill(…)`, or `xs[i] = …` somewhere: what was made with a length is given its elements. */
function isFilled(ast: Ast, { references }: Binding): boolean {
  return references.some(({ node }) => {
    const member = ast.parent(node);
    if (!ast.is(member, 'MemberExpression') || ast.field(node) !== 'object') return false;
    const outer = ast.parent(member);
    if (ast.has(member, 'computed')) return ast.is(outer, 'AssignmentExpression') && ast.field(member) === 'left';
    return ast.field(member) === 'callee' && ast.value(ast.child(member, 'property')) === 'fill';
  });
}
