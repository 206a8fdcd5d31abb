import { type Ast, none } from '../ast.ts';
import { repeatedRegion } from '../idioms/repeated-region.ts';
import type { RuleTools } from '../find-findings.ts';
import type { Binding } from '../scope/scope.ts';

type Tools = Pick<RuleTools, 'ast' | 'scope'>;

/** Rounds up to this number count as constant. */
const fewRounds = 32;

/** A loop, or a callback of an iterating method, and what it goes over. */
export interface Iteration {
  /** The loop, or the function that is called back. */
  readonly region: number;
  /** The expression it goes over, e.g. `xs` of `for (const x of xs)`, `i < xs.length` and `xs.map(…)`; {@link none} when it does not say. */
  readonly subject: number;
  /** Variables that stand for the element or its index. */
  readonly items: readonly Binding[];
  /** A handful of rounds, written out. */
  readonly isShort: boolean;
}

/** Iterations around a node within the function that is called, the innermost first. */
export function iterationsAround(tools: Tools, node: number): Iteration[] {
  const result: Iteration[] = [];
  for (let at = repeatedRegion(tools.ast, node); at >= 0; at = repeatedRegion(tools.ast, at)) {
    result.push(iterationOf(tools, at));
  }
  return result;
}

/** The loops and the callbacks of `forEach` in a text. */
export function iterationRegions({ ast }: Pick<Tools, 'ast'>): number[] {
  const callbacks = ast
    .ofKind('CallExpression')
    .map((call) => ast.methodCall(call, 'forEach')?.args[0] ?? none)
    .filter((fn) => ast.isFunction(fn));
  return [...ast.ofKind('ForOfStatement'), ...ast.ofKind('ForStatement'), ...callbacks];
}

/** What a region (see `repeatedRegion`) goes over. */
export function iterationOf(tools: Tools, region: number): Iteration {
  const { ast } = tools;
  const subject = ast.withoutTypes(subjectOf(tools, region));
  return { region, subject, items: itemsOf(tools, region), isShort: isShort(tools, subject) };
}

/**
 * `true` when an expression is the same in all rounds of a region as far as names tell: it is made of variables that live
 * outside, and that are not written there.
 */
export function isSameInAllRounds({ ast, scope }: Tools, expression: number, region: number): boolean {
  const identifiers = ast.ofKindWithin('Identifier', expression);
  return identifiers.every((node) => {
    const binding = scope.bindingOf(node);
    if (binding === undefined) return true;
    if (binding.declarations.some((declaration) => ast.within(declaration, region))) return false;
    return !binding.references.some(({ write, init, node: use }) => write && !init && ast.within(use, region));
  });
}

/** `xs`, `this.users`, `options.users`: what has a name and is not made anew. */
export function isPath(ast: Ast, node: number): boolean {
  let at = ast.withoutTypes(node);
  while (ast.is(at, 'MemberExpression') && !ast.has(at, 'computed')) at = ast.withoutTypes(ast.child(at, 'object'));
  return ast.is(at, 'Identifier', 'ThisExpression');
}

/** Name for the number of elements of an expression, e.g. `users` for `this.users`, `n` when it has none. */
export function sizeName(ast: Ast, subject: number): string {
  const node = ast.withoutTypes(subject);
  if (ast.is(node, 'Identifier')) return ast.value(node);
  if (ast.is(node, 'MemberExpression') && !ast.has(node, 'computed')) return ast.value(ast.child(node, 'property'));
  if (ast.is(node, 'LogicalExpression')) return sizeName(ast, ast.child(node, 'left'));
  const call = ast.methodCall(node);
  if (call === undefined) return 'n';
  const [first] = call.args;
  const isStatic = ast.isIdentifier(call.object, 'Object') || ast.isIdentifier(call.object, 'Array');
  return isStatic && first !== undefined ? sizeName(ast, first) : sizeName(ast, call.object);
}

/** Names of two sizes, told apart where the last part of their paths is the same: `a.runs` and `b.runs`. */
export function sizeNames(ast: Ast, a: number, b: number): readonly [string, string] {
  const names = [sizeName(ast, a), sizeName(ast, b)] as const;
  if (names[0] !== names[1] || ast.source(a) === ast.source(b)) return names;
  return [ast.excerpt(a), ast.excerpt(b)];
}

function subjectOf({ ast, scope }: Tools, region: number): number {
  if (ast.isFunction(region)) {
    const call = ast.parent(region);
    const [first] = ast.list(call, 'arguments');
    // Array.from(xs, callback)
    return first === region ? ast.child(ast.child(call, 'callee'), 'object') : (first ?? none);
  }
  if (ast.is(region, 'ForOfStatement', 'ForInStatement')) return ast.child(region, 'right');
  if (!ast.is(region, 'ForStatement')) return none;
  const test = ast.child(region, 'test');
  if (!ast.is(test, 'BinaryExpression') || !counts(ast, ast.child(region, 'update'))) return none;
  const limit = ['<', '<=', '!=', '!=='].includes(ast.value(test))
    ? ast.child(test, 'right')
    : countdownStart({ ast, scope }, region);
  return counted({ ast, scope }, limit);
}

/** `i++`, `i -= 2` */
function counts(ast: Ast, update: number): boolean {
  if (ast.is(update, 'SequenceExpression')) return counts(ast, ast.child(update, 'expressions'));
  return (
    ast.is(update, 'UpdateExpression') ||
    (ast.is(update, 'AssignmentExpression') && ['+=', '-='].includes(ast.value(update)))
  );
}

/** `for (let i = xs.length - 1; i >= 0; i -= 1)` */
function countdownStart({ ast }: Tools, loop: number): number {
  const declarator = ast.child(ast.child(loop, 'init'), 'declarations');
  const start = ast.child(declarator, 'init');
  return ast.is(start, 'BinaryExpression') && ast.value(start) === '-' ? ast.child(start, 'left') : start;
}

/** `xs` of `xs.length`, also where that is kept in a variable; else the limit itself. */
function counted({ ast, scope }: Tools, limit: number): number {
  const binding = scope.bindingOf(limit);
  const value = binding === undefined ? limit : scope.initializer(binding);
  const node = value === none ? limit : value;
  const owner = ast.memberObject(node, 'length');
  return owner === none ? limit : owner;
}

function itemsOf({ ast, scope }: Tools, region: number): Binding[] {
  const roots = ast.isFunction(region)
    ? ast.list(region, 'params').slice(0, 2)
    : [ast.child(region, ast.is(region, 'ForStatement') ? 'init' : 'left')];
  const found = new Set<Binding>();
  for (const root of roots) {
    for (const node of ast.ofKindWithin('Identifier', root)) {
      const binding = scope.bindingOf(node);
      if (binding?.declarations.includes(node) === true) found.add(binding);
    }
  }
  return [...found];
}

function isShort(tools: Tools, subject: number): boolean {
  const { ast, scope } = tools;
  const count = ast.number(subject);
  if (count !== undefined) return count <= fewRounds;
  if (ast.is(subject, 'ArrayExpression')) {
    const elements = ast.list(subject, 'elements');
    return elements.length <= fewRounds && !elements.some((element) => ast.is(element, 'SpreadElement'));
  }
  // `Array.isArray(x) ? x : [x]` mostly is the one
  if (ast.is(subject, 'ConditionalExpression'))
    return ['consequent', 'alternate'].some((field) => isShort(tools, ast.withoutTypes(ast.child(subject, field))));
  const flat = ast.methodCall(subject, 'flat');
  if (flat !== undefined) return isShort(tools, ast.withoutTypes(flat.object));
  const call = ast.methodCall(subject, 'keys', 'values', 'entries');
  if (call !== undefined && ast.isIdentifier(call.object, 'Object')) return isShortObject(tools, call.args[0] ?? none);
  const binding = scope.bindingOf(subject);
  const value = binding === undefined ? none : ast.withoutTypes(scope.initializer(binding));
  if (binding === undefined || value === none) return false;
  const isFilled = binding.references.some(({ node }) => ast.field(node) === 'object' && isCalled(ast, node));
  return !isFilled && value !== subject && ast.is(value, 'ArrayExpression', 'NumericLiteral') && isShort(tools, value);
}

function isCalled(ast: Ast, object: number): boolean {
  const member = ast.parent(object);
  const name = ast.value(ast.child(member, 'property'));
  return ast.field(member) === 'callee' && ['push', 'unshift', 'splice', 'concat'].includes(name);
}

function isShortObject({ ast, scope }: Tools, node: number): boolean {
  const binding = scope.bindingOf(node);
  const value = ast.withoutTypes(binding === undefined ? node : scope.initializer(binding));
  return ast.is(value, 'ObjectExpression') && ast.list(value, 'properties').length <= fewRounds;
}
