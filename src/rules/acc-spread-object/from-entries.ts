import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import type { Tier } from '../../engine/finding.ts';
import type { Reducer } from '../../engine/idioms/reducer.ts';
import { hasVisibleHoles } from '../../engine/evidence/visible-holes.ts';
import type { RuleContext } from '../../engine/rule.ts';
import type { Scope } from '../../engine/scope/scope.ts';
import { addedProperties, isNamedByKey } from './object-updates.ts';

/** A rewrite to `Object.fromEntries(xs.map((x) => [key, value]))`. */
export interface EntriesRewrite {
  readonly edits: readonly Edit[];
  readonly tier: Tier;
  readonly evidence: readonly string[];
}

/**
 * The form that is exact for every key: like the literal, `Object.fromEntries` defines properties. It needs one new
 * property for every element, an empty start, and no other use of the accumulator. A hole, which `reduce` skips, would
 * leave a hole in the list of entries and throw.
 */
export function entriesRewrite(ctx: RuleContext, reducer: Reducer): EntriesRewrite | undefined {
  const { ast, evidence, purity } = ctx;
  const entry = soleEntry(ctx, reducer);
  const type = resultType(ast, reducer);
  if (entry === undefined || type === 'unclear' || (type !== '' && !isWhole(ast, reducer.call.call))) return undefined;
  const edits = splices(ctx, reducer, entry, type);
  if (edits === undefined) return undefined;
  const isDense = evidence.isDenseArray(reducer.call.object);
  if (!isDense && hasVisibleHoles(ast, ctx.scope, reducer.call.object)) return undefined;
  const isExact = isDense && purity.isPure(entry.key) && purity.isPure(entry.value);
  const source = ast.source(reducer.call.object).replace(/\s+/g, ' ').slice(0, 40);
  return isExact
    ? { edits, tier: 'safe', evidence: [`${source} has no holes`] }
    : { edits, tier: 'balanced', evidence: [`assumed: ${source} has no holes`] };
}

interface Entry {
  readonly literal: number;
  readonly key: number;
  readonly value: number;
}

function soleEntry(
  { ast, scope, evidence }: RuleContext,
  { call, callback, results, start, uses }: Reducer,
): Entry | undefined {
  const [literal = none] = results;
  const [property, ...more] = addedProperties(ast, literal);
  const isArrow =
    ast.is(callback, 'ArrowFunctionExpression') &&
    ast.child(callback, 'body') === literal &&
    ast.child(callback, 'returnType') === none;
  const isPlain =
    isArrow && call.name === 'reduce' && uses.length === 1 && ast.children(ast.withoutTypes(start)).length === 0;
  if (
    !isPlain ||
    property === undefined ||
    more.length > 0 ||
    !ast.is(property, 'Property') ||
    ast.value(property) !== 'init' ||
    !ast.has(property, 'computed')
  )
    return undefined;
  // a typed array's map gives a typed array
  if (!evidence.is(call.object, 'array') || isObjectShadowed(ast, scope)) return undefined;
  const value = ast.child(property, 'value');
  return ast.has(property, 'method') || isNamedByKey(ast, value)
    ? undefined
    : { literal, key: ast.child(property, 'key'), value };
}

function isObjectShadowed(ast: Ast, scope: Scope): boolean {
  return ast.ofKind('Identifier').some((node) => ast.value(node) === 'Object' && scope.bindingOf(node) !== undefined);
}

/** `T` when the result must be said to be a `T`; `''` when what fromEntries gives fits; `unclear` when several types are named. */
function resultType(ast: Ast, { call, callback, start }: Reducer): string {
  const annotation = ast.child(ast.list(callback, 'params')[0] ?? none, 'typeAnnotation');
  const types = [
    ...ast.list(ast.child(call.call, 'typeArguments'), 'params'),
    ast.child(start, 'typeAnnotation'),
    ast.child(annotation, 'typeAnnotation'),
  ].filter((type) => type >= 0);
  const texts = new Set(types.map((type) => ast.source(type)));
  if (texts.size > 1) return 'unclear';
  const [text = ''] = texts;
  return /^Record<string,[^]*>$|^\{\s*\[\w+: string\]: [\w.[\]]+;?\s*\}$/.test(text) ? '' : text;
}

/** A place where `… as T` needs no parentheses. */
function isWhole(ast: Ast, call: number): boolean {
  const parent = ast.parent(call);
  return (
    ast.is(parent, 'ReturnStatement') ||
    (ast.is(parent, 'VariableDeclarator') && ast.field(call) === 'init') ||
    (ast.is(parent, 'AssignmentExpression') && ast.field(call) === 'right')
  );
}

/** Only what changes is replaced, so that the receiver and the key keep their form. */
function splices(
  { ast, rewrite }: RuleContext,
  { call, callback, start }: Reducer,
  { literal, key, value }: Entry,
  type: string,
): Edit[] | undefined {
  const { text } = ast;
  const [accumulator = none, next] = ast.list(callback, 'params');
  const property = ast.child(call.member, 'property');
  const open = text.indexOf('(', Math.max(ast.end(property), ast.end(ast.child(call.call, 'typeArguments'))));
  let bodyStart = ast.start(literal);
  while (/[\s(]/.test(text[bodyStart - 1] ?? '')) bodyStart -= 1;
  const isClear =
    text.slice(bodyStart - 2, bodyStart) === '=>' &&
    /^[\s,]*$/.test(text.slice(ast.end(callback), ast.start(start))) &&
    /^\s*,?\s*\)$/.test(text.slice(ast.end(start), ast.end(call.call)));
  const isListed = text.slice(ast.start(callback), ast.start(accumulator)).trim() === '(';
  if (!isClear || !isListed || open < 0) return undefined;
  return [
    { start: ast.start(call.call), end: ast.start(call.call), text: 'Object.fromEntries(' },
    { start: ast.start(property), end: open, text: 'map' },
    {
      start: ast.start(accumulator),
      end: next === undefined ? endOfOnly(ast, accumulator) : ast.start(next),
      text: '',
    },
    { start: bodyStart, end: ast.end(callback), text: ` [${rewrite.argument(key)}, ${rewrite.argument(value)}]` },
    { start: ast.end(callback), end: ast.end(call.call), text: `))${type === '' ? '' : ` as ${type}`}` },
  ];
}

/** Where the only parameter ends, with the comma that may stand behind it. */
function endOfOnly(ast: Ast, parameter: number): number {
  const end = ast.end(parameter);
  const [behind = ''] = /^\s*,\s*(?=\))/.exec(ast.text.slice(end)) ?? [];
  return end + behind.length;
}
