import type { Ast } from '../ast.ts';
import type { Binding } from './binding.ts';

/** `true` when the declaration of a variable has certainly run whenever `place` is reached. */
export function isSetBefore(ast: Ast, binding: Binding, place: number): boolean {
  return binding.declarations.every((declaration) => hasRun(ast, declaration, place));
}

function hasRun(ast: Ast, declaration: number, place: number): boolean {
  let at = declaration;
  while (at >= 0 && !ast.is(at, 'VariableDeclaration')) at = ast.parent(at);
  const region = reachedRegion(ast, at);
  if (place < declaration || !ast.within(place, region)) return false;
  // a hoisted function may be called before
  for (let outer = ast.parent(place); outer > region; outer = ast.parent(outer))
    if (ast.is(outer, 'FunctionDeclaration')) return false;
  return true;
}

/** What is left only by throwing or leaving, and in which everything behind the declaration runs after it. */
function reachedRegion(ast: Ast, declaration: number): number {
  const holder = ast.parent(declaration);
  // a loop over nothing sets no variable, so only its body counts
  if (ast.field(declaration) === 'left') return ast.child(holder, 'body');
  return ast.is(holder, 'ForStatement', 'ExportNamedDeclaration') ? ast.parent(holder) : holder;
}
