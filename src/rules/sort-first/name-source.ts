import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { movedCode } from '../../engine/rewriting/moved-code.ts';
import type { RuleContext } from '../../engine/rule.ts';

/** An array that can be named twice. */
export interface NamedSource {
  readonly text: string;
  /** The declaration that gives it its name, when it has none. */
  readonly edits: readonly Edit[];
}

/** The array as it can be written twice: by its own name, or by a new one that is declared before the statement. */
export function nameSource(ctx: RuleContext, source: number, node: number): NamedSource | undefined {
  const { ast, rewrite } = ctx;
  if (isPath(ast, source)) return { text: ast.source(source), edits: [] };
  const statement = ast.statement(node);
  const code = movedCode(ctx, statement, source);
  if (code === undefined || !isEvaluatedFirst(ast, node, statement)) return undefined;
  const text = rewrite.freshName(ast.methodCall(source)?.name === 'entries' ? 'pairs' : 'candidates', statement);
  const edit = rewrite.insertBefore(statement, `const ${text} = ${code}`);
  return edit === undefined ? undefined : { text, edits: [edit] };
}

/** `orders`, `this.orders`, `shop.orders`: reading it again gives the same. */
function isPath(ast: Ast, node: number): boolean {
  if (ast.is(node, 'Identifier', 'ThisExpression')) return true;
  const isPlain = ast.is(node, 'MemberExpression') && !ast.has(node, 'computed') && !ast.has(node, 'optional');
  return isPlain && isPath(ast, ast.child(node, 'object'));
}

const first: Readonly<Record<string, string>> = {
  MemberExpression: 'object',
  CallExpression: 'callee',
  ChainExpression: 'expression',
  TSNonNullExpression: 'expression',
  TSAsExpression: 'expression',
  BinaryExpression: 'left',
  LogicalExpression: 'left',
  ConditionalExpression: 'test',
  VariableDeclarator: 'init',
  ReturnStatement: 'argument',
  ExpressionStatement: 'expression',
  IfStatement: 'test',
};

/** Nothing of the statement is evaluated before the node, so that its parts can be evaluated before the statement. */
function isEvaluatedFirst(ast: Ast, node: number, statement: number): boolean {
  for (let at = node; at !== statement; at = ast.parent(at)) {
    const parent = ast.parent(at);
    if (parent === none) return false;
    const isFirstDeclarator = ast.is(parent, 'VariableDeclaration') && ast.list(parent, 'declarations')[0] === at;
    if (!isFirstDeclarator && (!Object.hasOwn(first, ast.kind(parent)) || first[ast.kind(parent)] !== ast.field(at)))
      return false;
  }
  return true;
}
