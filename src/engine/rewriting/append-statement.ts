import type { Ast } from '../ast.ts';
import { itemName } from './item-name.ts';
import { movedArgument } from './moved-source.ts';
import type { Rewriter } from './rewriter.ts';
import type { Binding, Scope } from '../scope/scope.ts';

/**
 * The statement (without semicolon) that appends the elements of an array literal, from the second on, to the array in a
 * variable: `xs.push(a, b)`, or a loop for `...ys`. `undefined` when no single statement means the same. It reads and
 * calls what the literal did, in the same order, and is to stand at `indent`. `push(...ys)` is never made: it overflows
 * the stack at some 120,000 elements.
 */
export function appendStatement(
  ast: Ast,
  scope: Scope,
  rewrite: Rewriter,
  literal: number,
  target: Binding,
  indent: string,
): string | undefined {
  const [, ...elements] = ast.list(literal, 'elements');
  const [only] = elements;
  if (only === undefined || elements.some((element) => ast.is(element, 'Hole'))) return undefined;
  if (!elements.some((element) => ast.is(element, 'SpreadElement'))) {
    return `${target.name}.push(${elements.map((element) => movedArgument(ast, rewrite, element, indent)).join(', ')})`;
  }
  // what is spread must not read the array: the loop would see it grow; with several parts, one would see the other's
  if (elements.length > 1 || scope.referencesWithin(target, literal).length > 1) return undefined;
  const source = ast.child(only, 'argument');
  const name = itemName(ast, source, [target.name]);
  return `for (const ${name} of ${movedArgument(ast, rewrite, source, indent)}) ${target.name}.push(${name})`;
}
