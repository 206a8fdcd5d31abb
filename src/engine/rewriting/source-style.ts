import type { Ast } from '../ast.ts';
import type { Comment } from '../syntax-tree.ts';

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

/** Offset of the last character before `offset` that is neither white space nor comment, or -1. */
export function previousToken(ast: Ast, offset: number): number {
  const { text } = ast;
  let at = offset - 1;
  for (;;) {
    while (at >= 0 && /\s/.test(text[at] ?? '')) at -= 1;
    const comment = commentAround(ast, at);
    if (comment === undefined) return at;
    at = comment.start - 1;
  }
}

/** Offset of the first character from `offset` on that is neither white space nor comment, or the length of the text. */
export function nextToken(ast: Ast, offset: number): number {
  const { text } = ast;
  let at = offset;
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
    const comment = commentAround(ast, at);
    if (comment === undefined) return at;
    at = comment.end;
  }
}

/** The comment that holds an offset; the text alone can't tell one from a string or a regexp. */
function commentAround(ast: Ast, offset: number): Comment | undefined {
  const { comments } = ast.tree;
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const comment = comments[low];
  return comment !== undefined && comment.start <= offset ? comment : undefined;
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
  const { comments } = ast.tree;
  for (let index = comments.findLastIndex((comment) => comment.end <= statement); index >= 0; index -= 1) {
    const comment = comments[index];
    if (comment === undefined) break;
    const isDirectlyAbove = /^[ \t]*(\r\n|\n|\r)[ \t]*$/.test(text.slice(comment.end, start));
    if (!isDirectlyAbove || !isLineStart(text, comment.start) || belongsToFile(ast, comment)) break;
    start = comment.start;
  }
  return start;
}

function belongsToFile(ast: Ast, comment: Comment): boolean {
  const { text } = ast;
  const source = text.slice(comment.start, comment.end);
  if (/^\/\*!|@license|@preserve|copyright/i.test(source)) return true;
  const afterHashbang = /^#![^\n\r]*/.exec(text)?.[0].length ?? 0;
  const isAtHead = nextToken(ast, afterHashbang) >= comment.end;
  return isAtHead && !source.startsWith('/**');
}
