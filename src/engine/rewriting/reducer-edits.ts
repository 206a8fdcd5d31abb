import { type Ast, none } from '../ast.ts';
import type { Edit } from '../edit.ts';
import { type Reducer, returnsOf } from '../idioms/reducer.ts';
import type { Rewriter } from './rewriter.ts';

/** Lines of code without line ends; a line that is a whole statement has no semicolon yet. */
type Lines = readonly string[];

/** Statements that bring the accumulator up to date where the callback returned `leaf`, to stand at `indent`; `undefined` when there are none that mean the same. */
export type UpdateLines = (leaf: number, indent: string) => Lines | undefined;

/**
 * Edits that make a reducing callback change its accumulator and return it, instead of returning a copy. A leaf that is
 * the accumulator itself needs no statement. `undefined` when a leaf can't be turned into statements.
 */
export function reducerEdits(ast: Ast, rewrite: Rewriter, reducer: Reducer, update: UpdateLines): Edit[] | undefined {
  const { callback, accumulator } = reducer;
  const body = ast.child(callback, 'body');
  const isBlock = ast.is(body, 'BlockStatement');
  const places = isBlock ? returnsOf(ast, callback) : [body];
  const edits: Edit[] = [];
  for (const place of places) {
    const expression = isBlock ? ast.child(place, 'argument') : place;
    if (isBlock && ast.isIdentifier(expression, accumulator.name)) continue;
    const indent = isBlock
      ? indentOfReturn(ast, rewrite, place)
      : rewrite.indentAt(ast.start(callback)) + rewrite.indentUnit;
    const lines = statements(ast, rewrite, expression, accumulator.name, update, indent);
    if (lines === undefined) return undefined;
    const code = [...lines, `return ${accumulator.name}`];
    const edit = isBlock
      ? replaceReturn(ast, rewrite, place, code)
      : replaceArrowBody(ast, rewrite, callback, body, code);
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return edits;
}

function indentOfReturn(ast: Ast, rewrite: Rewriter, statement: number): string {
  return ast.isInStatementList(statement)
    ? rewrite.indentAt(ast.start(statement))
    : rewrite.indentAt(ast.start(ast.parent(statement))) + rewrite.indentUnit;
}

function statements(
  ast: Ast,
  rewrite: Rewriter,
  expression: number,
  name: string,
  update: UpdateLines,
  indent: string,
): Lines | undefined {
  if (ast.isIdentifier(expression, name)) return [];
  if (!ast.is(expression, 'ConditionalExpression')) return update(expression, indent);
  const test = ast.child(expression, 'test');
  const branch = (field: string, at: string): Lines | undefined =>
    statements(ast, rewrite, ast.child(expression, field), name, update, at);
  const [whenTrue, whenFalse] = [branch('consequent', indent), branch('alternate', indent)];
  if (whenTrue === undefined || whenFalse === undefined || (whenTrue.length === 0 && whenFalse.length === 0))
    return undefined;
  const inner = (field: string): Lines =>
    (branch(field, indent + rewrite.indentUnit) ?? []).map((line) => rewrite.indentUnit + line);
  if (whenTrue.length > 0 && whenFalse.length > 0)
    return [`if (${ast.source(test)}) {`, ...inner('consequent'), '} else {', ...inner('alternate'), '}'];
  const question = whenFalse.length === 0 ? ast.source(test) : negated(ast, rewrite, test);
  const [only = '', ...more] = whenFalse.length === 0 ? whenTrue : whenFalse;
  if (more.length === 0 && !only.startsWith('for ') && !/[\n\r]/.test(only)) return [`if (${question}) ${only}`];
  return [`if (${question}) {`, ...inner(whenFalse.length === 0 ? 'consequent' : 'alternate'), '}'];
}

const opposites: Readonly<Record<string, string>> = { '===': '!==', '!==': '===', '==': '!=', '!=': '==' };

function negated(ast: Ast, rewrite: Rewriter, test: number): string {
  if (ast.is(test, 'UnaryExpression') && ast.value(test) === '!') return ast.source(ast.child(test, 'argument'));
  const opposite =
    ast.is(test, 'BinaryExpression') && Object.hasOwn(opposites, ast.value(test))
      ? opposites[ast.value(test)]
      : undefined;
  if (opposite === undefined) return `!${rewrite.operand(test, 'unary')}`;
  return `${rewrite.operand(ast.child(test, 'left'), 'equality')} ${opposite} ${rewrite.operand(ast.child(test, 'right'), 'relational')}`;
}

/** Everything behind `=>` becomes a block; the parentheses around an object go with it. */
function replaceArrowBody(ast: Ast, rewrite: Rewriter, callback: number, body: number, code: Lines): Edit | undefined {
  const { text } = ast;
  let start = ast.start(body);
  while (/[\s(]/.test(text[start - 1] ?? '')) start -= 1;
  // a comment between the arrow and the body has no place in the new code
  if (text.slice(start - 2, start) !== '=>') return undefined;
  const indent = rewrite.indentAt(ast.start(callback));
  const inner = rewrite.eol + indent + rewrite.indentUnit;
  return {
    start,
    end: ast.end(callback),
    text: ` {${inner}${ended(code, rewrite.semicolon).join(inner)}${rewrite.eol}${indent}}`,
  };
}

function replaceReturn(ast: Ast, rewrite: Rewriter, statement: number, code: Lines): Edit {
  const { text } = ast;
  const [start, end] = [ast.start(statement), ast.end(statement)];
  if (ast.isInStatementList(statement)) {
    const lineStart = rewrite.lineStart(start);
    const indent = rewrite.indentAt(start);
    const isOwnLine = lineStart + indent.length === start;
    const hasSemicolon = text[end - 1] === ';';
    if (isOwnLine)
      return { start, end, text: ended(code, hasSemicolon ? ';' : rewrite.semicolon).join(rewrite.eol + indent) };
    const joined = ended(code, ';').join(' ');
    return { start, end, text: hasSemicolon ? joined : joined.slice(0, -1) };
  }
  // the body of an `if` or `else` without braces
  let from = start;
  while (/\s/.test(text[from - 1] ?? '')) from -= 1;
  const indent = rewrite.indentAt(ast.start(ast.parent(statement)));
  const inner = rewrite.eol + indent + rewrite.indentUnit;
  return { start: from, end, text: ` {${inner}${ended(code, rewrite.semicolon).join(inner)}${rewrite.eol}${indent}}` };
}

function ended(code: Lines, semicolon: string): string[] {
  return code.map((line) => (/[{}]$/.test(line) ? line : line + semicolon));
}

/** First element of an array or object literal that spreads exactly this variable, else {@link none}. */
export function leadingSpreadOf(ast: Ast, literal: number, name: string): number {
  const field = ast.is(literal, 'ArrayExpression') ? 'elements' : 'properties';
  const [first] = ast.is(literal, 'ArrayExpression', 'ObjectExpression') ? ast.list(literal, field) : [];
  return first !== undefined && ast.is(first, 'SpreadElement') && ast.isIdentifier(ast.child(first, 'argument'), name)
    ? ast.child(first, 'argument')
    : none;
}
