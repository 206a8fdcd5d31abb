import { type Ast, none } from '../../engine/ast.ts';
import type { RuleContext } from '../../engine/rule.ts';
import type { ShapeType } from '../../engine/evidence/shape.ts';
import { type Comparator, isMirrored } from '../../engine/idioms/sorted-copy.ts';

/** An order that never contradicts itself, but for keys that are NaN. */
export interface Order {
  /** Source of the test that the first parameter comes behind the second. */
  readonly isAfter: string;
  /** Every element has a key, and none can be NaN; a single element, too, whose key the sort did not ask for. */
  readonly isTotal: boolean;
}

/** Reads a comparator that compares the same key of both elements; `undefined` for one that could contradict itself. */
export function readOrder(ctx: RuleContext, comparator: Comparator): Order | undefined {
  const { ast, rewrite, purity } = ctx;
  const compared = ast.returnedExpression(comparator.fn);
  const parts = alternatives(ast, compared);
  if (compared === none || usesCaller(ast, comparator) || !parts.every((part) => isComparison(ctx, part, comparator)))
    return undefined;
  const isTotal =
    purity.isNonThrowing(compared) && parts.every((part) => ast.is(part, 'CallExpression') || isInteger(ctx, part));
  const [only = none, ...more] = parts;
  // for numbers that are no NaN, a - b > 0 is a > b; for others the subtraction converts them first
  const [left = none, right = none] = operands(ast, only);
  const isNumeric = more.length === 0 && ctx.evidence.is(left, 'number') && ctx.evidence.is(right, 'number');
  return {
    isAfter: isNumeric
      ? `${rewrite.operand(left, 'shift')} > ${rewrite.operand(right, 'shift')}`
      : `${rewrite.operand(compared, 'shift')} > 0`,
    isTotal,
  };
}

/** `this` and `arguments` of the comparator would be those of another function. */
function usesCaller(ast: Ast, { fn }: Comparator): boolean {
  return (
    ast.ofKindWithin('ThisExpression', fn).length > 0 ||
    ast.ofKindWithin('Identifier', fn).some((node) => ast.value(node) === 'arguments')
  );
}

/** The comparisons that `||` joins: the next decides between those that are equal by the one before. */
function alternatives(ast: Ast, node: number): number[] {
  return ast.is(node, 'LogicalExpression') && ast.value(node) === '||'
    ? [...alternatives(ast, ast.child(node, 'left')), ...alternatives(ast, ast.child(node, 'right'))]
    : [node];
}

/** `a.k - b.k` or `a.k.localeCompare(b.k)`, in either direction. */
function isComparison({ ast, purity, evidence }: RuleContext, node: number, { a, b }: Comparator): boolean {
  const names = [ast.value(a), ast.value(b)] as const;
  const isDifference = ast.is(node, 'BinaryExpression') && ast.value(node) === '-';
  const call = ast.methodCall(node, 'localeCompare');
  const [left, right] = isDifference ? operands(ast, node) : [call?.object ?? none, call?.args[0] ?? none];
  if (left === undefined || right === undefined || left === none || right === none) return false;
  const settings = call?.args.slice(1) ?? [];
  const used = (at: number): Set<string> =>
    new Set(
      ast
        .ofKindWithin('Identifier', at)
        .map((name) => ast.value(name))
        .filter((name) => names.includes(name)),
    );
  // the difference of two bigints is refused by sort(), that of texts is NaN more often than not
  if (isDifference && ![left, right].every((key) => isSubtractable(evidence.shapeOf(key)?.type))) return false;
  // keys and settings are asked for more or fewer pairs than before
  if (![left, right, ...settings].every((part) => purity.isPure(part))) return false;
  // each key belongs to one element
  return (
    isMirrored(ast, left, right, names) &&
    used(left).size === 1 &&
    used(right).size === 1 &&
    settings.every((setting) => used(setting).size === 0)
  );
}

function isSubtractable(type: ShapeType | undefined): boolean {
  return type === undefined || type === 'number' || type === 'date';
}

function operands(ast: Ast, node: number): number[] {
  return ast.is(node, 'BinaryExpression') ? [ast.child(node, 'left'), ast.child(node, 'right')] : [];
}

function isInteger({ ast, evidence }: RuleContext, difference: number): boolean {
  return operands(ast, difference).every(
    (operand) => evidence.is(operand, 'number') && evidence.shapeOf(operand)?.integer === true,
  );
}
