import { type Ast, none } from '../ast.ts';
import type { Purity } from '../purity/purity.ts';
import type { Scope } from '../scope/scope.ts';

interface Analysis {
  readonly ast: Ast;
  readonly scope: Scope;
  readonly purity: Purity;
}

/** Declarations that run no code of the file. */
const inert = new Set([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'FunctionDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'EmptyStatement',
]);

/**
 * The statement at the top of the file before which a variable can be declared that a function around `node` uses: nothing
 * in the file runs before it and could call the function, which might be hoisted.
 */
export function topLevelPlace({ ast, scope, purity }: Analysis, node: number): number {
  return (
    ast
      .list(ast.root, 'body')
      .find((statement) => ast.within(node, statement) || !isInert({ ast, scope, purity }, statement)) ?? none
  );
}

function isInert(analysis: Analysis, statement: number): boolean {
  const { ast } = analysis;
  if (ast.is(statement, 'ExportNamedDeclaration')) {
    const declaration = ast.child(statement, 'declaration');
    return declaration === none || isInert(analysis, declaration);
  }
  if (ast.is(statement, 'VariableDeclaration'))
    return ast
      .list(statement, 'declarations')
      .every((declarator) => isInertValue(analysis, ast.child(declarator, 'init')));
  // a directive such as 'use strict' must stay the first statement
  if (ast.is(statement, 'ExpressionStatement')) return ast.is(ast.child(statement, 'expression'), 'StringLiteral');
  return inert.has(ast.kind(statement));
}

/** A value without effect, or another module, which knows nothing of this file yet. */
function isInertValue({ ast, scope, purity }: Analysis, value: number): boolean {
  const isRequired = ast.is(value, 'CallExpression') && scope.isGlobal(ast.child(value, 'callee'), 'require');
  return isRequired || purity.isPure(value);
}
