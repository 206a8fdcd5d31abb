import { none } from '../ast.ts';
import type { RuleContext } from '../rule.ts';
import type { Region } from '../hoisting/hoist-places.ts';
import { isPrimitive, type Shape } from '../evidence/shape.ts';

/** `(item) => item.key === other`: a callback that looks for the element with a key. */
export interface KeyEquality {
  /** Name of the parameter. */
  readonly item: string;
  readonly key: string;
  /** What the key is compared with: nothing of the element. */
  readonly other: number;
}

/** Reads a callback that compares a property of its element by `===` with a value that is the same for all elements. */
export function readKeyEquality({ ast, scope }: RuleContext, fn: number): KeyEquality | undefined {
  const [parameter = none, ...more] = ast.list(fn, 'params');
  const isPlain =
    ast.is(fn, 'ArrowFunctionExpression') && !ast.has(fn, 'async') && more.length === 0 && ast.isIdentifier(parameter);
  const comparison = isPlain ? ast.returnedExpression(fn) : none;
  if (!ast.is(comparison, 'BinaryExpression') || ast.value(comparison) !== '===') return undefined;
  const item = scope.bindingOf(parameter);
  const sides = [ast.child(comparison, 'left'), ast.child(comparison, 'right')];
  const member = sides.find((side) => {
    const object = ast.child(side, 'object');
    const isRead = ast.is(side, 'MemberExpression') && !ast.has(side, 'computed') && !ast.has(side, 'optional');
    return isRead && ast.isIdentifier(object) && scope.bindingOf(object) === item;
  });
  const property = ast.child(member ?? none, 'property');
  if (member === undefined || item === undefined || !ast.isIdentifier(property)) return undefined;
  const other = sides.find((side) => side !== member) ?? none;
  return scope.referencesWithin(item, other).length === 0
    ? { item: ast.value(parameter), key: ast.value(property), other }
    : undefined;
}

/**
 * Why a hash of the keys would not find what `===` finds; `undefined` when it does. The elements must be objects, so that
 * reading all their keys at once can't throw; and the key that is sought a primitive other than NaN.
 */
export function keyObstacle(ctx: RuleContext, array: number, { key, item, other }: KeyEquality): string | undefined {
  const { ast, evidence, purity } = ctx;
  const element = evidence.shapeOf(array)?.element;
  if (element?.type !== 'object' || element.nullish === true)
    return `the elements of ${ast.excerpt(array)} are not known to be objects: annotate them`;
  const sought = evidence.shapeOf(other);
  if (!isPlainKey(sought)) return `${ast.excerpt(other)} is not known to be a text or a number: annotate it`;
  if (!purity.isNonThrowing(other)) return `computing ${ast.excerpt(other)} may throw, or do more`;
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  const member = ast.ofKindWithin('MemberExpression', ast.parent(other)).find((node) => {
    return ast.isIdentifier(ast.child(node, 'object'), item) && ast.isIdentifier(ast.child(node, 'property'), key);
  });
  const own = evidence.shapeOf(member ?? none);
  // of a union of literals, or of a template, a Set or Map would take no other text
  const isWide = own?.level !== 'E2' || /^annotation (string|number|bigint|boolean)$/.test(own.why);
  const isSameType = own?.type === sought?.type && own?.nullish !== true && isWide;
  return isTyped && !isSameType ? `${item}.${key} and ${ast.excerpt(other)} may be of different types` : undefined;
}

/** A primitive; of a number that is not known to be whole it must be assumed that it is not NaN: see {@link mayBeNaN}. */
function isPlainKey(shape: Shape | undefined): boolean {
  return shape !== undefined && shape.nullish !== true && isPrimitive(shape);
}

/** `true` for a number that might be NaN, which a hash finds and `===` does not. */
export function mayBeNaN({ evidence }: RuleContext, node: number): boolean {
  const shape = evidence.shapeOf(node);
  return shape?.type === 'number' && shape.integer !== true;
}

/** Something in a region that may write the property of an element; `undefined` when nothing does. */
export function keyWriteIn({ ast, evidence }: RuleContext, key: string, { from, to }: Region): string | undefined {
  for (let at = from; at <= to; at += 1) {
    if (!ast.is(at, 'MemberExpression') || !isWritten(ast, at)) continue;
    const isOther = ast.has(at, 'computed')
      ? evidence.is(ast.child(at, 'object'), 'array', 'typed-array')
      : !ast.isIdentifier(ast.child(at, 'property'), key);
    if (!isOther) return `writing ${ast.excerpt(at)} may change a key`;
  }
  return undefined;
}

/** The target of an assignment, an update, a `delete`, a loop or a pattern. */
function isWritten(ast: RuleContext['ast'], member: number): boolean {
  let at = member;
  while (ast.is(ast.parent(at), 'TSNonNullExpression', 'TSAsExpression', 'TSSatisfiesExpression', 'TSTypeAssertion'))
    at = ast.parent(at);
  const parent = ast.parent(at);
  if (ast.is(parent, 'AssignmentExpression', 'ForInStatement', 'ForOfStatement', 'AssignmentPattern'))
    return ast.field(at) === 'left';
  if (ast.is(parent, 'UnaryExpression')) return ast.value(parent) === 'delete';
  if (ast.is(parent, 'Property')) return ast.is(ast.parent(parent), 'ObjectPattern') && ast.field(at) === 'value';
  return ast.is(parent, 'UpdateExpression', 'ArrayPattern', 'RestElement');
}
