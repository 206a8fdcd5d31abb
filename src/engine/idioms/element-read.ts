import type { Ast } from '../ast.ts';
import type { Scope } from '../scope/scope.ts';
import { isPlainRead } from './variable-uses.ts';

/** One element taken out of an array-like: `object[2]`, `object.at(2)`, `object.shift()`, `object.pop()`. */
export interface ElementRead {
  readonly object: number;
  /** Position as written; 0 for `shift()`, -1 for `pop()`. */
  readonly index: number;
  readonly form: 'index' | 'at' | 'shift' | 'pop';
}

/**
 * How `node` takes one element by a literal position; `undefined` when it does not, or when the place is not only read
 * (assigned to, deleted, called: a called element gets the array as its `this`).
 */
export function elementRead(ast: Ast, node: number): ElementRead | undefined {
  if (ast.is(node, 'MemberExpression')) {
    const index = ast.number(ast.child(node, 'property'));
    const isIndex =
      ast.has(node, 'computed') &&
      !ast.has(node, 'optional') &&
      index !== undefined &&
      Number.isInteger(index) &&
      index >= 0;
    return isIndex && isPlainRead(ast, node) ? { object: ast.child(node, 'object'), index, form: 'index' } : undefined;
  }
  const method = ast.methodCall(node, 'at', 'shift', 'pop');
  if (method === undefined) return undefined;
  if (method.name !== 'at')
    return method.args.length === 0
      ? {
          object: method.object,
          index: method.name === 'shift' ? 0 : -1,
          form: method.name === 'shift' ? 'shift' : 'pop',
        }
      : undefined;
  const [position, ...rest] = method.args;
  const index = position === undefined ? undefined : ast.number(position);
  return index !== undefined && Number.isInteger(index) && rest.length === 0
    ? { object: method.object, index, form: 'at' }
    : undefined;
}

/**
 * `'!'` where an expression of type `T` is replaced by one of type `T | undefined` with the same value, and TypeScript would
 * no longer accept the place; `''` where undefined is welcome and in JavaScript. (`xs[0]` has the type `T`, `xs.at(0)` and
 * `xs.find(f)` do not.)
 */
export function nonNullMark({ ast, scope }: { readonly ast: Ast; readonly scope: Scope }, node: number): '' | '!' {
  if (ast.tree.language !== 'typescript' && ast.tree.language !== 'tsx') return '';
  const declarator = ast.parent(node);
  const isWelcome = ast.is(declarator, 'VariableDeclarator')
    ? isOptionalVariable(ast, scope, declarator)
    : acceptsUndefined(ast, node);
  return isWelcome ? '' : '!';
}

function acceptsUndefined(ast: Ast, node: number): boolean {
  const parent = ast.parent(node);
  switch (ast.kind(parent)) {
    case 'BinaryExpression':
      return ['===', '!==', '==', '!='].includes(ast.value(parent));
    case 'UnaryExpression':
      return ['!', 'typeof', 'void'].includes(ast.value(parent));
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'ExpressionStatement':
    case 'TemplateLiteral':
      return true;
    case 'ReturnStatement':
      return namesUndefined(ast, ast.child(ast.enclosingFunction(parent), 'returnType'));
    default:
      return isAbsenceCheck(ast, node);
  }
}

/** A variable that is declared to be absent at times, or a constant that the code asks about: it does not take the type's word for it. */
function isOptionalVariable(ast: Ast, scope: Scope, declarator: number): boolean {
  const id = ast.child(declarator, 'id');
  if (namesUndefined(ast, ast.child(id, 'typeAnnotation'))) return true;
  const binding = scope.bindingOf(ast.isIdentifier(id) ? id : ast.child(id, 'elements'));
  return binding?.kind === 'const' && binding.references.some((reference) => isAbsenceCheck(ast, reference.node));
}

/** `x?.y`, `x ?? y`, `x || y`, `x === undefined`, `!x`, `if (x)`. */
function isAbsenceCheck(ast: Ast, node: number): boolean {
  const parent = ast.parent(node);
  const isLeft = ast.field(node) === 'left';
  if (ast.is(parent, 'MemberExpression')) return ast.field(node) === 'object' && ast.has(parent, 'optional');
  if (ast.is(parent, 'LogicalExpression'))
    return (isLeft && ast.value(parent) !== '&&') || ast.isInBooleanContext(node);
  if (!ast.is(parent, 'BinaryExpression')) return ast.isInBooleanContext(node);
  const other = ast.child(parent, isLeft ? 'right' : 'left');
  return (
    ['===', '!==', '==', '!='].includes(ast.value(parent)) &&
    (ast.isIdentifier(other, 'undefined') || ast.is(other, 'NullLiteral'))
  );
}

/** An annotation that names undefined next to something else. */
function namesUndefined(ast: Ast, annotation: number): boolean {
  const union = ast.child(annotation, 'typeAnnotation');
  return ast.is(union, 'TSUnionType') && ast.list(union, 'types').some((type) => ast.is(type, 'TSUndefinedKeyword'));
}
