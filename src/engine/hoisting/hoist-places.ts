import { callbackMethods } from '../evidence/array-methods.ts';
import type { RuleContext } from '../rule.ts';
import { fewItems, isShortArray } from './short-array.ts';

/** Consecutive nodes of the table, both included: a node with all below it, or several statements in a row. */
export interface Region {
  readonly from: number;
  readonly to: number;
}

/** Where a value could be computed once for all rounds of a loop. */
export interface HoistPlace {
  /** `before`: in front of a statement; `arrow`: at the start of an arrow function whose body is an expression. */
  readonly kind: 'before' | 'arrow';
  /** The statement, or the arrow function. */
  readonly node: number;
  /** Everything that can run between the place and the last use; nothing else does. */
  readonly region: Region;
  /** The place is reached although the loop may not be, because the loop stands behind a condition. */
  readonly isConditional: boolean;
}

/** Fields that are evaluated once, before the rest of their statement. */
const onceFields: Readonly<Record<string, readonly string[]>> = {
  IfStatement: ['test'],
  SwitchStatement: ['discriminant'],
  ForInStatement: ['right'],
  ForOfStatement: ['right'],
  ForStatement: ['init'],
};

/** Places before the loops and iteration callbacks around a node, innermost first. */
export function hoistPlaces(ctx: RuleContext, node: number): HoistPlace[] {
  const { ast } = ctx;
  const places: HoistPlace[] = [];
  let isRepeated = false;
  let isConditional = false;
  for (let at = node, parent = ast.parent(node); parent >= 0; at = parent, parent = ast.parent(at)) {
    if (ast.isFunction(parent)) {
      const isBody =
        ast.is(parent, 'ArrowFunctionExpression') && ast.field(at) === 'body' && !ast.is(at, 'BlockStatement');
      if (isBody && isRepeated) places.push({ kind: 'arrow', node: parent, region: regionOf(ctx, at), isConditional });
      if (isBody) [isRepeated, isConditional] = [false, false];
      const rounds = callbackRounds(ctx, parent);
      if (rounds === 'unknown') return places;
      isRepeated ||= rounds === 'many';
      continue;
    }
    // fields and static blocks run whenever the class is made or constructed
    if (ast.is(parent, 'ClassBody')) return places;
    if (ast.isLoop(parent) && isRepeatedField(ctx, parent, at)) isRepeated ||= !hasFewRounds(ctx, parent);
    else if (isRepeated) isConditional ||= isBranch(ctx, parent, at);
    // a declaration straight in a `case` would be visible in the others
    if (!isRepeated || !ast.isInStatementList(parent) || ast.is(ast.parent(parent), 'SwitchCase')) continue;
    const region = regionOf(ctx, onceFields[ast.kind(parent)]?.includes(ast.field(at)) === true ? at : parent);
    places.push({ kind: 'before', node: parent, region, isConditional });
    [isRepeated, isConditional] = [false, false];
  }
  return places;
}

function regionOf({ ast }: RuleContext, node: number): Region {
  return { from: node, to: ast.last(node) };
}

function isRepeatedField({ ast }: RuleContext, loop: number, child: number): boolean {
  return (
    onceFields[ast.kind(loop)]?.includes(ast.field(child)) !== true &&
    !(ast.is(loop, 'ForInStatement', 'ForOfStatement') && ast.field(child) === 'left')
  );
}

/** A part of a statement or expression that does not run whenever the whole does. */
function isBranch({ ast }: RuleContext, parent: number, child: number): boolean {
  const field = ast.field(child);
  if (ast.is(parent, 'IfStatement', 'ConditionalExpression', 'SwitchCase')) return field !== 'test';
  return ast.is(parent, 'LogicalExpression') && field === 'right';
}

/** How often a function runs that is handed to a method; `unknown` when it may also run later. */
function callbackRounds(ctx: RuleContext, fn: number): 'many' | 'few' | 'unknown' {
  const { ast, scope, evidence } = ctx;
  if (ast.field(fn) !== 'arguments' || ast.has(fn, 'async') || ast.has(fn, 'generator')) return 'unknown';
  const call = ast.parent(fn);
  const method = ast.methodCall(call);
  if (method?.args[0] === fn && callbackMethods.has(method.name) && evidence.is(method.object, 'array'))
    return rounds(ctx, method.object);
  if (method?.args[0] === fn && method.name === 'forEach' && evidence.is(method.object, 'set', 'map')) return 'many';
  const isArrayFrom = method?.name === 'from' && scope.isGlobal(method.object, 'Array') && method.args[1] === fn;
  return isArrayFrom ? 'many' : 'unknown';
}

function hasFewRounds(ctx: RuleContext, loop: number): boolean {
  const { ast } = ctx;
  if (ast.is(loop, 'ForOfStatement', 'ForInStatement')) return rounds(ctx, ast.child(loop, 'right')) === 'few';
  const test = ast.child(loop, 'test');
  const bound =
    ast.is(loop, 'ForStatement') && ast.is(test, 'BinaryExpression') ? ast.number(ast.child(test, 'right')) : undefined;
  return bound !== undefined && ast.value(test).startsWith('<') && bound < fewItems;
}

function rounds(ctx: RuleContext, collection: number): 'many' | 'few' {
  return isShortArray(ctx, collection) ? 'few' : 'many';
}
