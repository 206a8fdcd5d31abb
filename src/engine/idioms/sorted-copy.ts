import { type Ast, none } from '../ast.ts';
import type { Evidence } from '../evidence/evidence.ts';

/** A new array that is sorted by a comparator written in place: `[...xs].sort((a, b) => …)`. */
export interface SortedCopy {
  /** The call of `sort` or `toSorted`. */
  readonly call: number;
  /** What is sorted, as it is written: `[...xs]`, `xs.slice()`, `xs.filter(f)`. */
  readonly copy: number;
  /** Certainly an array with the same elements that need not be copied: `xs`; the copy itself when there is none. */
  readonly source: number;
  readonly comparator: Comparator;
}

export interface Comparator {
  readonly fn: number;
  /** Names of the two parameters, plain identifiers. */
  readonly a: number;
  readonly b: number;
}

interface Analysis {
  readonly ast: Ast;
  readonly evidence: Evidence;
}

/** Reads a sorting of an array that nobody else holds; `undefined` for others, and where the receiver is not certainly an array. */
export function sortedCopy({ ast, evidence }: Analysis, node: number): SortedCopy | undefined {
  const call = ast.methodCall(node, 'sort', 'toSorted');
  const comparator = call?.args.length === 1 ? readComparator(ast, call.args[0] ?? none) : undefined;
  if (call === undefined || comparator === undefined || !evidence.is(call.object, 'array')) return undefined;
  if (call.name === 'toSorted') return { call: node, copy: call.object, source: call.object, comparator };
  if (evidence.shapeOf(call.object)?.fresh !== true) return undefined;
  const original = copied(ast, call.object);
  const source = evidence.is(original, 'array') ? original : call.object;
  return { call: node, copy: call.object, source, comparator };
}

/** A function of two named values that no other code can call or leave early: neither async nor a generator. */
export function readComparator(ast: Ast, fn: number): Comparator | undefined {
  const [a, b, ...more] = ast.list(fn, 'params');
  const isPlain =
    ast.is(fn, 'ArrowFunctionExpression', 'FunctionExpression') && !ast.has(fn, 'async') && !ast.has(fn, 'generator');
  if (!isPlain || a === undefined || b === undefined || more.length > 0) return undefined;
  return ast.isIdentifier(a) && ast.isIdentifier(b) ? { fn, a, b } : undefined;
}

/** `xs` of `[...xs]`, `xs.slice()` and `Array.from(xs)`, or `none`. */
function copied(ast: Ast, copy: number): number {
  if (ast.is(copy, 'ArrayExpression')) {
    const [element, ...others] = ast.list(copy, 'elements');
    return element !== undefined && others.length === 0 && ast.is(element, 'SpreadElement')
      ? ast.child(element, 'argument')
      : none;
  }
  const call = ast.methodCall(copy, 'slice', 'concat', 'from');
  if (call?.name === 'from')
    return ast.isIdentifier(call.object, 'Array') && call.args.length === 1 ? (call.args[0] ?? none) : none;
  return call?.args.length === 0 ? call.object : none;
}

/**
 * `true` when `right` is the code of `left` with the one parameter in the place of the other: both give the same key, of one
 * element each.
 */
export function isMirrored(ast: Ast, left: number, right: number, parameters: readonly [string, string]): boolean {
  const [one, other] = parameters;
  if (ast.kind(left) !== ast.kind(right) || ast.tree.flags[left] !== ast.tree.flags[right]) return false;
  const isName = ast.is(left, 'Identifier');
  const expected =
    isName && ast.value(left) === one ? other : isName && ast.value(left) === other ? one : ast.value(left);
  const [lefts, rights] = [ast.children(left), ast.children(right)];
  return (
    ast.value(right) === expected &&
    lefts.length === rights.length &&
    lefts.every(
      (child, index) =>
        ast.field(child) === ast.field(rights[index] ?? none) &&
        isMirrored(ast, child, rights[index] ?? none, parameters),
    )
  );
}
