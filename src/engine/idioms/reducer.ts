import { type Ast, type MethodCall, none } from '../ast.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Tier } from '../finding.ts';
import type { Binding, Reference, Scope } from '../scope/scope.ts';

/** `xs.reduce((accumulator, x) => …, start)` with an inline callback whose accumulator is a plain name. */
export interface Reducer {
  readonly call: MethodCall;
  readonly callback: number;
  readonly accumulator: Binding;
  /** The start value as written, with TypeScript wrappers. */
  readonly start: number;
  /** What the callback may return, conditional expressions taken apart: the leaves. */
  readonly results: readonly number[];
  /** Uses of the accumulator, its declaration left out. */
  readonly uses: readonly Reference[];
}

/**
 * Reads a call of `reduce` or `reduceRight` whose callback alone holds the accumulator. `undefined` when it is none, or
 * when the callback can get at the accumulator or be called in another way than by its parameter: `async`, generator,
 * `arguments`, a closure, a reassignment, a call of itself; and when it may end without a `return` or returns from a `try`,
 * whose other parts would see the accumulator changed.
 */
export function readReducer(ast: Ast, scope: Scope, node: number): Reducer | undefined {
  const call = ast.methodCall(node, 'reduce', 'reduceRight');
  const [callback, start, ...more] = call?.args ?? [];
  if (call === undefined || callback === undefined || start === undefined || more.length > 0) return undefined;
  if (!ast.isFunction(callback) || ast.has(callback, 'async') || ast.has(callback, 'generator')) return undefined;
  const [parameter] = ast.list(callback, 'params');
  const accumulator =
    parameter !== undefined && ast.isIdentifier(parameter) && ast.value(parameter) !== 'this'
      ? scope.bindingOf(parameter)
      : undefined;
  if (accumulator?.declarations.length !== 1 || scope.isReassigned(accumulator) || scope.isCaptured(accumulator))
    return undefined;
  if (usesArguments(ast, callback) || callsItself(ast, scope, callback)) return undefined;
  const results = resultsOf(ast, callback);
  if (results === undefined) return undefined;
  return {
    call,
    callback,
    accumulator,
    start,
    results,
    uses: accumulator.references.filter((reference) => !reference.init),
  };
}

function usesArguments(ast: Ast, fn: number): boolean {
  return ast.ofKindWithin('Identifier', fn).some((node) => ast.value(node) === 'arguments');
}

function callsItself(ast: Ast, scope: Scope, fn: number): boolean {
  const own = scope.bindingOf(ast.child(fn, 'id'));
  return own !== undefined && own.references.length > 0;
}

function resultsOf(ast: Ast, fn: number): readonly number[] | undefined {
  const body = ast.child(fn, 'body');
  if (!ast.is(body, 'BlockStatement')) return leavesOf(ast, body);
  const returns = returnsOf(ast, fn);
  const isPlain = returns.every(
    (statement) => ast.child(statement, 'argument') !== none && !isInTry(ast, statement, fn),
  );
  return isPlain && alwaysLeaves(ast, body)
    ? returns.flatMap((statement) => leavesOf(ast, ast.child(statement, 'argument')))
    : undefined;
}

/** What is known of the value whose `reduce` is called. */
export interface ReducerReceiver {
  /** Known, and no array: its `reduce` may keep accumulators, or use its start value more than once. */
  readonly isOther: boolean;
  /** `balanced` when nothing is known: an unknown `reduce` is then assumed to do as an array's does. */
  readonly tier: Tier;
  readonly evidence: string;
}

export function receiverOf(evidence: Evidence, ast: Ast, { object, name }: MethodCall): ReducerReceiver {
  const known = evidence.describe(object);
  // a typed array's reduce keeps to the same protocol
  if (evidence.is(object, 'array', 'typed-array')) return { isOther: false, tier: 'safe', evidence: known ?? '' };
  const assumed = `assumed: ${ast.excerpt(object)} is an array, or its ${name}() uses the start value as an array's does`;
  return { isOther: known !== undefined, tier: 'balanced', evidence: assumed };
}

/** The `return` statements of a function itself, not of those within. */
export function returnsOf(ast: Ast, fn: number): number[] {
  return ast.ofKindWithin('ReturnStatement', fn).filter((node) => ast.enclosingFunction(node) === fn);
}

function leavesOf(ast: Ast, expression: number): number[] {
  if (!ast.is(expression, 'ConditionalExpression')) return [expression];
  return [...leavesOf(ast, ast.child(expression, 'consequent')), ...leavesOf(ast, ast.child(expression, 'alternate'))];
}

/** `true` when a node stands in a `try` statement within `region`. */
function isInTry(ast: Ast, node: number, region: number): boolean {
  for (let at = ast.parent(node); at > region; at = ast.parent(at)) if (ast.is(at, 'TryStatement')) return true;
  return false;
}

function alwaysLeaves(ast: Ast, statement: number): boolean {
  if (ast.is(statement, 'ReturnStatement', 'ThrowStatement')) return true;
  if (ast.is(statement, 'BlockStatement')) return alwaysLeaves(ast, ast.list(statement, 'body').at(-1) ?? none);
  return (
    ast.is(statement, 'IfStatement') &&
    alwaysLeaves(ast, ast.child(statement, 'consequent')) &&
    alwaysLeaves(ast, ast.child(statement, 'alternate'))
  );
}
