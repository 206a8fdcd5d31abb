import type { Ast } from '../../engine/ast.ts';
import type { Evidence } from '../../engine/evidence/evidence.ts';
import { movedArgument } from '../../engine/rewriting/moved-source.ts';
import { isNeverProto } from '../../engine/evidence/property-keys.ts';
import { leadingSpreadOf } from '../../engine/rewriting/reducer-edits.ts';
import type { Rewriter } from '../../engine/rewriting/rewriter.ts';
import type { Binding, Scope } from '../../engine/scope/scope.ts';
import { variableUse } from '../../engine/idioms/variable-uses.ts';

/** `{ ...name, [key]: value }` with at least one computed key: with fixed keys alone nothing grows. */
export function isGrowingCopy(ast: Ast, literal: number, name: string): boolean {
  if (!ast.is(literal, 'ObjectExpression') || leadingSpreadOf(ast, literal, name) < 0) return false;
  return addedProperties(ast, literal).some(
    (property) => ast.is(property, 'Property') && ast.has(property, 'computed'),
  );
}

/** Members of the literal behind the leading spread. */
export function addedProperties(ast: Ast, literal: number): number[] {
  return ast.list(literal, 'properties').slice(1);
}

/** A literal of plain data properties: copies of accessors and of a `__proto__: x` are not like them. */
export function isPlainObject(ast: Ast, expression: number): boolean {
  if (!ast.is(expression, 'ObjectExpression')) return false;
  return ast
    .list(expression, 'properties')
    .every(
      (property) =>
        ast.is(property, 'SpreadElement') ||
        (ast.is(property, 'Property') && ast.value(property) === 'init' && fixedKey(ast, property) !== '__proto__'),
    );
}

/** Reads that neither change the object nor give it away. */
export function isReadOfObject(ast: Ast, scope: Scope, identifier: number): boolean {
  if (['property', 'element', 'spread'].includes(variableUse(ast, identifier).kind)) return true;
  const parent = ast.parent(identifier);
  if (ast.is(parent, 'BinaryExpression')) return ast.value(parent) === 'in' && ast.field(identifier) === 'right';
  const callee = ast.child(parent, 'callee');
  return (
    ast.is(parent, 'CallExpression') &&
    ast.field(identifier) === 'arguments' &&
    ['keys', 'values', 'entries', 'hasOwn'].some((name) => scope.isGlobalMember(callee, 'Object', name))
  );
}

/** Why the properties of a copy can't be assigned one by one with the same result; `undefined` when they can. */
export function assignmentObstacle(
  ast: Ast,
  scope: Scope,
  evidence: Evidence,
  literal: number,
  target: Binding,
): string | undefined {
  for (const [index, property] of addedProperties(ast, literal).entries()) {
    if (!ast.is(property, 'Property')) return 'it also spreads another object, which may have a `__proto__` key';
    if (ast.value(property) !== 'init' || ast.has(property, 'method')) return 'it defines an accessor or a method';
    const [key, value] = [ast.child(property, 'key'), ast.child(property, 'value')];
    if (isNamedByKey(ast, value)) return 'its value is a function that gets its name from the key';
    if (
      ast.has(property, 'computed')
        ? !isNeverProto(ast, evidence, key)
        : (fixedKey(ast, property) ?? ast.value(key)) === '__proto__'
    ) {
      return `${ast.source(key)} may be "__proto__", which an assignment treats differently: use a number, or a key with a fixed prefix`;
    }
    // the first property is already assigned when the second one is computed
    if (index > 0 && scope.referencesWithin(target, property).length > 0)
      return `a later property reads ${target.name}`;
  }
  return undefined;
}

/** Anonymous functions and classes take the name of the property they are defined with, and none when they are assigned. */
export function isNamedByKey(ast: Ast, node: number): boolean {
  const value = ast.withoutTypes(node);
  return (
    ast.is(value, 'ArrowFunctionExpression') ||
    (ast.is(value, 'FunctionExpression', 'ClassExpression') && ast.child(value, 'id') < 0)
  );
}

/** Statements (without semicolons) that assign the added properties, to stand at `indent`. */
export function assignments(ast: Ast, rewrite: Rewriter, literal: number, name: string, indent: string): string[] {
  return addedProperties(ast, literal).map((property) => {
    const key = ast.child(property, 'key');
    const value = movedArgument(ast, rewrite, ast.child(property, 'value'), indent);
    const isName = ast.isIdentifier(key) && !ast.has(property, 'computed');
    return isName ? `${name}.${ast.value(key)} = ${value}` : `${name}[${ast.source(key)}] = ${value}`;
  });
}

/** The key of `key: value`; in the shorthand form even `__proto__` is a key like any other. */
function fixedKey(ast: Ast, property: number): string | undefined {
  const key = ast.child(property, 'key');
  if (ast.has(property, 'computed')) return undefined;
  return ast.isIdentifier(key) ? (ast.has(property, 'shorthand') ? undefined : ast.value(key)) : ast.string(key);
}
