import type { Ast } from './ast.ts';
import type { Evidence } from './evidence.ts';

/** `true` when `split` gives nothing but strings: captured groups of a pattern, which may be undefined, come among the parts. */
export function splitsIntoStrings(ast: Ast, separator: number | undefined, evidence: Pick<Evidence, 'is'>): boolean {
  if (separator === undefined || evidence.is(separator, 'string')) return true;
  return ast.is(separator, 'RegExpLiteral') && !ast.source(separator).includes('(');
}
