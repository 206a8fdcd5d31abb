import type { Ast, MethodCall } from '../../engine/ast.ts';
import { type EarlyExit, judgeEarlyExit } from '../../engine/purity/early-exit.ts';
import type { Edit } from '../../engine/edit.ts';
import { elementRead, nonNullMark } from '../../engine/idioms/element-read.ts';
import { hasVisibleHoles } from '../../engine/evidence/visible-holes.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'filter-find',
    group: 'early-exit',
    summary: '`xs.filter(f)[0]` → `xs.find(f)`',
    why:
      '`filter` visits every element and builds an array of all matches, of which one is taken. `find` calls the predicate on the same ' +
      'elements in the same order and stops at the first match; both give undefined when there is none. `find` also visits ' +
      'holes, as undefined, which `filter` skips: safe therefore only for arrays that certainly have none. In TypeScript ' +
      '`xs[0]` has the type `T` and `find` gives `T | undefined`: a `!` keeps the type where the place needs it.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A1', 'A2', 'A3', 'A5', 'A7', 'A9'],
    complexity: { before: 'O(n) calls and an array', after: 'stops at the first match' },
    example: {
      before: [
        'export function findCookie(header: string, name: string): string | undefined {',
        "  return header.split('; ').filter((cookie) => cookie.startsWith(`${name}=`))[0];",
        '}',
        '',
      ].join('\n'),
      after: [
        'export function findCookie(header: string, name: string): string | undefined {',
        "  return header.split('; ').find((cookie) => cookie.startsWith(`${name}=`));",
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The receiver is not known to be an array: jQuery, collections and typed arrays have a `filter` of their own.',
      'The predicate calls unknown code or changes something: it would be called for fewer elements.',
      'Another element than the first is taken, or more than one (`[1]`, `.at(-1)`, `const [a, b] = …`).',
      'The element is written, deleted or called (`xs.filter(f)[0]()` passes the new array as `this`).',
      'A default stands in the pattern (`const [x = 1] = xs.filter(f)`).',
      'The array may have holes, or the predicate can throw: this needs level balanced.',
    ],
  },
  triggers: ['filter'],
  find(ctx) {
    for (const node of ctx.ast.ofKind('CallExpression')) {
      const filter = ctx.ast.methodCall(node, 'filter');
      const taken = filter === undefined ? undefined : firstElement(ctx.ast, node);
      if (filter !== undefined && taken !== undefined && takesPredicate(ctx.ast, filter)) report(ctx, filter, taken);
    }
  },
});

/** The place that takes the first match: an expression, or a declarator `[x] = xs.filter(f)`. */
interface FirstElement {
  readonly node: number;
  /** The name in the pattern of a declarator. */
  readonly name?: number;
}

function firstElement(ast: Ast, filter: number): FirstElement | undefined {
  const parent = ast.parent(filter);
  if (ast.is(parent, 'VariableDeclarator')) return onlyNameOfPattern(ast, parent);
  const node = ast.field(parent) === 'callee' ? ast.parent(parent) : parent;
  const read = elementRead(ast, node);
  return read?.object === filter && read.index === 0 ? { node } : undefined;
}

/** `const [x] = …` with nothing else in the pattern: a default, a type or a second name would mean something more. */
function onlyNameOfPattern(ast: Ast, declarator: number): FirstElement | undefined {
  const pattern = ast.child(declarator, 'id');
  const [name, ...others] = ast.list(pattern, 'elements');
  const isPlain =
    ast.is(pattern, 'ArrayPattern') && name !== undefined && others.length === 0 && ast.isIdentifier(name);
  return isPlain && ast.child(pattern, 'typeAnnotation') < 0 ? { node: declarator, name } : undefined;
}

/** One function and perhaps its `this`: `$('li').filter('.open')` is something else. */
function takesPredicate(ast: Ast, { args }: MethodCall): boolean {
  const [predicate] = args;
  if (predicate === undefined || args.length > 2) return false;
  return (
    args.every((argument) => !ast.is(argument, 'SpreadElement')) &&
    !ast.is(predicate, 'ObjectExpression', 'NullLiteral', 'RegExpLiteral') &&
    ast.string(predicate) === undefined
  );
}

function report(ctx: RuleContext, filter: MethodCall, taken: FirstElement): void {
  const { evidence } = ctx;
  const receiver = evidence.shapeOf(filter.object);
  if (receiver !== undefined && receiver.type !== 'array') return;
  // `cy.filter(selector)` of a collection of its own takes a text
  if (receiver === undefined && !ctx.ast.isFunction(filter.args[0] ?? -1)) return;
  const exit = judgeEarlyExit(ctx, filter.args[0] ?? -1, filter.object);
  const isDense = evidence.isDenseArray(filter.object);
  const missing = missingEvidence(ctx, filter, exit) ?? visibleHoles(ctx, filter.object, isDense);
  const edits = missing === undefined ? rewritten(ctx, filter, taken) : undefined;
  ctx.report({
    node: taken.node,
    message: 'filter() builds an array of all matches only to take the first; find() stops there',
    tier: isDense && exit.kind === 'equal' ? 'safe' : 'balanced',
    evidence: [evidence.describe(filter.object), densityEvidence(isDense), predicateEvidence(exit)].filter(
      (line) => line !== undefined,
    ),
    ...(edits === undefined
      ? { blockedBy: missing ?? 'the code around it leaves no room for the rewrite' }
      : { edits }),
  });
}

function missingEvidence({ ast, evidence }: RuleContext, { object }: MethodCall, exit: EarlyExit): string | undefined {
  if (!evidence.is(object, 'array'))
    return `${ast.excerpt(object)} is not known to be an array: annotate it or check it with Array.isArray`;
  return exit.kind === 'unknown' ? exit.missing : undefined;
}

function visibleHoles({ ast, scope }: RuleContext, array: number, isDense: boolean): string | undefined {
  const isSeen = !isDense && hasVisibleHoles(ast, scope, array);
  return isSeen ? `${ast.excerpt(array)} may have holes here, which filter() skips and find() does not` : undefined;
}

function densityEvidence(isDense: boolean): string {
  return isDense ? 'it was made without holes' : 'assumed that it has no holes';
}

function predicateEvidence(exit: EarlyExit): string | undefined {
  if (exit.kind === 'equal') return 'the predicate has no effect and cannot throw';
  return exit.kind === 'may-throw'
    ? 'the predicate has no effect; assumed that it does not throw on elements after the first match (A7)'
    : undefined;
}

function rewritten(ctx: RuleContext, { call, member }: MethodCall, taken: FirstElement): Edit[] | undefined {
  const { ast, rewrite } = ctx;
  const property = ast.child(member, 'property');
  const source = `${ast.text.slice(ast.start(call), ast.start(property))}find${ast.text.slice(ast.end(property), ast.end(call))}`;
  if (taken.name === undefined) {
    const isTyped = elementRead(ast, taken.node)?.form !== 'index';
    const edit = rewrite.replace(taken.node, `${source}${isTyped ? '' : nonNullMark(ctx, taken.node)}`, 'call');
    return edit === undefined ? undefined : [edit];
  }
  const pattern = ast.child(taken.node, 'id');
  const asName: Edit = { start: ast.start(pattern), end: ast.end(pattern), text: ast.source(taken.name) };
  const edit = rewrite.replace(call, `${source}${nonNullMark(ctx, call)}`, 'call');
  return edit === undefined ? undefined : [asName, edit];
}
