import { none } from '../ast.ts';
import type { RuleContext } from '../rule.ts';
import type { Binding } from '../scope/scope.ts';
import { type ArrayUse, usesOf } from './array-uses.ts';
import type { Region } from './hoist-places.ts';
import { effectIn } from './region-effects.ts';

/**
 * Why the array in a never reassigned variable might have another content at the end of `region` than at its start;
 * `undefined` when it can't. Either the array has no other name, or nothing that runs in the region changes arrays it does not
 * certainly own.
 */
export function changeWithin(ctx: RuleContext, binding: Binding, region: Region): string | undefined {
  const uses = usesOf(ctx, binding);
  const direct = uses.find(({ node, use }) => use === 'change' && node >= region.from && node <= region.to);
  if (direct !== undefined) return `${binding.name} is changed inside the loop: keep a Set beside it`;
  if (isPrivate(ctx, binding, uses) && areChangesElsewhere(ctx, binding, uses, region)) return undefined;
  return effectIn(ctx, binding, region);
}

/** Made here and never handed on: unknown code has no way to reach it. */
function isPrivate({ scope, evidence }: RuleContext, binding: Binding, uses: readonly ArrayUse[]): boolean {
  const init = scope.initializer(binding);
  return (
    init !== none &&
    evidence.shapeOf(init)?.fresh === true &&
    !binding.exported &&
    uses.every(({ use }) => use !== 'leak')
  );
}

/** Statements of the function that owns the variable can't run while a region of the same call of it runs. */
function areChangesElsewhere(
  { ast }: RuleContext,
  binding: Binding,
  uses: readonly ArrayUse[],
  region: Region,
): boolean {
  const changes = uses.filter(({ use }) => use === 'change');
  return (
    changes.length === 0 ||
    (changes.every(({ fn }) => fn === binding.fn) && ast.enclosingFunction(region.from) === binding.fn)
  );
}
