import { type Ast, none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';
import type { Binding } from '../scope/scope.ts';

type Tools = Pick<RuleTools, 'ast' | 'scope'>;

/** Conditions that must all hold: `a && b && c` is three. */
export function conjuncts(ast: Ast, condition: number): number[] {
  const node = ast.withoutTypes(condition);
  if (!ast.is(node, 'LogicalExpression') || ast.value(node) !== '&&') return node === none ? [] : [node];
  return [...conjuncts(ast, ast.child(node, 'left')), ...conjuncts(ast, ast.child(node, 'right'))];
}

/**
 * `true` for `item.id === key`: one side is made of the item alone, by reading properties, and the other does not use it. What can be
 * looked up in a Map by that key.
 */
export function comparesKeyOf({ ast, scope }: Tools, condition: number, items: readonly Binding[]): boolean {
  if (!ast.is(condition, 'BinaryExpression') || !['===', '=='].includes(ast.value(condition))) return false;
  const sides = [ast.child(condition, 'left'), ast.child(condition, 'right')];
  const uses = sides.map((side) =>
    ast.ofKindWithin('Identifier', side).some((node) => items.some((item) => scope.bindingOf(node) === item)),
  );
  const keyed = sides.findIndex((side, index) => uses[index] === true && isPropertyPath(ast, side));
  const other = sides[1 - keyed];
  if (keyed < 0 || other === undefined || uses[1 - keyed] === true) return false;
  // `x.type === 'a'` sorts out a kind; there is nothing to look up by
  return !isConstant(ast, other);
}

function isPropertyPath(ast: Ast, node: number): boolean {
  let at = ast.withoutTypes(node);
  while (ast.is(at, 'MemberExpression', 'ChainExpression')) {
    if (ast.has(at, 'computed') && ast.number(ast.child(at, 'property')) === undefined) return isIndexed(ast, at);
    at = ast.withoutTypes(ast.child(at, ast.is(at, 'ChainExpression') ? 'expression' : 'object'));
  }
  return ast.is(at, 'Identifier');
}

/** `xs[i]`, at the root of a path. */
function isIndexed(ast: Ast, member: number): boolean {
  return ast.is(ast.child(member, 'object'), 'Identifier') && ast.is(ast.child(member, 'property'), 'Identifier');
}

function isConstant(ast: Ast, node: number): boolean {
  const value = ast.withoutTypes(node);
  if (ast.is(value, 'UnaryExpression')) return isConstant(ast, ast.child(value, 'argument'));
  return ast.kind(value).endsWith('Literal') || ast.isIdentifier(value, 'undefined');
}
