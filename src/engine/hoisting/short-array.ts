import type { RuleContext } from '../rule.ts';
import { usesOf } from './array-uses.ts';

/** Fewer elements or rounds than this do not pay for building a Set (measured: 0.3–0.6× at 10, 0.8–2.3× at 30). */
export const fewItems = 16;

/** An array whose few elements are all written out, here or in a variable that never gets more. */
export function isShortArray(ctx: RuleContext, node: number): boolean {
  const { ast, scope } = ctx;
  const binding = scope.bindingOf(node);
  if (binding === undefined) return isShortLiteral(ctx, node);
  const literal = scope.initializer(binding);
  const uses = usesOf(ctx, binding);
  if (isKeysOfFew(ctx, literal)) return uses.every(({ use }) => use !== 'change');
  // an empty array that goes elsewhere was made to be filled there
  const isFilled = uses.some(
    ({ use }) => use === 'change' || (use === 'leak' && ast.list(ast.withoutTypes(literal), 'elements').length === 0),
  );
  return isShortLiteral(ctx, literal) && !isFilled;
}

/** `Object.keys(table)` of a constant object whose few properties are written out. */
function isKeysOfFew({ ast, scope }: RuleContext, node: number): boolean {
  const call = ast.methodCall(ast.withoutTypes(node), 'keys');
  const table = call === undefined ? undefined : scope.bindingOf(call.args[0] ?? -1);
  if (call === undefined || table === undefined || !ast.isIdentifier(call.object, 'Object')) return false;
  const object = ast.withoutTypes(scope.initializer(table));
  const properties = ast.list(object, 'properties');
  return (
    ast.is(object, 'ObjectExpression') &&
    properties.length < fewItems &&
    !properties.some((one) => ast.is(one, 'SpreadElement')) &&
    table.references.every(({ node: use, init }) => init || !isWrittenElement(ast, use))
  );
}

/** `table[key] = …` */
function isWrittenElement(ast: RuleContext['ast'], use: number): boolean {
  const member = ast.parent(use);
  return ast.is(member, 'MemberExpression') && ast.field(member) === 'left';
}

/** Written out, also as one of two, or what `filter` or `slice` leaves of that. */
function isShortLiteral(ctx: RuleContext, node: number): boolean {
  const { ast } = ctx;
  const array = ast.withoutTypes(node);
  if (ast.is(array, 'ConditionalExpression'))
    return ['consequent', 'alternate'].every((field) => isShortLiteral(ctx, ast.child(array, field)));
  const part = ast.methodCall(array, 'filter', 'slice');
  if (part !== undefined) return isShortLiteral(ctx, part.object);
  const elements = ast.list(array, 'elements');
  return (
    ast.is(array, 'ArrayExpression') &&
    elements.length < fewItems &&
    !elements.some((element) => ast.is(element, 'SpreadElement'))
  );
}
