import { none } from '../../engine/ast.ts';
import type { RuleContext } from '../../engine/rule.ts';
import type { Binding } from '../../engine/scope/scope.ts';

/** `groups[key] = [...(groups[key] ?? []), x]` as a statement. */
export interface GroupUpdate {
  readonly assignment: number;
  readonly groups: Binding;
  /** The two identifiers of the object. */
  readonly uses: readonly number[];
  /** `groups[key]` on the left side. */
  readonly target: number;
  readonly key: number;
  readonly operator: '??' | '||';
  readonly added: readonly number[];
}

export function readGroupUpdate({ ast, scope }: RuleContext, assignment: number): GroupUpdate | undefined {
  if (ast.value(assignment) !== '=' || !ast.is(ast.parent(assignment), 'ExpressionStatement')) return undefined;
  const target = ast.child(assignment, 'left');
  const [spread = none, ...added] = ast.list(ast.child(assignment, 'right'), 'elements');
  if (!ast.is(target, 'MemberExpression') || !ast.is(ast.child(assignment, 'right'), 'ArrayExpression'))
    return undefined;
  const choice = ast.is(spread, 'SpreadElement') ? ast.withoutTypes(ast.child(spread, 'argument')) : none;
  const operator = ast.value(choice);
  const fallback = ast.withoutTypes(ast.child(choice, 'right'));
  const isChoice =
    ast.is(choice, 'LogicalExpression') && ast.is(fallback, 'ArrayExpression') && ast.children(fallback).length === 0;
  if (!isChoice || (operator !== '??' && operator !== '||')) return undefined;
  const old = ast.child(choice, 'left');
  const [object, again] = [ast.child(target, 'object'), ast.child(old, 'object')];
  const groups = ast.isIdentifier(object) ? scope.bindingOf(object) : undefined;
  const isSame = ast.is(old, 'MemberExpression') && ast.source(old) === ast.source(target);
  if (groups === undefined || !isSame || scope.bindingOf(again) !== groups || ast.has(old, 'optional'))
    return undefined;
  if (added.length === 0 || added.some((one) => ast.is(one, 'SpreadElement', 'Hole'))) return undefined;
  return {
    assignment,
    groups,
    uses: [object, again],
    target,
    key: ast.has(target, 'computed') ? ast.child(target, 'property') : none,
    operator,
    added,
  };
}
