import type { Ast } from '../ast.ts';
import type { ShapeType } from './shape.ts';

interface Known {
  is(node: number, type: ShapeType): boolean;
}

/** `true` when `split` gives nothing but strings: captured groups of a pattern, which may be undefined, come among the parts. */
export function splitsIntoStrings(ast: Ast, separator: number | undefined, evidence: Known): boolean {
  if (separator === undefined || evidence.is(separator, 'string')) return true;
  return ast.is(separator, 'RegExpLiteral') && !ast.source(separator).includes('(');
}
