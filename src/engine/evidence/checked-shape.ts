import type { Ast } from '../ast.ts';
import type { Shape } from './shape.ts';
import type { TypePort } from './type-port.ts';

/** What a type checker says of an expression, where there is one and it can be believed: of JavaScript it only guesses. */
export function checkedShape(ast: Ast, node: number, types: TypePort | undefined): Shape | undefined {
  if (types === undefined || !ast.is(node, 'Identifier', 'MemberExpression', 'CallExpression')) return undefined;
  const { language } = ast.tree;
  const isTyped = language === 'typescript' || language === 'tsx';
  if (!isTyped || ast.has(node, 'optional') || ast.isInChain(node)) return undefined;
  return types.shapeAt(ast.start(node), ast.end(node));
}
