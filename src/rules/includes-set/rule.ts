import type { Ast, MethodCall } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import type { Binding } from '../../engine/scope/scope.ts';
import { changeWithin } from './array-changes.ts';
import { type HoistPlace, hoistPlaces, type Region } from './hoist-places.ts';
import { isShortArray } from './short-array.ts';

export default defineRule({
  meta: {
    id: 'includes-set',
    group: 'membership',
    summary: '`xs.includes(x)` in a loop → `new Set(xs)` before the loop, `has(x)` in it',
    why:
      'An array is searched from the front in every round of a loop or callback: n rounds over m elements. A Set built once before the loop ' +
      'answers by hash. `includes` and `has` compare in the same way (SameValueZero), and both see holes as undefined. The Set is a ' +
      'copy, so nothing may change the array until the last round is over (writing a property by its name is taken to run no ' +
      'setter, as reading one under A1). Building it costs as much as some dozens of short searches: below 30 to 40 elements ' +
      'and rounds it loses a few hundred nanoseconds, hence level balanced.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    assumes: ['A1', 'A2', 'A3', 'A5'],
    complexity: { before: 'O(n·m)', after: 'O(n + m)' },
    breakEven: 40,
    breakEvenOf: 'rounds',
    tierWhenMany: 'safe',
    example: {
      before: [
        'interface User { id: number; name: string }',
        '',
        'export function withoutBlocked(users: User[], blockedIds: number[]): User[] {',
        '  return users.filter((user) => !blockedIds.includes(user.id));',
        '}',
        '',
      ].join('\n'),
      after: [
        'interface User { id: number; name: string }',
        '',
        'export function withoutBlocked(users: User[], blockedIds: number[]): User[] {',
        '  const blockedIdsSet = new Set(blockedIds);',
        '  return users.filter((user) => !blockedIdsSet.has(user.id));',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The array is not known to be one: strings have an `includes` of their own.',
      'The array, or the list that the loop runs over, is a literal of fewer than 16 elements: a Set would lose.',
      'Something in the loop changes the array, or might: unknown calls, `await`, writes to what may be the same array.',
      'The array is not known at the place before the loop (assigned in it, or only a guard inside the loop says what it is).',
      'The callback may run later or never: the method is not one of a known array, or the callback is `async`.',
      'The loop itself runs only under a condition and has no block of its own: the Set would be built in vain.',
      '`includes` has a start position.',
    ],
  },
  triggers: ['includes'],
  find(ctx) {
    if (isSetShadowed(ctx)) return;
    const rewrites: Rewrite[] = [];
    for (const call of ctx.ast.ofKind('CallExpression')) {
      const search = searchOf(ctx, call);
      if (search === undefined) continue;
      const places = hoistPlaces(ctx, call).filter((place) => isKnownAt(ctx, search.binding, place));
      const [nearest] = places;
      if (nearest === undefined) continue;
      const place = places.findLast((one) => obstacleAt(ctx, search.binding, one) === undefined);
      if (place === undefined) reportBlocked(ctx, search, obstacleAt(ctx, search.binding, nearest) ?? '');
      else collect(ctx, rewrites, search, place);
    }
    for (const rewrite of rewrites) reportRewrite(ctx, rewrite);
  },
});

interface Search {
  readonly method: MethodCall;
  readonly binding: Binding;
}

/** All searches of one array that share one Set. */
interface Rewrite {
  readonly binding: Binding;
  readonly place: HoistPlace;
  /** From the place to the last use. */
  region: Region;
  readonly searches: Search[];
}

/** `xs.includes(x)` on a variable that keeps its array. */
function searchOf(ctx: RuleContext, call: number): Search | undefined {
  const { ast, scope, evidence } = ctx;
  const method = ast.methodCall(call, 'includes');
  if (method?.args.length !== 1 || method.args.some((argument) => ast.is(argument, 'SpreadElement'))) return undefined;
  const binding = ast.isIdentifier(method.object) ? scope.bindingOf(method.object) : undefined;
  if (
    binding === undefined ||
    binding.declarations.length > 1 ||
    scope.isReassigned(binding) ||
    !evidence.is(method.object, 'array')
  )
    return undefined;
  return isShortArray(ctx, method.object) ? undefined : { method, binding };
}

/** The variable exists at the place, has its value there, and is an array there too. */
function isKnownAt({ ast, evidence }: RuleContext, binding: Binding, { kind, node }: HoistPlace): boolean {
  const [declaration = -1] = binding.declarations;
  const isOwnParameter =
    kind === 'arrow' && ast.list(node, 'params').some((parameter) => ast.within(declaration, parameter));
  const isBefore = declaration < node && ast.within(node, binding.scopeNode);
  const shape = evidence.shapeOfBinding(binding, kind === 'arrow' ? ast.child(node, 'body') : node);
  return (isOwnParameter || isBefore) && shape?.type === 'array' && shape.nullish !== true;
}

function obstacleAt(ctx: RuleContext, binding: Binding, place: HoistPlace): string | undefined {
  return place.isConditional
    ? 'the loop runs only under a condition: give it a block of its own'
    : changeWithin(ctx, binding, place.region);
}

/** Adds a search to the Set that an earlier place makes, when that one still holds the same at this place. */
function collect(ctx: RuleContext, rewrites: Rewrite[], search: Search, place: HoistPlace): void {
  for (const known of rewrites) {
    if (known.binding !== search.binding) continue;
    const end = endWithin(ctx.ast, known.place, place);
    if (end === undefined) continue;
    const region = { from: known.region.from, to: Math.max(known.region.to, end) };
    if (region.to !== known.region.to && changeWithin(ctx, search.binding, region) !== undefined) continue;
    known.region = region;
    known.searches.push(search);
    return;
  }
  rewrites.push({ binding: search.binding, place, region: place.region, searches: [search] });
}

/** Last node that runs before a later place in reach of a declaration at `first` is done with; `undefined` out of its reach. */
function endWithin(ast: Ast, first: HoistPlace, place: HoistPlace): number | undefined {
  if (first.node === place.node) return place.region.to;
  if (first.kind === 'arrow' || ast.enclosingFunction(first.node) !== ast.enclosingFunction(place.node))
    return undefined;
  if (ast.parent(place.node) === ast.parent(first.node)) return place.region.to;
  let at = place.node;
  while (at >= 0 && ast.parent(at) !== ast.parent(first.node)) at = ast.parent(at);
  return at < first.node ? undefined : ast.last(at);
}

/** A declaration of another `Set` anywhere in the file. */
function isSetShadowed({ ast, scope }: RuleContext): boolean {
  return ast.ofKind('Identifier').some((node) => ast.value(node) === 'Set' && scope.bindingOf(node) !== undefined);
}

function message(name: string): string {
  return `${name} is searched from the front in every round; a Set built before the loop answers at once`;
}

function reportBlocked(ctx: RuleContext, { method, binding }: Search, blockedBy: string): void {
  const { ast, evidence } = ctx;
  ctx.report({
    node: method.call,
    message: message(binding.name),
    evidence: [evidence.describe(method.object) ?? ast.excerpt(method.object)],
    blockedBy,
  });
}

function reportRewrite(ctx: RuleContext, { binding, place, searches }: Rewrite): void {
  const { ast, evidence, rewrite } = ctx;
  const [first] = searches;
  if (first === undefined) return;
  const name = rewrite.freshName(`${binding.name}Set`, place.node);
  const declaration = `const ${name} = new Set(${binding.name})`;
  const inserted =
    place.kind === 'arrow' ? blockBody(ctx, place.node, declaration) : insertedBefore(ctx, place.node, declaration);
  const replaced = searches.flatMap(({ method }): Edit[] => [
    { start: ast.start(method.object), end: ast.end(method.object), text: name },
    { start: ast.start(property(ast, method)), end: ast.end(property(ast, method)), text: 'has' },
  ]);
  ctx.report({
    node: first.method.call,
    message: message(binding.name),
    evidence: [
      evidence.describe(first.method.object) ?? ast.excerpt(first.method.object),
      `nothing changes ${binding.name} until the loop is over`,
      'assumed that it and the loop are not small (more than some 40)',
    ],
    relies: [binding],
    ...(inserted === undefined
      ? { blockedBy: 'there is no place for a statement before the loop' }
      : { edits: [...inserted, ...replaced] }),
  });
}

function property(ast: Ast, { member }: MethodCall): number {
  return ast.child(member, 'property');
}

function insertedBefore({ rewrite }: RuleContext, statement: number, declaration: string): Edit[] | undefined {
  const edit = rewrite.insertBefore(statement, declaration);
  return edit === undefined ? undefined : [edit];
}

/** `=> expression` becomes `=> { declaration; return expression; }`. */
function blockBody({ ast, rewrite }: RuleContext, arrow: number, declaration: string): Edit[] | undefined {
  const { text } = ast;
  const body = ast.child(arrow, 'body');
  const start = text.lastIndexOf('=>', ast.start(body)) + 2;
  const gap = /^(\s*)\(*\s*$/.exec(text.slice(start, ast.start(body)));
  if (start < 2 || gap === null) return undefined;
  const outer = rewrite.indentAt(ast.start(arrow));
  const inner = outer + rewrite.indentUnit;
  const { eol, semicolon } = rewrite;
  return [
    {
      start,
      end: start + (gap[1]?.length ?? 0),
      text: ` {${eol}${inner}${declaration}${semicolon}${eol}${inner}return `,
    },
    { start: ast.end(arrow), end: ast.end(arrow), text: `${semicolon}${eol}${outer}}` },
  ];
}
