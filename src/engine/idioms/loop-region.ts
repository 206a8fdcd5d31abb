import { type Ast, none } from '../ast.ts';
import type { Binding } from '../scope/scope.ts';

/**
 * The outermost loop around a node that keeps one and the same variable from one round to the next, i.e. that does not
 * create it anew: {@link none} when there is no such loop. Code before it runs before, code behind it after all its rounds.
 */
export function outermostLoop(ast: Ast, node: number, binding: Binding): number {
  let outermost = none;
  for (let loop = ast.enclosingLoop(node); loop >= 0; loop = ast.enclosingLoop(loop)) {
    // a `var` in a loop is one variable for all rounds
    if (binding.kind !== 'var' && ast.within(binding.declarations[0] ?? none, loop)) break;
    outermost = loop;
  }
  return outermost;
}

/**
 * `true` when a variable belongs to one call of a function or to a module, so that only code of this file can reach it. At
 * the top of a classic script other scripts could.
 */
export function isOwnVariable(ast: Ast, binding: Binding): boolean {
  return binding.declarations.length === 1 && !binding.exported && (binding.fn !== none || isModule(ast));
}

/** A module, also of the CommonJS kind: `require('…')` with a name, or a program that a shell starts. */
function isModule(ast: Ast): boolean {
  if (ast.value(ast.root) === 'module' || ast.ofKind('Hashbang').length > 0) return true;
  const isRequire = (call: number): boolean =>
    ast.isIdentifier(ast.child(call, 'callee'), 'require') && ast.string(ast.child(call, 'arguments')) !== undefined;
  return ast.ofKind('CallExpression').some(isRequire);
}
