import { none } from '../../engine/ast.ts';
import type { RuleContext } from '../../engine/rule.ts';

/** `xs.map((x) => value)` in its parts, as source. */
export interface FusableMap {
  readonly receiver: number;
  readonly parameter: string;
  readonly value: string;
}

/**
 * A mapping whose function can be called by another iteration of the same receiver: `(x) => value` and `({ a }) => value`, called
 * for the same elements in the same order and changing nothing. `undefined` for others, and where the receiver is known not to be an array.
 */
export function fusableMap({ ast, evidence, purity, rewrite }: RuleContext, node: number): FusableMap | undefined {
  const call = ast.methodCall(node, 'map');
  const [fn = none, ...others] = call?.args ?? [];
  if (call === undefined || others.length > 0) return undefined;
  const shape = evidence.shapeOf(call.object);
  if (shape !== undefined && shape.type !== 'array') return undefined;
  const value = ast.child(fn, 'body');
  const [parameter = none, ...more] = ast.list(fn, 'params');
  const isSimple = ast.is(fn, 'ArrowFunctionExpression') && !ast.has(fn, 'async') && !ast.is(value, 'BlockStatement');
  if (
    !isSimple ||
    more.length > 0 ||
    !ast.is(parameter, 'Identifier', 'ObjectPattern') ||
    ast.child(fn, 'typeParameters') !== none
  )
    return undefined;
  // map() goes by the length at its start, reduce() meets what is there by then: only the same if nothing is changed meanwhile
  if (!purity.isPure(value)) return undefined;
  // within the function `Math` must still be the global object
  if (ast.ofKindWithin('Identifier', parameter).some((name) => ast.value(name) === 'Math')) return undefined;
  return { receiver: call.object, parameter: ast.source(parameter), value: rewrite.argument(value) };
}
