import { type Ast, none } from '../../engine/ast.ts';
import type { Binding } from '../../engine/scope/binding.ts';
import type { Tier } from '../../engine/finding.ts';
import { hoistingPlace, isOwnTopLevel } from '../../engine/rewriting/hoisting-place.ts';
import { type Invariance, invarianceEvidence, invarianceOf, opaqueObstacle } from '../../engine/purity/invariance.ts';
import { calledFunction, isCalledOften, repeatedRegion } from '../../engine/idioms/repeated-region.ts';
import type { RuleContext } from '../../engine/rule.ts';
import { topLevelPlace } from '../../engine/rewriting/top-level-place.ts';
import { type FormatterUse, formatterUse } from './formatter-use.ts';
import { areValidArguments } from './valid-arguments.ts';

/** A formatter that is built again and again, and what can be done about it. */
export interface Construction {
  readonly node: number;
  readonly className: string;
  /** What repeats it. */
  readonly span: 'loop' | 'function';
  /** `move` its declaration, build it before the `eager`, or where it is first needed (`lazy`). */
  readonly form: 'move' | 'eager' | 'lazy';
  /** Where the variable that holds it is declared. */
  readonly statement: number;
  readonly tier: Tier;
  readonly evidence: readonly string[];
  readonly relies: readonly Binding[];
  readonly blockedBy?: string;
}

/** Classes whose objects cost more to build than to ask. */
const slowClasses = new Set([
  'NumberFormat',
  'DateTimeFormat',
  'Collator',
  'PluralRules',
  'RelativeTimeFormat',
  'ListFormat',
  'DisplayNames',
  'Segmenter',
]);
/** The classes that can be called without `new`. */
const callable = new Set(['NumberFormat', 'DateTimeFormat', 'Collator']);

/** The formatter that a node builds, when something repeats it and nobody could tell it from another one. */
export function readConstruction(ctx: RuleContext, node: number): Construction | undefined {
  const { ast, scope } = ctx;
  const callee = ast.child(node, 'callee');
  const className = ast.value(ast.child(callee, 'property'));
  const isIntl = slowClasses.has(className) && scope.isGlobalMember(callee, 'Intl', className);
  if (!isIntl || ast.has(node, 'optional') || (ast.is(node, 'CallExpression') && !callable.has(className)))
    return undefined;
  const use = formatterUse(ctx, node);
  return use === undefined ? undefined : (inLoop(ctx, node, className, use) ?? inFunction(ctx, node, className, use));
}

function inLoop(ctx: RuleContext, node: number, className: string, use: FormatterUse): Construction | undefined {
  const { ast } = ctx;
  const args = ast.list(node, 'arguments');
  const place = hoistingPlace(ctx, node, args);
  if (place === undefined) return undefined;
  const { invariance, region, statement } = place;
  const blockedBy = timeZoneObstacle(ctx, className, args) ?? opaqueObstacle(ast, invariance);
  const function_ = statement === none && blockedBy === undefined ? inFunction(ctx, node, className, use) : undefined;
  if (function_ !== undefined) return function_;
  const isValid = invariance.kind === 'literal' && areValidArguments(ctx, className, args);
  const eager = use.binding === undefined ? 'eager' : 'move';
  const noRoom =
    statement === none
      ? 'there is no room for a variable outside of the loop: give the function or the loop around it braces'
      : undefined;
  return {
    node,
    className,
    span: 'loop',
    form: isValid && !isConditional(ast, node, region) ? eager : 'lazy',
    statement,
    tier: invariance.kind === 'same-variables' ? 'balanced' : 'safe',
    evidence: evidenceLines(ctx, args, invariance, isValid),
    relies: reliedOn(invariance, use),
    ...withObstacle(blockedBy ?? noRoom),
  };
}

/** One formatter for all calls of a named function: only of constants, which are the same in every call. */
function inFunction(ctx: RuleContext, node: number, className: string, use: FormatterUse): Construction | undefined {
  const { ast, scope } = ctx;
  const fn = calledFunction(ast, node);
  const args = ast.list(node, 'arguments');
  if (
    fn === none ||
    !isCalledOften(ast, fn) ||
    isHoistedAlready(ast, node, use) ||
    isThrown(ast, node) ||
    !isOwnTopLevel(ast, scope)
  )
    return undefined;
  const invariance = invarianceOf(ctx, args, fn);
  const isConstant =
    invariance.kind === 'literal' ||
    (invariance.kind === 'constant' && invariance.bindings.every((binding) => binding.fn === none));
  if (!isConstant) return undefined;
  return {
    node,
    className,
    span: 'function',
    form: 'lazy',
    statement: topLevelPlace(ctx, node),
    tier: 'balanced',
    evidence: [
      ...evidenceLines(ctx, args, invariance, false),
      'assumed that the default locale and time zone stay, and that no import cycle calls the function before its file has run',
    ],
    relies: reliedOn(invariance, use),
    ...withObstacle(timeZoneObstacle(ctx, className, args)),
  };
}

function withObstacle(blockedBy: string | undefined): { readonly blockedBy?: string } {
  return blockedBy === undefined ? {} : { blockedBy };
}

/** The text of an error: it is written once, if ever. */
function isThrown(ast: Ast, node: number): boolean {
  return ast.is(ast.statement(node), 'ThrowStatement');
}

/** It serves a loop within the function, or closures that the function makes. */
function isHoistedAlready(ast: Ast, node: number, { binding, places }: FormatterUse): boolean {
  const region = repeatedRegion(ast, node);
  return (
    binding !== undefined &&
    places.some(
      (place) => repeatedRegion(ast, place) !== region || ast.enclosingFunction(place) !== ast.enclosingFunction(node),
    )
  );
}

/** In a branch it might never be needed. */
function isConditional(ast: Ast, node: number, region: number): boolean {
  for (let at = node; at !== region; at = ast.parent(at)) {
    const parent = ast.parent(at);
    const isBranch = ['consequent', 'alternate', 'handler'].includes(ast.field(at)) || ast.is(parent, 'SwitchCase');
    const isRight = ast.is(parent, 'LogicalExpression', 'AssignmentPattern') && ast.field(at) === 'right';
    if (isBranch || isRight) return true;
  }
  return false;
}

/** New formatters see a new time zone, old ones keep theirs. */
function timeZoneObstacle({ ast }: RuleContext, className: string, args: readonly number[]): string | undefined {
  const isNamed = args[1] !== undefined && /\btimeZone\b/.test(ast.source(args[1]));
  return className === 'DateTimeFormat' && !isNamed && /\bTZ\b/.test(ast.text)
    ? 'the file speaks of TZ, and the formatter names no time zone'
    : undefined;
}

function evidenceLines(ctx: RuleContext, args: readonly number[], invariance: Invariance, isValid: boolean): string[] {
  const constant =
    invariance.kind === 'literal'
      ? [isValid ? 'its arguments are literals, and valid' : 'its arguments are literals']
      : [];
  const variables = invarianceEvidence(ctx, args, invariance);
  return [...new Set([...constant, ...variables, 'it is only asked for texts, and nobody keeps it'])];
}

function reliedOn(invariance: Invariance, { binding }: FormatterUse): Binding[] {
  const bindings = 'bindings' in invariance ? [...invariance.bindings] : [];
  return binding === undefined ? bindings : [...bindings, binding];
}
