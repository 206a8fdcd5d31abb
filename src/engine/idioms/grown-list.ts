import type { Ast } from '../ast.ts';
import type { AccumulatorKind } from './loop-accumulator.ts';
import { isReadOfArray, variableUse } from './variable-uses.ts';

/** Arrays that start as a literal, and that one variable alone holds while a loop adds to them. */
export function grownList(ast: Ast): Pick<AccumulatorKind, 'isFreshLiteral' | 'isPrivateUse'> {
  return {
    isFreshLiteral: (expression) => isListLiteral(ast, expression),
    isPrivateUse: (identifier) => isReadOfArray(ast, variableUse(ast, identifier)) || isPlainPush(ast, identifier),
  };
}

/** An array literal without holes: a copy by spread would have filled them with undefined. */
export function isListLiteral(ast: Ast, expression: number): boolean {
  return (
    ast.is(expression, 'ArrayExpression') &&
    !ast.list(expression, 'elements').some((element) => ast.is(element, 'Hole'))
  );
}

/** Adds to the array that the variable holds alone, before as after a rewrite to `push`. */
function isPlainPush(ast: Ast, identifier: number): boolean {
  const use = variableUse(ast, identifier);
  return use.kind === 'call' && use.call.name === 'push' && ast.is(ast.parent(use.node), 'ExpressionStatement');
}
