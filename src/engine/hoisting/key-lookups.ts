import { none } from '../ast.ts';
import type { Edit } from '../edit.ts';
import { type KeyEquality, keyObstacle, keyWriteIn, mayBeNaN, readKeyEquality } from '../idioms/key-equality.ts';
import type { RuleContext } from '../rule.ts';
import { changeWithin } from './array-changes.ts';
import { type BlockedSearch, declareAt, type Lookup, planLookups, type Search, searchedArray } from './lookups.ts';
import { effectIn } from './region-effects.ts';
import { isShortArray } from './short-array.ts';

/** `ys.some((y) => y.key === other)`, `ys.find(…)` in a loop. */
export interface KeySearch extends Search {
  readonly equality: KeyEquality;
}

/** Searches by key, joined where they can share a hash of the keys, which nothing may change until its last use. */
export function planKeyLookups(
  ctx: RuleContext,
  method: 'some' | 'find',
): { readonly lookups: readonly Lookup<KeySearch>[]; readonly blocked: readonly BlockedSearch<KeySearch>[] } {
  const searches = ctx.ast.ofKind('CallExpression').map((call) => searchOf(ctx, call, method));
  return planLookups(
    ctx,
    searches.filter((search) => search !== undefined),
    (search, region) =>
      keyObstacle(ctx, search.object, search.equality) ??
      changeWithin(ctx, search.binding, region) ??
      effectIn(ctx, search.binding, region) ??
      keyWriteIn(ctx, search.equality.key, region),
  );
}

function searchOf(ctx: RuleContext, call: number, wanted: string): KeySearch | undefined {
  const method = ctx.ast.methodCall(call, wanted);
  const [fn = none, ...rest] = method?.args ?? [];
  const isPlain = method !== undefined && rest.length === 0 && ctx.ast.child(call, 'typeArguments') === none;
  const equality = isPlain ? readKeyEquality(ctx, fn) : undefined;
  const binding = equality === undefined || method === undefined ? undefined : searchedArray(ctx, method.object);
  if (method === undefined || equality === undefined || binding === undefined) return undefined;
  return isShortArray(ctx, method.object)
    ? undefined
    : { call, object: method.object, binding, share: equality.key, equality };
}

/** The declaration at its place and an answer for each search; `undefined` where there is no room for one of them. */
export function lookupEdits(
  ctx: RuleContext,
  { place, searches }: Lookup<KeySearch>,
  declaration: string,
  answer: (other: string) => string,
): Edit[] | undefined {
  const { rewrite } = ctx;
  const inserted = declareAt(ctx, place, declaration) ?? [undefined];
  const replaced = searches.map(({ call, equality }) =>
    rewrite.replace(call, answer(rewrite.argument(equality.other)), 'call'),
  );
  const edits = [...inserted, ...replaced];
  return edits.includes(undefined) ? undefined : edits.filter((edit) => edit !== undefined);
}

/** Lines of evidence, and whether a key is a number of which it must be assumed that it is not NaN. */
export function lookupEvidence(
  ctx: RuleContext,
  { binding, searches }: Lookup<KeySearch>,
): { readonly lines: string[]; readonly hasNumbers: boolean } {
  const { ast, evidence } = ctx;
  const others = searches.map(({ equality }) => equality.other);
  const numbers = others.filter((other) => mayBeNaN(ctx, other));
  const known = [searches[0]?.object ?? none, ...others].map((node) => evidence.describe(node));
  const lines = [
    ...known.filter((line) => line !== undefined),
    `nothing changes ${binding.name} or a ${searches[0]?.equality.key ?? 'key'} until the loop is over`,
    ...numbers.map((other) => `assumed that ${ast.excerpt(other)} is not NaN`),
  ];
  return { lines: [...new Set(lines)], hasNumbers: numbers.length > 0 };
}

/** `id` → `Id` */
export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
