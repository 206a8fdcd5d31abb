import { type Ast, type MethodCall, none } from '../../engine/ast.ts';
import { applyEdits, type Edit, sortEdits } from '../../engine/edit.ts';
import { itemName, localName } from '../../engine/rewriting/item-name.ts';
import type { RuleContext } from '../../engine/rule.ts';
import type { Comparator } from '../../engine/idioms/sorted-copy.ts';
import type { SortKey } from './sort-key.ts';

interface Sorting {
  readonly call: MethodCall;
  readonly comparator: Comparator;
  /** The array whose elements are sorted. */
  readonly source: number;
  /** A new array is sorted; otherwise the source itself. */
  readonly isCopy: boolean;
}

/** Pairs of element and key, sorted, and the elements taken out again; `undefined` when a sort in place gives its value on. */
export function decorated(ctx: RuleContext, sorting: Sorting, key: SortKey): Edit[] | undefined {
  const { ast, rewrite } = ctx;
  const { call, comparator, source, isCopy } = sorting;
  if (!isCopy && !(ast.is(ast.parent(call.call), 'ExpressionStatement') && isPath(ast, source))) return undefined;
  const item = localName(ast, call.call, itemName(ast, source, ['key']), ['key']);
  const end = ast.end(call.object);
  const gap = ast.text.slice(end, ast.start(ast.child(call.member, 'property')));
  const isBroken = /[\n\r]/.test(gap);
  const line = isBroken
    ? gap.slice(0, gap.lastIndexOf('.'))
    : `${rewrite.eol}${rewrite.indentAt(ast.start(call.call))}${rewrite.indentUnit}`;
  // a comment between the array and `.sort` has no place in the new chain
  if (gap.trim() !== '.') return undefined;
  const pairs = `${line}.map((${item}) => ({ ${item}, key: ${keyOf(ctx, comparator, key, item)} }))`;
  const property = ast.child(call.member, 'property');
  const continues = ast.text[ast.end(call.call)] === '.';
  return [
    { start: ast.start(call.object), end, text: `${rewrite.operand(source, 'call')}${pairs}${isBroken ? '' : line}` },
    ...(call.name === 'sort' ? [] : [{ start: ast.start(property), end: ast.end(property), text: 'sort' }]),
    ...comparatorEdits(ast, comparator, key),
    ...(isBroken ? [] : indentation(ctx, comparator.fn)),
    {
      start: ast.end(call.call),
      end: ast.end(call.call),
      text: isCopy
        ? `${line}.map(({ ${item} }) => ${item})${continues ? line : ''}`
        : writeBack(ctx, sorting, item, line),
    },
  ];
}

/** The lines of a function one level further in, as the chain around it now is. */
function indentation({ ast, rewrite }: RuleContext, fn: number): Edit[] {
  const fixed = [
    ...ast.ofKindWithin('TemplateElement', fn).map((node) => ({ start: ast.start(node), end: ast.end(node) })),
    ...ast.tree.comments,
  ];
  return [...ast.source(fn).matchAll(/(?:\r\n|\n|\r)(?=[ \t]*[^ \t\r\n])/g)]
    .map(({ index, 0: lineEnd }) => ast.start(fn) + index + lineEnd.length)
    .filter((at) => !fixed.some(({ start, end }) => start < at && at <= end))
    .map((at) => ({ start: at, end: at, text: rewrite.indentUnit }));
}

/** The sorted array stays the same object: others may hold it. */
function writeBack({ ast, rewrite }: RuleContext, { call, source }: Sorting, item: string, line: string): string {
  const index = localName(ast, call.call, 'index');
  return `${line}.forEach(({ ${item} }, ${index}) => {${line}${rewrite.indentUnit}${ast.source(source)}[${index}] = ${item}${rewrite.semicolon}${line}})`;
}

/** Source of the key of one element. */
function keyOf(
  { ast, scope, rewrite }: RuleContext,
  { a }: Comparator,
  { node, ofA, ofB }: SortKey,
  item: string,
): string {
  const binding = scope.bindingOf(a);
  const start = ast.start(node);
  const uses = binding === undefined ? [] : scope.referencesWithin(binding, node);
  const renamed = uses.map((use) => ({
    start: ast.start(use.node) - start,
    end: ast.end(use.node) - start,
    text: item,
  }));
  const isCompared = [...ofA, ...ofB].every(
    (one) =>
      ast.is(ast.parent(one), 'BinaryExpression') && ['-', '<', '>', '<=', '>='].includes(ast.value(ast.parent(one))),
  );
  const text = applyEdits(rewrite.argument(node), sortEdits(renamed));
  // comparing dates compares their times; once is enough for that as well
  return isCompared && ast.is(node, 'NewExpression') ? `${text}.getTime()` : text;
}

function comparatorEdits(ast: Ast, { a, b }: Comparator, { ofA, ofB }: SortKey): Edit[] {
  // the parameters are pairs now, whatever their annotation says
  const parameters = [a, b].filter((parameter) => ast.child(parameter, 'typeAnnotation') !== none);
  return [
    ...parameters.map((parameter) => ({
      start: ast.start(parameter),
      end: ast.end(parameter),
      text: ast.value(parameter),
    })),
    ...ofA.map((node) => ({ start: ast.start(node), end: ast.end(node), text: `${ast.value(a)}.key` })),
    ...ofB.map((node) => ({ start: ast.start(node), end: ast.end(node), text: `${ast.value(b)}.key` })),
  ];
}

/** `posts`, `this.posts`: reading it again gives the same array. */
function isPath(ast: Ast, node: number): boolean {
  if (ast.is(node, 'Identifier', 'ThisExpression')) return true;
  const isPlain = ast.is(node, 'MemberExpression') && !ast.has(node, 'computed') && !ast.has(node, 'optional');
  return isPlain && isPath(ast, ast.child(node, 'object'));
}
