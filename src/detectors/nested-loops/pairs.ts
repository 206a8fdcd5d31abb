import type { Ast } from '../../engine/ast.ts';
import type { DetectorContext } from '../../engine/analysis/detector.ts';
import type { Iteration } from '../../engine/analysis/iteration.ts';

/** `i !== j`, `a !== b`: each other one but itself. */
export function isOfPositions(
  { ast, scope }: DetectorContext,
  comparison: number,
  { region, items }: Iteration,
): boolean {
  if (!ast.is(comparison, 'BinaryExpression')) return false;
  const sides = [ast.child(comparison, 'left'), ast.child(comparison, 'right')];
  if (!sides.every((side) => ast.isIdentifier(side))) return false;
  const isCounter =
    ast.is(region, 'ForStatement') && sides.some((side) => items.some((one) => scope.bindingOf(side) === one));
  return isCounter || /^[!=]==?$/.test(ast.value(comparison));
}

/** Whether the inner loop stands under a condition of the outer one: how often it runs is not known. */
export function isConditional(ast: Ast, inner: number, outer: number): boolean {
  for (let at = inner; at !== outer && at >= 0; at = ast.parent(at)) {
    if (ast.is(ast.parent(at), 'IfStatement') && ast.field(at) !== 'test') return true;
  }
  return false;
}

/** `m[i][j]` with the counters of both loops: what is gone over are the cells of a matrix, each of them once. */
export function readsMatrix({ ast, scope }: DetectorContext, outer: Iteration, inner: Iteration): boolean {
  const isOf = (member: number, { items }: Iteration): boolean => {
    const index = scope.bindingOf(ast.child(member, 'property'));
    return ast.has(member, 'computed') && index !== undefined && items.includes(index);
  };
  return ast.ofKindWithin('MemberExpression', inner.region).some((cell) => {
    const row = ast.child(cell, 'object');
    if (!ast.is(row, 'MemberExpression')) return false;
    return (isOf(row, outer) && isOf(cell, inner)) || (isOf(row, inner) && isOf(cell, outer));
  });
}
