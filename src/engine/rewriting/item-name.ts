import type { Ast } from '../ast.ts';

/** Words that can't name a variable everywhere. */
const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements ' +
    'import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/**
 * A telling name for one element of what an expression gives: `order.lines` → `line`, else `item`. It is none of `taken`
 * and occurs nowhere in the expression, so it may stand in `for (const name of expression)`.
 */
export function itemName(ast: Ast, expression: number, taken: readonly string[]): string {
  const wish = singular(
    ast.value(
      ast.is(expression, 'MemberExpression') && !ast.has(expression, 'computed')
        ? ast.child(expression, 'property')
        : expression,
    ),
  );
  return localName(ast, expression, wish, taken);
}

/** The wish, or the wish with a number: a name for a parameter of a function that `code` becomes part of, and that nothing in it uses. */
export function localName(ast: Ast, code: number, wish: string, taken: readonly string[] = []): string {
  const used = new Set([...taken, ...ast.ofKindWithin('Identifier', code).map((node) => ast.value(node))]);
  let name = wish;
  for (let count = 2; used.has(name); count += 1) name = `${wish}${String(count)}`;
  return name;
}

function singular(plural: string): string {
  if (/^[a-zA-Z]*[cC]hildren$/.test(plural)) return plural.slice(0, -3);
  const name = /^[a-zA-Z]{3,}ies$/.test(plural)
    ? `${plural.slice(0, -3)}y`
    : /^[a-zA-Z]{2,}[^sS]s$/.test(plural) && !/(s|x|z|ch|sh)es$/.test(plural)
      ? plural.slice(0, -1)
      : 'item';
  return reserved.has(name) || /^[A-Z]/.test(name) ? 'item' : name;
}
