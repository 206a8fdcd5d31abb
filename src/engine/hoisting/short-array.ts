import type { RuleContext } from '../rule.ts';
import { usesOf } from './array-uses.ts';

/** Fewer elements or rounds than this do not pay for building a Set (measured: 0.3–0.6× at 10, 0.8–2.3× at 30). */
export const fewItems = 16;

/** An array literal whose few elements are all written out, here or in a variable that never gets more. */
export function isShortArray(ctx: RuleContext, node: number): boolean {
  const { ast, scope } = ctx;
  const binding = scope.bindingOf(node);
  if (binding === undefined) return isShortLiteral(ctx, node);
  const literal = scope.initializer(binding);
  const uses = usesOf(ctx, binding);
  // an empty array that goes elsewhere was made to be filled there
  const isFilled = uses.some(
    ({ use }) => use === 'change' || (use === 'leak' && ast.list(ast.withoutTypes(literal), 'elements').length === 0),
  );
  return isShortLiteral(ctx, literal) && !isFilled;
}

function isShortLiteral({ ast }: RuleContext, node: number): boolean {
  const array = ast.withoutTypes(node);
  const elements = ast.list(array, 'elements');
  return (
    ast.is(array, 'ArrayExpression') &&
    elements.length < fewItems &&
    !elements.some((element) => ast.is(element, 'SpreadElement'))
  );
}
