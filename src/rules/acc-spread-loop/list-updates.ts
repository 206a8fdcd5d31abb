import type { Ast } from '../../engine/ast.ts';
import { grownList } from '../../engine/idioms/grown-list.ts';
import type { AccumulatorKind } from '../../engine/idioms/loop-accumulator.ts';

/** Arrays that grow by `list = [...list, x]` or `list = [x, ...list]`. */
export function listKind(ast: Ast): AccumulatorKind {
  return {
    ...grownList(ast),
    isUpdate: (assignment) => isAppend(ast, assignment) || isPrepend(ast, assignment),
  };
}

/** `list = [...list, x]` */
export function isAppend(ast: Ast, assignment: number): boolean {
  const [first, second] = elementsOf(ast, assignment);
  return second !== undefined && isSelf(ast, first, assignment);
}

/** `list = [x, ...list]` */
export function isPrepend(ast: Ast, assignment: number): boolean {
  const [first, ...rest] = elementsOf(ast, assignment);
  return isSelf(ast, rest.at(-1), assignment) && !isSelf(ast, first, assignment);
}

function elementsOf(ast: Ast, assignment: number): number[] {
  const right = ast.child(assignment, 'right');
  return ast.is(right, 'ArrayExpression') ? ast.list(right, 'elements') : [];
}

function isSelf(ast: Ast, element: number | undefined, assignment: number): boolean {
  return (
    element !== undefined &&
    ast.is(element, 'SpreadElement') &&
    ast.isIdentifier(ast.child(element, 'argument'), ast.value(ast.child(assignment, 'left')))
  );
}
