import type { Ast } from '../../engine/ast.ts';
import type { DefinitionKind } from '../../engine/merge/outline.ts';

/** Name of a class member or property as it is written, without quotes; `[…]` when computed. */
export function propertyName(ast: Ast, node: number): string {
  const key = ast.child(node, 'key');
  if (key < 0) return '';
  if (!ast.has(node, 'computed')) return unquoted(ast.source(key));
  return `[${ast.source(key)}]`;
}

export function unquoted(name: string): string {
  return /^(['"]).*\1$/s.test(name) ? name.slice(1, -1) : name;
}

/** A method, constructor or accessor of a class, or one that an interface asks for. */
export function memberOf(
  ast: Ast,
  node: number,
): { readonly name: string; readonly kind: DefinitionKind; readonly body: number; readonly signature: string } {
  const value = ast.is(node, 'TSMethodSignature') ? node : ast.child(node, 'value');
  const body = ast.child(value, 'body');
  const kind = ast.value(node);
  const words = [ast.has(node, 'static') ? 'static' : '', kind === 'get' || kind === 'set' ? kind : ''];
  if (body < 0) words.push(parameterTypes(ast, value));
  return {
    name: propertyName(ast, node),
    kind: body < 0 ? 'signature' : 'method',
    body,
    signature: words.filter((word) => word !== '').join(' '),
  };
}

/** `(string, T[])`: types of the parameters of an overload, the parameter itself where it has none. */
export function parameterTypes(ast: Ast, node: number): string {
  const types = ast.list(node, 'params').map((parameter) => {
    const target = ast.is(parameter, 'RestElement') ? ast.child(parameter, 'argument') : parameter;
    const annotation = Math.max(ast.child(parameter, 'typeAnnotation'), ast.child(target, 'typeAnnotation'));
    const source = ast.source(annotation < 0 ? parameter : annotation);
    return source.replace(/^:/, '').replace(/\s+/g, ' ').trim();
  });
  return `(${types.join(', ')})`;
}
