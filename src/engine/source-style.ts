import type { Ast } from './ast.ts';
import type { Comment } from './syntax-tree.ts';

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

/** `true` when only white space stands before the offset on its line. */
export function isLineStart(text: string, offset: number): boolean {
  let at = offset;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  return at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r';
}

/**
 * Where a statement starts together with the comments that belong to it: those on lines of their own directly above.
 * What is put before a statement goes above them, so that they stay with it. A comment at the head of the file belongs to
 * the file unless it is a doc comment, and one that speaks of a licence always does.
 */
export function startWithComments(ast: Ast, statement: number): number {
  const { text } = ast;
  if (!isLineStart(text, statement)) return statement;
  let start = statement;
  for (const comment of [...ast.tree.comments].reverse()) {
    if (comment.start >= start) continue;
    const isDirectlyAbove = /^[ \t]*(\r\n|\n|\r)[ \t]*$/.test(text.slice(comment.end, start));
    if (!isDirectlyAbove || !isLineStart(text, comment.start) || belongsToFile(text, comment)) break;
    start = comment.start;
  }
  return start;
}

function belongsToFile(text: string, comment: Comment): boolean {
  const source = text.slice(comment.start, comment.end);
  if (/^\/\*!|@license|@preserve|copyright/i.test(source)) return true;
  const afterHashbang = /^#![^\n\r]*/.exec(text)?.[0].length ?? 0;
  const isAtHead = nextToken(text, afterHashbang) >= comment.end;
  return isAtHead && !source.startsWith('/**');
}
