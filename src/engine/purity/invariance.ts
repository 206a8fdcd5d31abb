import { type Ast, none } from '../ast.ts';
import type { Binding } from '../scope/binding.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Scope } from '../scope/scope.ts';
import { isPrimitive } from '../evidence/shape.ts';

/** What is known about expressions that are evaluated in every round of a region. */
export type Invariance =
  /** Nothing but literals. */
  | { readonly kind: 'literal' }
  /** Operators over literals and variables that hold the same primitive value in every round. */
  | { readonly kind: 'constant'; readonly bindings: readonly Binding[] }
  /** The same variables, not used for anything else there; but those of `assumed` could hold objects that somebody changes meanwhile. */
  | { readonly kind: 'same-variables'; readonly bindings: readonly Binding[]; readonly assumed: readonly Binding[] }
  /** A part of it might give something else in the next round. */
  | { readonly kind: 'opaque'; readonly node: number }
  /** It depends on a variable of the region. */
  | { readonly kind: 'varying' };

interface Analysis {
  readonly ast: Ast;
  readonly scope: Scope;
  readonly evidence: Evidence;
}

const transparent = new Set([
  'Identifier',
  'StringLiteral',
  'NumericLiteral',
  'BooleanLiteral',
  'NullLiteral',
  'BigIntLiteral',
  'RegExpLiteral',
  'TemplateLiteral',
  'TemplateElement',
  'ArrayExpression',
  'ObjectExpression',
  'BinaryExpression',
  'LogicalExpression',
  'ConditionalExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
]);

/** Whether expressions give the same values in every round of a loop, or call of a function, `region`. */
export function invarianceOf(analysis: Analysis, expressions: readonly number[], region: number): Invariance {
  const { ast, scope } = analysis;
  const bindings = new Set<Binding>();
  let opaque = none;
  for (const node of expressions.flatMap((expression) => valueNodes(ast, expression))) {
    const binding = scope.bindingOf(node);
    if (binding !== undefined) {
      if (mayChange(ast, scope, binding, region)) return { kind: 'varying' };
      bindings.add(binding);
    } else if (opaque === none && !isTransparent(ast, scope, node)) opaque = node;
  }
  if (opaque !== none) return { kind: 'opaque', node: opaque };
  if (bindings.size === 0) return { kind: 'literal' };
  const assumed = [...bindings].filter(
    (binding) => !holdsPrimitive(analysis, binding, expressions) && !isConstantObject(ast, scope, binding),
  );
  if (assumed.length === 0) return { kind: 'constant', bindings: [...bindings] };
  const other = assumed
    .flatMap((binding) => scope.referencesWithin(binding, region))
    .find(({ node }) => !expressions.some((one) => ast.within(node, one)));
  return other === undefined
    ? { kind: 'same-variables', bindings: [...bindings], assumed }
    : { kind: 'opaque', node: other.node };
}

/** Nodes that are evaluated, without those that only name a property or a type. */
function valueNodes(ast: Ast, expression: number): number[] {
  if (ast.kind(expression).startsWith('TS') && !transparent.has(ast.kind(expression))) return [];
  const below = ast.children(expression).flatMap((child) => {
    const isName = ast.field(child) === 'key' && !ast.has(expression, 'computed');
    return isName ? [] : valueNodes(ast, child);
  });
  return [expression, ...below];
}

function isTransparent(ast: Ast, scope: Scope, node: number): boolean {
  if (ast.is(node, 'Identifier')) return scope.isGlobal(node, 'undefined');
  if (ast.is(node, 'UnaryExpression')) return ['-', '+', '!', '~', 'typeof', 'void'].includes(ast.value(node));
  if (ast.is(node, 'Property')) return !ast.has(node, 'method') && !ast.has(node, 'computed');
  return transparent.has(ast.kind(node));
}

/** Declared in the region, or written while it runs. A callback may be called later, too, when any write can have happened. */
function mayChange(ast: Ast, scope: Scope, binding: Binding, region: number): boolean {
  if (binding.declarations.some((declaration) => ast.within(declaration, region))) return true;
  // in sloppy code `arguments[0] = x` writes the first parameter
  if (
    binding.kind === 'parameter' &&
    ast.ofKindWithin('Identifier', binding.fn).some((node) => ast.value(node) === 'arguments')
  )
    return true;
  if (!ast.isLoop(region)) return scope.isReassigned(binding);
  return binding.references.some(
    ({ write, init, node, fn }) => write && !init && (ast.within(node, region) || fn !== binding.fn),
  );
}

function holdsPrimitive({ ast, evidence }: Analysis, binding: Binding, expressions: readonly number[]): boolean {
  const uses = binding.references.filter(({ node }) => expressions.some((one) => ast.within(node, one)));
  return uses.every(({ node }) => isPrimitive(evidence.shapeOf(node)));
}

/** `const options = { style: 'currency' }` that is only ever handed to constructors of Intl: they read it and forget it. */
function isConstantObject(ast: Ast, scope: Scope, binding: Binding): boolean {
  const value = ast.withoutTypes(scope.initializer(binding));
  return (
    !binding.exported &&
    ast.is(value, 'ObjectExpression', 'ArrayExpression') &&
    valueNodes(ast, value).every((node) => scope.bindingOf(node) === undefined && isTransparent(ast, scope, node)) &&
    binding.references.every(({ node, init }) => init || isHandedToIntl(ast, scope, node))
  );
}

function isHandedToIntl(ast: Ast, scope: Scope, node: number): boolean {
  const call = ast.parent(node);
  const callee = ast.child(call, 'callee');
  const isArgument =
    ast.field(node) === 'arguments' && ast.is(call, 'NewExpression') && ast.is(callee, 'MemberExpression');
  return isArgument && scope.isGlobal(ast.child(callee, 'object'), 'Intl');
}

/** Lines for a finding: what is known of the variables in expressions, and what is assumed of them. */
export function invarianceEvidence(
  { ast, scope, evidence }: Analysis,
  expressions: readonly number[],
  invariance: Invariance,
): string[] {
  const variables = expressions
    .flatMap((expression) => ast.ofKindWithin('Identifier', expression))
    .filter((node) => scope.bindingOf(node) !== undefined);
  const known = variables.map((node) => evidence.describe(node)).filter((line) => line !== undefined);
  const assumed = invariance.kind === 'same-variables' ? invariance.assumed : [];
  return [...known, ...assumed.map(({ name }) => `assumed that what ${name} holds does not change meanwhile`)];
}

/** What a person can do about an expression that might change from round to round. */
export function opaqueObstacle(ast: Ast, invariance: Invariance): string | undefined {
  return invariance.kind === 'opaque'
    ? `${ast.excerpt(invariance.node)} may give something else in the next round: if it does not, read it into a const before the loop`
    : undefined;
}
