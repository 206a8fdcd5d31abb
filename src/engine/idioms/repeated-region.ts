import { callbackMethods } from '../evidence/array-methods.ts';
import { type Ast, none } from '../ast.ts';

/**
 * The nearest code around a node that runs again and again: a loop of the same function, or a function written in place
 * for an iterating method (`xs.map((x) => …)`, also of other things than arrays). {@link none} when there is none.
 */
export function repeatedRegion(ast: Ast, node: number): number {
  let below = node;
  for (let at = ast.parent(node); at >= 0; below = at, at = ast.parent(at)) {
    if (ast.isFunction(at)) return isIterationCallback(ast, at) ? at : none;
    // fields are initialised once for each instance, static blocks once for each class
    if (ast.is(at, 'PropertyDefinition', 'AccessorProperty', 'StaticBlock')) return none;
    if (ast.isLoop(at) && !['init', 'left', 'right'].includes(ast.field(below))) return at;
  }
  return none;
}

/** The regions around a node that satisfy `holds`, from the nearest outwards, up to the first that does not. */
export function regionsAround(ast: Ast, node: number, holds: (region: number) => boolean): number[] {
  const regions: number[] = [];
  let region = repeatedRegion(ast, node);
  for (; region >= 0 && holds(region); region = repeatedRegion(ast, region)) regions.push(region);
  return regions;
}

/** Nearest function around a node that is no callback of an iteration. */
export function calledFunction(ast: Ast, node: number): number {
  let fn = ast.enclosingFunction(node);
  while (fn >= 0 && isIterationCallback(ast, fn)) fn = ast.enclosingFunction(fn);
  return fn;
}

/**
 * `true` for a function with a name, or in a member: likely called more often than once, as wrappers of modules, constructors
 * and most callbacks are not.
 */
export function isCalledOften(ast: Ast, fn: number): boolean {
  const parent = ast.parent(fn);
  if (ast.is(fn, 'FunctionDeclaration')) return true;
  if (ast.is(parent, 'MethodDefinition')) return ast.value(ast.child(parent, 'key')) !== 'constructor';
  return ast.isFunction(fn) && ast.is(parent, 'VariableDeclarator', 'Property', 'PropertyDefinition');
}

function isIterationCallback(ast: Ast, fn: number): boolean {
  const call = ast.parent(fn);
  if (!ast.is(call, 'CallExpression') || ast.field(fn) !== 'arguments') return false;
  const member = ast.child(call, 'callee');
  if (!ast.is(member, 'MemberExpression') || ast.has(member, 'computed')) return false;
  const [first, second] = ast.list(call, 'arguments');
  const name = ast.value(ast.child(member, 'property'));
  return first === fn
    ? callbackMethods.has(name)
    : second === fn && name === 'from' && ast.isIdentifier(ast.child(member, 'object'), 'Array');
}

/**
 * The statement before which a variable can be declared that lives as long as the region runs, no longer and no shorter:
 * {@link none} where the region is the body of an arrow function or a loop without braces.
 */
export function statementAround(ast: Ast, region: number): number {
  const fn = ast.enclosingFunction(region);
  for (let at = ast.statement(region); at >= 0; at = ast.statement(ast.parent(at))) {
    if (ast.enclosingFunction(at) !== fn || crossesClass(ast, region, at)) return none;
    if (isListed(ast, at)) return at;
    // in the next round of a loop around it the variable would still hold what it held in this one
    if (ast.isLoop(ast.parent(at))) return none;
  }
  return none;
}

function isListed(ast: Ast, statement: number): boolean {
  let at = statement;
  while (ast.is(ast.parent(at), 'LabeledStatement', 'ExportNamedDeclaration', 'ExportDefaultDeclaration')) {
    at = ast.parent(at);
  }
  return ast.isInStatementList(at);
}

/** Code of a class body that is no method runs when the class or an instance is made. */
function crossesClass(ast: Ast, inner: number, outer: number): boolean {
  for (let at = inner; at !== outer && at >= 0; at = ast.parent(at)) if (ast.is(at, 'ClassBody')) return true;
  return false;
}
