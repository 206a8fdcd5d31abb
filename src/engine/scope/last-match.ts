import { type Ast, none } from '../ast.ts';

/** What is known of `RegExp` itself, and says nothing of a match. */
const harmlessNames = new Set([
  'prototype',
  'name',
  'length',
  'escape',
  'hasOwnProperty',
  'toString',
  'call',
  'apply',
  'bind',
]);

/** Methods that can run a regular expression. */
const matchingMethods = ['match', 'matchAll', 'test', 'exec', 'search', 'replace', 'replaceAll', 'split'];

/**
 * `true` when a file looks at what the last match has left behind (`RegExp.$1`, `RegExp.lastMatch`, …): then it matters which regular
 * expressions run, in which order, and how far.
 */
export function readsLastMatch(ast: Ast, isGlobal: (identifier: number) => boolean): boolean {
  if (!ast.text.includes('RegExp')) return false;
  return ast.ofKind('Identifier').some((node) => ast.value(node) === 'RegExp' && mayReadMatch(ast, isGlobal, node));
}

function mayReadMatch(ast: Ast, isGlobal: (identifier: number) => boolean, identifier: number): boolean {
  // `RegExp`, or `globalThis.RegExp`
  const isProperty = ast.field(identifier) === 'property' && ast.is(ast.parent(identifier), 'MemberExpression');
  if (!isProperty && !isGlobal(identifier)) return false;
  let node = isProperty ? ast.parent(identifier) : identifier;
  while (ast.is(ast.parent(node), 'TSAsExpression', 'TSTypeAssertion', 'TSNonNullExpression', 'TSSatisfiesExpression'))
    node = ast.parent(node);
  const parent = ast.parent(node);
  if (ast.is(parent, 'VariableDeclarator', 'AssignmentExpression'))
    return ast.field(node) === (ast.is(parent, 'VariableDeclarator') ? 'init' : 'right');
  if (!ast.is(parent, 'MemberExpression') || ast.field(node) !== 'object') return false;
  return ast.has(parent, 'computed') || !harmlessNames.has(ast.value(ast.child(parent, 'property')));
}

/** `true` when code from one node on may run a regular expression. */
export function mayMatchWithin(ast: Ast, node: number): boolean {
  if (node === none) return false;
  return (
    ast.ofKindWithin('RegExpLiteral', node).length > 0 ||
    ast.ofKindWithin('CallExpression', node).some((call) => ast.methodCall(call, ...matchingMethods) !== undefined)
  );
}
