import type { Ast } from '../ast.ts';

/** `text.trim ? text.trim() : text.replace(…)`: for engines that have no `trim`, where nothing else can be called. */
export function replacesTrim(ast: Ast, node: number): boolean {
  for (let below = node, at = ast.parent(node); at >= 0; below = at, at = ast.parent(at)) {
    // `const trim = String.prototype.trim ? native : function (text) { … }`
    if (ast.isFunction(at) && !ast.is(ast.parent(at), 'ConditionalExpression')) return false;
    const test = ast.is(at, 'ConditionalExpression', 'IfStatement') ? ast.child(at, 'test') : -1;
    if (test >= 0 && test !== below && /\.trim(?:Start|End)?$/.test(ast.source(test))) return true;
  }
  return false;
}
