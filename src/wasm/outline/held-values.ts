import { none } from '../../engine/ast.ts';
import type { Ast } from '../../engine/ast.ts';
import type { DefinitionKind } from '../../engine/merge/outline.ts';

/** What a value makes of the variable, field or property that holds it, and where its braces are. */
export function classify(
  ast: Ast,
  given: number,
  ofFunction: 'function' | 'method',
): { readonly kind: DefinitionKind; readonly body: number } {
  const value = ast.withoutTypes(given);
  if (ast.isFunction(value)) {
    const body = ast.child(value, 'body');
    return { kind: ofFunction, body: ast.is(body, 'BlockStatement', 'FunctionBody') ? body : none };
  }
  if (ast.is(value, 'ClassExpression')) return { kind: 'class', body: ast.child(value, 'body') };
  return { kind: 'variable', body: ast.is(value, 'ObjectExpression') ? value : none };
}

/** Whether an object has functions or classes, itself or in objects inside. */
export function heldFunctions(ast: Ast, object: number): boolean {
  const objects = [object];
  for (let at = objects.pop(); at !== undefined; at = objects.pop()) {
    for (const property of ast.list(at, 'properties')) {
      const { kind, body } = classify(ast, ast.child(property, 'value'), 'method');
      if (kind !== 'variable') return true;
      if (body >= 0) objects.push(body);
    }
  }
  return false;
}

/** `require('a')` and `require('a').b`. */
export function isRequire(ast: Ast, given: number): boolean {
  let value = given;
  while (ast.is(value, 'MemberExpression') && !ast.has(value, 'computed')) value = ast.child(value, 'object');
  return (
    ast.is(value, 'CallExpression') &&
    ast.isIdentifier(ast.child(value, 'callee'), 'require') &&
    ast.is(ast.child(value, 'arguments'), 'StringLiteral')
  );
}
