import type { Ast } from '../ast.ts';
import type { Scope } from '../scope/scope.ts';
import { hasVisibleHoles } from './visible-holes.ts';

/**
 * `true` for a parameter or a property: an array that other code filled. One that is made here without being certainly
 * free of holes, such as `Array(5)`, may well be nothing but holes, and so may a parameter of which the code deletes elements.
 */
export function isForeignArray(ast: Ast, scope: Scope, node: number): boolean {
  if (ast.is(node, 'MemberExpression')) return true;
  return scope.bindingOf(node)?.kind === 'parameter' && !hasVisibleHoles(ast, scope, node);
}
