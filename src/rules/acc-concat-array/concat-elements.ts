import { type Ast, type MethodCall, none } from '../../engine/ast.ts';
import { isForeignArray } from '../../engine/evidence/foreign-array.ts';
import { itemName } from '../../engine/rewriting/item-name.ts';
import { movedArgument } from '../../engine/rewriting/moved-source.ts';
import type { RuleContext } from '../../engine/rule.ts';
import type { Binding } from '../../engine/scope/scope.ts';

/** Values that `concat` adds as they are. */
const single = ['string', 'number', 'boolean', 'bigint', 'symbol', 'null', 'undefined'] as const;

/** What `list.concat(…)` adds: elements to push, or one whole array. */
type Addition =
  | { readonly kind: 'elements'; readonly elements: readonly number[] }
  | { readonly kind: 'array'; readonly array: number; readonly isDense: boolean };

/** `list.concat(x, …)` of the variable itself. */
export function concatOf(ast: Ast, node: number, name: string): MethodCall | undefined {
  const call = ast.methodCall(node, 'concat');
  return call !== undefined && call.args.length > 0 && ast.isIdentifier(call.object, name) ? call : undefined;
}

/** Why `push` can't add what `concat` does; `undefined` when it can. */
export function additionObstacle(ctx: RuleContext, call: MethodCall, list: Binding): string | undefined {
  const { ast, scope, evidence } = ctx;
  const unknown = call.args.find((argument) => !isElement(ctx, argument) && !isLiteral(ast, argument));
  if (unknown === undefined) return undefined;
  if (!evidence.is(unknown, 'array'))
    return `${ast.excerpt(unknown)} may be an array, of which concat() adds the elements, or not: annotate it`;
  if (call.args.length > 1) return 'arrays are added together with something else';
  if (scope.referencesWithin(list, unknown).length > 0) return `what is added is computed from ${list.name} itself`;
  return evidence.isDenseArray(unknown) || isGiven(ctx, unknown)
    ? undefined
    : `${ast.excerpt(unknown)} may have holes, which concat() keeps`;
}

/** An array that other code filled: a parameter, a property, or an element of one in `for (const x of …)`. */
function isGiven({ ast, scope }: RuleContext, node: number): boolean {
  if (isForeignArray(ast, scope, node)) return true;
  const declarator = ast.parent(scope.bindingOf(node)?.declarations[0] ?? none);
  const loop = ast.parent(ast.parent(declarator));
  const isItem = ast.is(loop, 'ForOfStatement') && ast.child(loop, 'left') === ast.parent(declarator);
  return isItem && isForeignArray(ast, scope, ast.child(loop, 'right'));
}

function additionOf(ctx: RuleContext, call: MethodCall): Addition | undefined {
  const { ast, evidence } = ctx;
  const [first = none] = call.args;
  if (!isElement(ctx, first) && !isLiteral(ast, first))
    return { kind: 'array', array: first, isDense: evidence.isDenseArray(first) };
  const elements = call.args.flatMap((argument) =>
    isLiteral(ast, argument) ? ast.list(argument, 'elements') : [argument],
  );
  return elements.length === 0 ? undefined : { kind: 'elements', elements };
}

/** The statement (without semicolon) that adds the same to the list, to stand at `indent`; `undefined` when nothing is added. */
export function pushStatement(ctx: RuleContext, call: MethodCall, list: Binding, indent: string): string | undefined {
  const { ast, rewrite } = ctx;
  const addition = additionOf(ctx, call);
  if (addition?.kind === 'array') {
    const name = itemName(ast, addition.array, [list.name]);
    return `for (const ${name} of ${movedArgument(ast, rewrite, addition.array, indent)}) ${list.name}.push(${name})`;
  }
  const added = addition?.elements.map((element) => movedArgument(ast, rewrite, element, indent));
  return added === undefined ? undefined : `${list.name}.push(${added.join(', ')})`;
}

/** Lines of evidence: what was added is known, and what is assumed of it. */
export function additionEvidence(
  ctx: RuleContext,
  call: MethodCall,
): { readonly lines: string[]; readonly isSure: boolean } {
  const { ast, evidence } = ctx;
  const known = call.args.map((argument) => evidence.describe(argument)).filter((line) => line !== undefined);
  const addition = additionOf(ctx, call);
  const isSure = addition?.kind !== 'array' || addition.isDense;
  const assumed = isSure ? [] : [`assumed that ${ast.excerpt(call.args[0] ?? none)} has no holes`];
  return { lines: [...known, ...assumed], isSure };
}

/** An array literal whose elements stand there one by one. */
function isLiteral(ast: Ast, node: number): boolean {
  return (
    ast.is(node, 'ArrayExpression') &&
    !ast.list(node, 'elements').some((element) => ast.is(element, 'Hole', 'SpreadElement'))
  );
}

/** Certainly nothing that `concat` takes apart. */
function isElement({ ast, evidence }: RuleContext, node: number): boolean {
  const isPlainObject =
    ast.is(node, 'ObjectExpression') &&
    ast.list(node, 'properties').every((one) => ast.is(one, 'Property') && !ast.has(one, 'computed'));
  return isPlainObject || evidence.is(node, ...single) || ast.is(node, 'NullLiteral');
}
