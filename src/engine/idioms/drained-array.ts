import { type Ast, none } from '../ast.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { isOwnVariable, outermostLoop } from './loop-region.ts';
import type { Binding, Reference, Scope } from '../scope/scope.ts';
import { isReadOfArray, variableUse } from './variable-uses.ts';

/** Methods that change an array and give it back, or its length, to whoever wants it: as statements to nobody. */
const orderingMethods = new Set(['sort', 'reverse', 'unshift']);

/** An array in a variable that a loop takes elements from. */
export interface DrainedArray {
  readonly binding: Binding;
  /** The outermost loop that keeps the array from round to round. */
  readonly region: number;
  /** Uses within the region, by the function itself and by closures in it. */
  readonly uses: readonly Reference[];
  /** Why it matters to somebody else which elements are still in the array; `undefined` when it does not. */
  readonly blockedBy: string | undefined;
}

/**
 * Reads the array that a method call in a loop takes elements from. `undefined` when the receiver is no variable, is not
 * certainly an array, or when no loop runs the call again on the same array.
 */
export function readDrainedArray(
  ast: Ast,
  scope: Scope,
  evidence: Evidence,
  receiver: number,
): DrainedArray | undefined {
  const binding = ast.isIdentifier(receiver) ? scope.bindingOf(receiver) : undefined;
  if (binding === undefined || !evidence.is(receiver, 'array')) return undefined;
  const region = outermostLoop(ast, receiver, binding);
  if (region === none) return undefined;
  return {
    binding,
    region,
    uses: scope.referencesWithin(binding, region),
    blockedBy: obstacle(ast, scope, evidence, binding, region),
  };
}

function obstacle(ast: Ast, scope: Scope, evidence: Evidence, binding: Binding, region: number): string | undefined {
  const { name } = binding;
  if (binding.kind === 'parameter') return `${name} belongs to the caller, who sees it being emptied: drain a copy`;
  if (!isOwnVariable(ast, binding) || scope.isReassigned(binding))
    return `${name} is exported, gets another value, or is global to other scripts`;
  if (binding.references.some(({ node, fn }) => fn !== binding.fn && !isPlainPush(ast, node)))
    return `a closure uses ${name} and may see what is left in it`;
  const declarator = ast.parent(binding.declarations[0] ?? none);
  const init = ast.is(declarator, 'VariableDeclarator') ? ast.child(declarator, 'init') : none;
  if (!isFreshArray(ast, evidence, init))
    return `${name} is not known to be an array of its own: somebody else may see it being emptied`;
  const early = binding.references.find(
    (reference) => !reference.init && reference.node < region && !isHarmlessBefore(ast, reference),
  );
  if (early !== undefined) return `${name} may have another holder: ${firstLine(ast, early.node)}`;
  const late = binding.references.find(
    (reference) => reference.node > ast.last(region) && !isPlainPush(ast, reference.node),
  );
  return late === undefined ? undefined : `${name} is used after the loop: ${firstLine(ast, late.node)}`;
}

/** Made by the expression itself; sorting and reversing give the same array on. An assignment gives it to its target, too. */
function isFreshArray(ast: Ast, evidence: Evidence, init: number): boolean {
  const expression = ast.withoutTypes(init);
  const method = ast.methodCall(expression, 'sort', 'reverse');
  if (method !== undefined) return evidence.is(method.object, 'array') && isFreshArray(ast, evidence, method.object);
  return (
    ast.is(expression, 'ArrayExpression', 'CallExpression', 'NewExpression') &&
    evidence.is(expression, 'array') &&
    evidence.shapeOf(expression)?.fresh === true
  );
}

function isHarmlessBefore(ast: Ast, { node }: Reference): boolean {
  const isIterated = ast.is(ast.parent(node), 'ForOfStatement') && ast.field(node) === 'right';
  const use = variableUse(ast, node);
  const isOrdered =
    use.kind === 'call' && orderingMethods.has(use.call.name) && ast.is(ast.parent(use.node), 'ExpressionStatement');
  return isIterated || isOrdered || isPlainPush(ast, node) || isReadOfArray(ast, use);
}

/**
 * `true` for `xs.push(…)` whose result, the new length, nobody gets: as a statement, behind `&&` in one, or as all that a
 * `forEach` callback does.
 */
export function isPlainPush(ast: Ast, identifier: number): boolean {
  const use = variableUse(ast, identifier);
  if (use.kind !== 'call' || use.call.name !== 'push') return false;
  let at = use.node;
  while (
    ast.is(ast.parent(at), 'LogicalExpression', 'ConditionalExpression') &&
    !['left', 'test'].includes(ast.field(at))
  )
    at = ast.parent(at);
  const parent = ast.parent(at);
  if (ast.is(parent, 'ExpressionStatement')) return true;
  const isCallback = ast.is(parent, 'ArrowFunctionExpression') && ast.field(at) === 'body' && !ast.has(parent, 'async');
  return isCallback && ast.methodCall(ast.parent(parent), 'forEach')?.args[0] === parent;
}

function firstLine(ast: Ast, node: number): string {
  return (
    ast
      .source(ast.statement(node))
      .split(/[\n\r]/)[0]
      ?.slice(0, 60) ?? ''
  );
}
