import type { Ast } from './ast.ts';

/** `true` when most statements of the file end with a semicolon. */
export function usesSemicolons(ast: Ast): boolean {
  let withSemicolon = 0;
  let without = 0;
  for (const kind of ['ExpressionStatement', 'VariableDeclaration', 'ReturnStatement', 'ImportDeclaration']) {
    for (const node of ast.ofKind(kind)) {
      if (ast.isLoop(ast.parent(node))) continue;
      if (ast.text[ast.end(node) - 1] === ';') withSemicolon += 1;
      else without += 1;
    }
  }
  return withSemicolon >= without;
}

/** Offset of the last character before `offset` that is neither white space nor comment. */
export function previousToken(text: string, offset: number): number {
  let at = offset - 1;
  while (at >= 0 && /\s/.test(text[at] ?? '')) at -= 1;
  if (at > 0 && text[at] === '/' && text[at - 1] === '*') {
    const open = text.lastIndexOf('/*', at - 2);
    return open < 0 ? at : previousToken(text, open);
  }
  return at;
}

/** Offset of the first character from `offset` on that is neither white space nor comment. */
export function nextToken(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  if (text.startsWith('/*', at)) {
    const close = text.indexOf('*/', at + 2);
    return close < 0 ? at : nextToken(text, close + 2);
  }
  if (text.startsWith('//', at)) {
    const rest = /[\n\r]/.exec(text.slice(at));
    return rest === null ? text.length : nextToken(text, at + rest.index);
  }
  return at;
}
