import type { Ast } from '../ast.ts';

/** Behind the node stands a `break` of the very loop, or a `return`: it runs once for all of the loop's rounds. */
export function isLeftAfter(ast: Ast, node: number, region: number): boolean {
  for (let at = node; at !== region && at >= 0; at = ast.parent(at)) {
    if (ast.field(at) !== 'body' || !ast.is(ast.parent(at), 'BlockStatement')) continue;
    const behind = ast.list(ast.parent(at), 'body').filter((one) => one > at);
    const isLeft = behind.some(
      (one) =>
        ast.is(one, 'ThrowStatement') ||
        // in a callback, it ends the round only
        (ast.is(one, 'ReturnStatement') && ast.enclosingFunction(one) === ast.enclosingFunction(region)) ||
        (ast.is(one, 'BreakStatement') && ast.enclosingLoop(one) === region),
    );
    if (isLeft) return true;
  }
  return false;
}
