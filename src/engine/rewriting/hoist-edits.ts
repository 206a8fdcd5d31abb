import { type Ast, none } from '../ast.ts';
import type { Edit } from '../edit.ts';
import { movedCode } from './moved-code.ts';
import type { Rewriter } from './rewriter.ts';

interface Writer {
  readonly ast: Ast;
  readonly rewrite: Rewriter;
}

/** A variable that is to hold a value made once. */
export interface Holder {
  /** Name that is taken when it is free. */
  readonly wish: string;
  /** TypeScript type of the value. */
  readonly type: string;
  /** Statement before which it is declared. */
  readonly statement: number;
}

/**
 * `const holder = expression` before the statement, and the holder in the places of `expressions`, which are the same code.
 * `undefined` where the code leaves no room for it.
 */
export function hoistValue(
  { ast, rewrite }: Writer,
  expressions: readonly number[],
  { wish, statement }: Holder,
): Edit[] | undefined {
  const [first = none] = expressions;
  const code = movedCode({ ast, rewrite }, first, first);
  if (code === undefined) return undefined;
  const name = rewrite.freshName(wish, statement);
  return complete([
    rewrite.insertBefore(statement, `const ${name} = ${code}`),
    ...expressions.map((expression) => rewrite.replace(expression, name, 'primary')),
  ]);
}

/**
 * `let holder` before the statement, and `(holder ??= expression)` in the places of `expressions`, which are the same code:
 * the value is made when it is first needed, and an error is thrown where it was thrown before.
 */
export function holdLazily(
  { ast, rewrite }: Writer,
  expressions: readonly number[],
  { wish, type, statement }: Holder,
): Edit[] | undefined {
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  const name = rewrite.freshName(wish, statement);
  const inserted = rewrite.insertBefore(statement, `let ${name}${isTyped ? `: ${type} | undefined` : ''}`);
  const declaration =
    inserted === undefined || !isParagraph(ast, statement, inserted.start)
      ? inserted
      : { ...inserted, text: inserted.text + rewrite.eol };
  const uses = expressions.map((expression) => {
    // the parts are inserted around the code, so that comments within it stay
    const isPossible = rewrite.replace(expression, `(${name} ??= ${ast.source(expression)})`, 'primary') !== undefined;
    const [start, end] = [ast.start(expression), ast.end(expression)];
    return isPossible
      ? [
          { start, end: start, text: `(${name} ??= ` },
          { start: end, end, text: ')' },
        ]
      : [undefined];
  });
  return complete([declaration, ...uses.flat()]);
}

/**
 * Moves the only declaration of a statement before another statement. `undefined` where its name means something else around
 * that one, or where a comment stands beside it: it would stay behind.
 */
export function moveDeclaration({ ast, rewrite }: Writer, declaration: number, statement: number): Edit[] | undefined {
  const [declarator = none, ...others] = ast.list(declaration, 'declarations');
  const name = ast.child(declarator, 'id');
  const lines = wholeLines(ast, declaration);
  const code = movedCode({ ast, rewrite }, declaration, declarator);
  if (others.length > 0 || lines === undefined || code === undefined || !isOnlyMeaning(ast, name, statement))
    return undefined;
  return complete([rewrite.insertBefore(statement, `const ${code}`), { ...lines, text: '' }]);
}

/** Functions and classes at the top of a file stand apart from what is before them. */
function isParagraph(ast: Ast, statement: number, offset: number): boolean {
  const isTop =
    ast.is(ast.parent(statement), 'Program') && !ast.is(statement, 'VariableDeclaration', 'ExpressionStatement');
  return isTop && /(?:^|(?:\r\n|(?<!\r)\n|\r(?!\n))(?:\r\n|\n|\r))$/.test(ast.text.slice(0, offset));
}

function complete(edits: readonly (Edit | undefined)[]): Edit[] | undefined {
  const present = edits.filter((edit) => edit !== undefined);
  return present.length === edits.length ? present : undefined;
}

/** The lines of a statement that shares them with nothing else, not even a comment, and has no comment above it. */
export function wholeLines(ast: Ast, statement: number): { readonly start: number; readonly end: number } | undefined {
  const before = /(?:^|\r\n|\n|\r)([ \t]*)$/.exec(ast.text.slice(0, ast.start(statement)));
  if (before === null) return undefined;
  const start = ast.start(statement) - (before[1] ?? '').length;
  const isCommented = ast.tree.comments.some(
    (comment) => comment.end <= start && /^\s*$/.test(ast.text.slice(comment.end, start)),
  );
  // a paragraph that consists of the declaration goes with the blank lines behind it
  const isParagraph = /(?:\{|(?:\r\n|(?<!\r)\n|\r(?!\n))[ \t]*)(?:\r\n|\n|\r)$/.test(ast.text.slice(0, start));
  const after = (isParagraph ? /^(?:[ \t]*(?:\r\n|\n|\r))+/ : /^[ \t]*(?:\r\n|\n|\r)/).exec(
    ast.text.slice(ast.end(statement)),
  );
  return isCommented || after === null ? undefined : { start, end: ast.end(statement) + after[0].length };
}

/** `true` when a declared name names nothing else in the function that holds the statement, nor anything outside of it there. */
function isOnlyMeaning(ast: Ast, name: number, statement: number): boolean {
  const fn = ast.enclosingFunction(statement);
  const declaration = ast.parent(ast.parent(name));
  const home = ast.parent(declaration);
  return [
    ...ast.ofKindWithin('Identifier', fn === none ? ast.root : fn),
    ...ast.ofKindWithin('JSXIdentifier', fn === none ? ast.root : fn),
  ]
    .filter((node) => ast.value(node) === ast.value(name) && !isPropertyName(ast, node))
    .every((node) => ast.within(node, home));
}

function isPropertyName(ast: Ast, node: number): boolean {
  const parent = ast.parent(node);
  if (ast.is(parent, 'MemberExpression')) return ast.field(node) === 'property' && !ast.has(parent, 'computed');
  return (
    ast.is(parent, 'Property') &&
    ast.field(node) === 'key' &&
    !ast.has(parent, 'computed') &&
    !ast.has(parent, 'shorthand')
  );
}
