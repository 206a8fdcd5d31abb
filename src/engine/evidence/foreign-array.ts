import type { Ast } from '../ast.ts';
import type { Scope } from '../scope/scope.ts';

/**
 * `true` for a parameter or a property: an array that other code filled. One that is made here without being certainly
 * free of holes, such as `Array(5)`, may well be nothing but holes.
 */
export function isForeignArray(ast: Ast, scope: Scope, node: number): boolean {
  return ast.is(node, 'MemberExpression') || scope.bindingOf(node)?.kind === 'parameter';
}
