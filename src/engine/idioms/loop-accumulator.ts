import { type Ast, none } from '../ast.ts';
import { isOwnVariable, outermostLoop } from './loop-region.ts';
import type { Binding, Reference, Scope } from '../scope/scope.ts';

/** What a rule knows about the values it accumulates (arrays or objects). */
export interface AccumulatorKind {
  /** `x = <copy of x with something added>` */
  isUpdate(assignment: number): boolean;
  /** A literal that only its own evaluation holds, and that equals a copy of itself by spread. */
  isFreshLiteral(expression: number): boolean;
  /** The use neither changes the value (in a way that a copy would undo) nor gives it another holder. */
  isPrivateUse(identifier: number): boolean;
}

/** A variable that starts as a fresh literal and that a loop fills by copying, e.g. `list = [...list, x]`. */
export interface LoopAccumulator {
  readonly binding: Binding;
  /** The assignments within loops, in source order. */
  readonly updates: readonly number[];
  /** Why somebody else could see that the value is now the same all the time; `undefined` when nobody can. */
  readonly blockedBy: string | undefined;
}

/** All accumulating variables of a file. */
export function readLoopAccumulators(ast: Ast, scope: Scope, kind: AccumulatorKind): LoopAccumulator[] {
  const found = new Map<Binding, number[]>();
  for (const assignment of ast.ofKind('AssignmentExpression')) {
    const left = ast.child(assignment, 'left');
    const binding = ast.isIdentifier(left) && ast.value(assignment) === '=' ? scope.bindingOf(left) : undefined;
    if (binding === undefined || !kind.isUpdate(assignment) || outermostLoop(ast, assignment, binding) === none)
      continue;
    found.set(binding, [...(found.get(binding) ?? []), assignment]);
  }
  return [...found]
    .filter(([binding, updates]) => startsFresh(ast, binding, updates, kind))
    .map(([binding, updates]) => ({ binding, updates, blockedBy: obstacle(ast, binding, updates, kind) }));
}

/** Declared, before its updates and whenever they run, as `let x = <literal>`: a parameter's value, or one from elsewhere, has other holders. */
function startsFresh(ast: Ast, binding: Binding, updates: readonly number[], kind: AccumulatorKind): boolean {
  return (
    isDeclaredBefore(ast, binding, updates[0] ?? none) &&
    kind.isFreshLiteral(ast.withoutTypes(ast.child(ast.parent(binding.declarations[0] ?? none), 'init')))
  );
}

/** `true` for a variable whose only declaration stands before `use` and has certainly run when that does. */
export function isDeclaredBefore(ast: Ast, binding: Binding, use: number): boolean {
  const declarator = ast.parent(binding.declarations[0] ?? none);
  const declaration = ast.parent(declarator);
  const block = ast.is(ast.parent(declaration), 'ExportNamedDeclaration') ? none : ast.parent(declaration);
  const isPlain = ast.is(block, 'Program', 'BlockStatement', 'StaticBlock', 'TSModuleBlock') && use > declarator;
  // a `var` in an inner block might never have got its value
  const isReached =
    binding.kind !== 'var' ||
    block === ast.root ||
    (ast.is(block, 'BlockStatement') && ast.isFunction(ast.parent(block)));
  return isPlain && isReached && ast.is(declarator, 'VariableDeclarator');
}

function obstacle(ast: Ast, binding: Binding, updates: readonly number[], kind: AccumulatorKind): string | undefined {
  if (!isOwnVariable(ast, binding)) return `${binding.name} is declared twice, exported, or global to other scripts`;
  if (updates.some((update) => !ast.is(ast.parent(update), 'ExpressionStatement')))
    return `the value of the assignment to ${binding.name} is used`;
  const lastEnd = Math.max(...updates.map((update) => ast.last(outermostLoop(ast, update, binding))));
  for (const reference of binding.references) {
    if (reference.fn !== binding.fn) return `${binding.name} is used by a closure`;
    if (!isHarmless(ast, reference, binding, updates, lastEnd, kind)) {
      return `${binding.name} is used otherwise before the loop ends: ${
        ast
          .source(ast.statement(reference.node))
          .split(/[\n\r]/)[0]
          ?.slice(0, 60) ?? ''
      }`;
    }
  }
  return undefined;
}

/** Leaves the value with no other holder for as long as the loops run. */
function isHarmless(
  ast: Ast,
  { node, init, write, read }: Reference,
  binding: Binding,
  updates: readonly number[],
  lastEnd: number,
  kind: AccumulatorKind,
): boolean {
  const parent = ast.parent(node);
  if (init) return true;
  if (write)
    return (
      !read &&
      ast.is(parent, 'AssignmentExpression') &&
      ast.value(parent) === '=' &&
      ast.is(ast.parent(parent), 'ExpressionStatement') &&
      (updates.includes(parent) || kind.isFreshLiteral(ast.child(parent, 'right')))
    );
  // behind all loops that the variable outlives nothing is added any more
  if (node > lastEnd && outermostLoop(ast, node, binding) === none) return true;
  // a loop over the value itself would see it grow
  if (ast.is(parent, 'ForOfStatement', 'ForInStatement') && ast.field(node) === 'right')
    return !updates.some((update) => ast.within(update, parent));
  return kind.isPrivateUse(node) || isLeaving(ast, node);
}

/** Part of a `return` that nothing can follow. */
function isLeaving(ast: Ast, node: number): boolean {
  let isReturned = false;
  for (let at = ast.parent(node); at >= 0 && !ast.isFunction(at); at = ast.parent(at)) {
    if (ast.is(at, 'TryStatement')) return false;
    isReturned ||= ast.is(at, 'ReturnStatement');
  }
  return isReturned;
}

/** `true` within a `try` statement of the same function: after a throw, code of the function may go on. */
export function isCaughtInFunction(ast: Ast, node: number): boolean {
  for (let at = ast.parent(node); at >= 0 && !ast.isFunction(at); at = ast.parent(at))
    if (ast.is(at, 'TryStatement')) return true;
  return false;
}

/** Labelled jumps, and exceptions that are caught in the same function, go past what stands behind the loop. */
export function mayMissCodeBehind(ast: Ast, loop: number): boolean {
  const jumps = ['BreakStatement', 'ContinueStatement'].flatMap((kind) => ast.ofKindWithin(kind, loop));
  return jumps.some((jump) => ast.child(jump, 'label') !== none) || isCaughtInFunction(ast, loop);
}
