import type { Ast } from '../ast.ts';
import type { Edit } from '../edit.ts';
import type { RuleContext } from '../rule.ts';
import type { Binding } from '../scope/scope.ts';
import { type HoistPlace, hoistPlaces, type Region } from './hoist-places.ts';

/** One place in a loop or callback that looks something up in the array of a never reassigned variable. */
export interface Search {
  /** The expression that searches. */
  readonly call: number;
  /** The array, as it stands there. */
  readonly object: number;
  readonly binding: Binding;
  /** Searches of one array with the same text here can share what is made before the loop. */
  readonly share: string;
  /** `false` when what is made before the loop is made in every round as it is: then it gains wherever the array comes from. */
  readonly outlives?: false;
}

/** What can be made once for some searches. */
export interface Lookup<S extends Search> {
  readonly binding: Binding;
  readonly place: HoistPlace;
  /** From the place to the last use. */
  region: Region;
  readonly searches: S[];
}

/** A search that no place is good for. */
export interface BlockedSearch<S extends Search> {
  readonly search: S;
  readonly reason: string;
}

/** Why what is made at the start of a region might not hold at its end; `undefined` when it does. */
export type ChangeIn<S extends Search> = (search: S, region: Region) => string | undefined;

/** Finds the outermost place for each search, and joins searches that can share what is made there. */
export function planLookups<S extends Search>(
  ctx: RuleContext,
  searches: readonly S[],
  changeIn: ChangeIn<S>,
): { readonly lookups: readonly Lookup<S>[]; readonly blocked: readonly BlockedSearch<S>[] } {
  const lookups: Lookup<S>[] = [];
  const blocked: BlockedSearch<S>[] = [];
  for (const search of searches) {
    const places = hoistPlaces(ctx, search.call).filter((place) => isKnownAt(ctx, search.binding, place));
    const [nearest] = places;
    if (nearest === undefined) continue;
    const place = places.findLast((one) => obstacleAt(ctx, search, one, changeIn) === undefined);
    if (place === undefined) blocked.push({ search, reason: obstacleAt(ctx, search, nearest, changeIn) ?? '' });
    else collect(ctx, lookups, search, place, changeIn);
  }
  return { lookups, blocked };
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

function obstacleAt<S extends Search>(
  { ast }: RuleContext,
  search: S,
  place: HoistPlace,
  changeIn: ChangeIn<S>,
): string | undefined {
  if (place.isConditional) return 'the loop runs only under a condition: give it a block of its own';
  const fn = place.kind === 'arrow' ? place.node : ast.enclosingFunction(place.node);
  // its length has nothing to do with the rounds of this call, and the function may be called for each of thousands of nodes
  if (fn !== search.binding.fn && search.outlives !== false)
    return `${search.binding.name} outlives the function, which would build this anew in every call: keep it beside ${search.binding.name}`;
  return changeIn(search, place.region);
}

/** Adds a search to what an earlier place makes, when that still holds at this place. */
function collect<S extends Search>(
  { ast }: RuleContext,
  lookups: Lookup<S>[],
  search: S,
  place: HoistPlace,
  changeIn: ChangeIn<S>,
): void {
  for (const known of lookups) {
    if (known.binding !== search.binding || known.searches[0]?.share !== search.share) continue;
    const end = endWithin(ast, known.place, place);
    if (end === undefined) continue;
    const region = { from: known.region.from, to: Math.max(known.region.to, end) };
    if (region.to !== known.region.to && changeIn(search, region) !== undefined) continue;
    known.region = region;
    known.searches.push(search);
    return;
  }
  lookups.push({ binding: search.binding, place, region: place.region, searches: [search] });
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

/** Edits that put a declaration (without semicolon) at a place; `undefined` where there is no room. */
export function declareAt(ctx: RuleContext, place: HoistPlace, declaration: string): Edit[] | undefined {
  if (place.kind === 'arrow') return blockBody(ctx, place.node, declaration);
  const edit = ctx.rewrite.insertBefore(place.node, declaration);
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

/** A declaration of another `Set` or `Map` anywhere in the file. */
export function isShadowed({ ast, scope }: RuleContext, name: 'Set' | 'Map'): boolean {
  return ast.ofKind('Identifier').some((node) => ast.value(node) === name && scope.bindingOf(node) !== undefined);
}

/** The variable of an array that is searched, when it keeps its array and that is not known to be short. */
export function searchedArray({ ast, scope, evidence }: RuleContext, object: number): Binding | undefined {
  const binding = ast.isIdentifier(object) ? scope.bindingOf(object) : undefined;
  const isSteady =
    binding !== undefined &&
    binding.declarations.length === 1 &&
    !scope.isReassigned(binding) &&
    evidence.is(object, 'array') &&
    !looksForFree(ast, object);
  return isSteady ? binding : undefined;
}

/** `while (names.includes(name)) name = next(name);`: looks for what is not in the list, and mostly ends at once; a Set would be built for that. */
function looksForFree(ast: Ast, list: number): boolean {
  const call = ast.parent(ast.parent(list));
  return ast.is(ast.parent(call), 'WhileStatement') && ast.field(call) === 'test';
}
