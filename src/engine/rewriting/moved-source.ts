import type { Ast } from '../ast.ts';
import type { Rewriter } from './rewriter.ts';

/**
 * Source of an expression as one argument of code that stands at another indentation: its further lines move with it, as
 * far as they start with the old indentation. Text whose white space means something, and comments, stay as they are.
 */
export function movedArgument(ast: Ast, rewrite: Rewriter, node: number, indent: string): string {
  const source = rewrite.argument(node);
  const from = rewrite.indentAt(ast.start(node));
  if (from === indent || !/[\n\r]/.test(source) || holdsLongText(ast, node)) return source;
  return source
    .split(/(\r\n|\n|\r)/)
    .map((part, index) =>
      index > 0 && part.startsWith(from) && !/^[\n\r]/.test(part) ? indent + part.slice(from.length) : part,
    )
    .join('');
}

function holdsLongText(ast: Ast, node: number): boolean {
  const isLong = (start: number, end: number): boolean => /[\n\r]/.test(ast.text.slice(start, end));
  const texts = ['TemplateElement', 'StringLiteral', 'JSXText'].flatMap((kind) => ast.ofKindWithin(kind, node));
  if (texts.some((text) => isLong(ast.start(text), ast.end(text)))) return true;
  return ast.tree.comments.some(
    ({ start, end }) => start >= ast.start(node) && end <= ast.end(node) && isLong(start, end),
  );
}
