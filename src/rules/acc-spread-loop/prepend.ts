import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { type LoopAccumulator, mayMissCodeBehind } from '../../engine/idioms/loop-accumulator.ts';
import { outermostLoop } from '../../engine/idioms/loop-region.ts';
import { movedArgument } from '../../engine/rewriting/moved-source.ts';
import type { Rewriter } from '../../engine/rewriting/rewriter.ts';
import type { RuleContext } from '../../engine/rule.ts';

/**
 * `list = [x, ...list]` becomes `list.push(x)`, and `list.reverse()` follows the loop. `undefined` where somebody could see
 * the list between the two, or where something could be in it before the loop.
 */
export function prependEdits({ ast, rewrite }: RuleContext, { binding, updates }: LoopAccumulator): Edit[] | undefined {
  const [region, ...others] = [...new Set(updates.map((update) => outermostLoop(ast, update, binding)))];
  if (
    region === undefined ||
    others.length > 0 ||
    !startsEmpty(ast, binding.declarations[0] ?? none) ||
    mayMissCodeBehind(ast, region)
  )
    return undefined;
  // every use before the end of the loop belongs to an update, one write and one read each
  const early = binding.references.filter(({ node, init }) => !init && node <= ast.last(region));
  if (early.length !== 2 * updates.length) return undefined;
  const reverse = rewrite.insertAfter(region, `${binding.name}.reverse()`);
  const pushes = updates.map((update) => pushEdit(ast, rewrite, update, binding.name));
  return reverse === undefined || pushes.includes(undefined)
    ? undefined
    : [...pushes.filter((edit) => edit !== undefined), reverse];
}

function startsEmpty(ast: Ast, declaration: number): boolean {
  const init = ast.withoutTypes(ast.child(ast.parent(declaration), 'init'));
  return ast.is(init, 'ArrayExpression') && ast.children(init).length === 0;
}

function pushEdit(ast: Ast, rewrite: Rewriter, update: number, name: string): Edit | undefined {
  const [element, self, ...more] = ast.list(ast.child(update, 'right'), 'elements');
  if (element === undefined || self === undefined || more.length > 0 || ast.is(element, 'SpreadElement', 'Hole'))
    return undefined;
  return {
    start: ast.start(update),
    end: ast.end(update),
    text: `${name}.push(${movedArgument(ast, rewrite, element, rewrite.indentAt(ast.start(update)))})`,
  };
}
