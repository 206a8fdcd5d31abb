import type { Ast } from '../ast.ts';
import type { Rewriter } from './rewriter.ts';

/**
 * Source of a node for a place with an indentation of its own, lines ending with `\n`: without the indentation of the line on
 * which `from` starts. `undefined` when a text of several lines would lose its white space.
 */
export function movedCode(
  { ast, rewrite }: { readonly ast: Ast; readonly rewrite: Rewriter },
  from: number,
  node: number,
): string | undefined {
  if (ast.ofKindWithin('TemplateElement', node).some((text) => /[\n\r]/.test(ast.source(text)))) return undefined;
  const indent = rewrite.indentAt(ast.start(from));
  const [head = '', ...rest] = ast.source(node).split(/\r\n|\n|\r/);
  return [head, ...rest.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))].join('\n');
}
