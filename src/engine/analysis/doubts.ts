import { type Ast, none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';
import type { Complexity } from '../finding.ts';
import type { Binding } from '../scope/scope.ts';
import { repeatedRegion } from '../idioms/repeated-region.ts';
import { fewKeysReason, fewReason } from './few-elements.ts';
import { iterationOf, iterationsAround } from './iteration.ts';
import { growsFaster } from './rule-findings.ts';

type Tools = Pick<RuleTools, 'ast' | 'scope'>;

/**
 * What speaks against a finding that is about the size of collections, or about a constant factor: why there may be nothing to gain at this
 * place. `undefined` when nothing does.
 */
export function doubtAbout(tools: Tools, node: number, { before, after }: Complexity): string | undefined {
  if (growsFaster(before, after)) return doubtAboutSize(tools, node);
  if (isMadeOnce(tools, node)) return 'it is made in the first round only: the others find it';
  if (endsInThrow(tools.ast, node)) return 'it runs at most once, before an error is thrown';
  if (runsOnce(tools.ast, node)) return 'it runs once, when the module is loaded';
  const isEachCall = !before.includes('O(') && (!before.startsWith('n ') || before.startsWith('n look-ups'));
  const isLonely = isEachCall && repeatedRegion(tools.ast, node) === none;
  return isLonely ? 'a little more in each call: no loop around it says that there are many' : undefined;
}

/** `if (decoder === undefined) decoder = new TextDecoder();` and `decoder ??= …` of a variable that outlives the round. */
function isMadeOnce({ ast, scope }: Tools, node: number): boolean {
  const loop = repeatedRegion(ast, node);
  if (loop === none) return false;
  for (let at = node; at !== loop; at = ast.parent(at)) {
    const assignment = ast.parent(at);
    if (!ast.is(assignment, 'AssignmentExpression') || ast.field(at) !== 'right') continue;
    const target = scope.bindingOf(ast.child(assignment, 'left'));
    if (target === undefined || target.declarations.some((one) => ast.within(one, loop))) return false;
    return /^(?:\?\?|\|\|)=$/.test(ast.value(assignment)) || isAskedFor({ ast, scope }, assignment, loop, target);
  }
  return false;
}

/** Whether an `if` between a node and the loop asks whether a variable has a value. */
function isAskedFor({ ast, scope }: Tools, node: number, loop: number, variable: Binding): boolean {
  for (let at = node; at !== loop; at = ast.parent(at)) {
    const branch = ast.parent(at);
    if (!ast.is(branch, 'IfStatement') || ast.field(at) !== 'consequent') continue;
    const test = ast.child(branch, 'test');
    const asked = ast.is(test, 'UnaryExpression') ? ast.child(test, 'argument') : ast.child(test, 'left');
    const isEmpty = ast.is(test, 'UnaryExpression')
      ? ast.value(test) === '!'
      : /^===?$/.test(ast.value(test)) && /^(?:undefined|null)$/.test(ast.source(ast.child(test, 'right')));
    if (isEmpty && scope.bindingOf(asked) === variable) return true;
  }
  return false;
}

/** At the top of a module, or in a function that is called where it is written, outside of loops. */
function runsOnce(ast: Ast, node: number): boolean {
  if (repeatedRegion(ast, node) !== none) return false;
  const fn = ast.enclosingFunction(node);
  if (fn === none) return true;
  const parent = ast.parent(fn);
  const isCalled = ast.is(parent, 'CallExpression') && ast.field(fn) === 'callee';
  return isCalled && runsOnce(ast, parent);
}

/** The list is short, or all the loops around are. */
function doubtAboutSize(tools: Tools, node: number): string | undefined {
  const { ast } = tools;
  if (climbs(tools, node))
    return 'the loop goes from a node to its parent, or to what it is a member of: a tree has few levels';
  const list = listOf(tools, node);
  const ofList = list === none ? undefined : fewReason(tools, list);
  if (ofList !== undefined) return `${ast.excerpt(list)} has few elements: ${ofList}`;
  const loops = iterationsAround(tools, node);
  const reasons = loops.map(({ region, subject, isShort }) => {
    if (isShort) return 'its rounds are counted';
    if (subject === none) return undefined;
    return ast.is(region, 'ForInStatement') ? fewKeysReason(tools, subject) : fewReason(tools, subject);
  });
  const [reason] = reasons;
  const subject = loops[0]?.subject ?? none;
  return reason === undefined || reasons.includes(undefined)
    ? undefined
    : `the loop over ${ast.excerpt(subject)} has few rounds: ${reason}`;
}

/** `while (node) { …; node = node.parent; }` */
function climbs({ ast, scope }: Tools, node: number): boolean {
  const loop = repeatedRegion(ast, node);
  if (!ast.is(loop, 'WhileStatement', 'DoWhileStatement', 'ForStatement')) return false;
  return ast.ofKindWithin('AssignmentExpression', loop).some((assignment) => {
    const value = ast.withoutTypes(ast.child(assignment, 'right'));
    const called = ast.is(value, 'CallExpression') ? ast.child(value, 'callee') : value;
    const name = ast.value(ast.is(called, 'MemberExpression') ? ast.child(called, 'property') : none);
    const target = scope.bindingOf(ast.child(assignment, 'left'));
    const owner = scope.bindingOf(ast.is(called, 'MemberExpression') ? ast.child(called, 'object') : none);
    return (
      /^_*(?:get)?(?:parent(?:Node|Element|Container|Id|Path)?|object)$/i.test(name) &&
      target !== undefined &&
      target === owner
    );
  });
}

/** `xs` of `xs.includes(x)`, also where its answer is compared; what a loop goes over. */
function listOf(tools: Tools, node: number): number {
  const { ast } = tools;
  if (ast.isLoop(node) || ast.isFunction(node)) return iterationOf(tools, node).subject;
  const call = ast.is(node, 'BinaryExpression') ? ast.child(node, 'left') : node;
  return ast.methodCall(call)?.object ?? none;
}

/** A `throw`, or statements that lead to nothing else. */
function endsInThrow(ast: Ast, node: number): boolean {
  for (let at = node; at >= 0; at = ast.parent(at)) {
    if (ast.is(at, 'ThrowStatement')) return true;
    if (!ast.is(at, 'BlockStatement')) {
      if (ast.isFunction(at)) return false;
      continue;
    }
    const last = ast.list(at, 'body').at(-1) ?? none;
    const isBody = ast.isFunction(ast.parent(at));
    if (ast.is(last, 'ThrowStatement') && (!isBody || !returns(ast, at))) return true;
  }
  return false;
}

/** Whether the function of a body gives something back; those within it speak for themselves. */
function returns(ast: Ast, body: number): boolean {
  const fn = ast.parent(body);
  return ast.ofKindWithin('ReturnStatement', body).some((node) => ast.enclosingFunction(node) === fn);
}
