import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { fewReason } from '../../engine/analysis/few-elements.ts';
import type { Binding } from '../../engine/scope/scope.ts';

/** Names of lists that have a few elements wherever they come from. */
const fewNames = /path|segment|part|key|arg|name|param|dims|shape|middleware/i;

export default defineDetector({
  meta: {
    id: 'list-recursion',
    group: 'growth',
    summary: 'a function calls itself with a copy of the rest of its list (`[head, ...tail]`, `xs.slice(1)`)',
    why:
      'Each call copies all elements but the first, so that n calls copy n²/2 (measured: 4 times the time of an index at 10 elements, 1,220 ' +
      'times at 1,000). booster does not rewrite it: the function needs another parameter, or a loop.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'O(n²)', after: 'O(n)' },
    remedy: 'hand on the whole list with the index to start from, or go over it in a loop',
    example: {
      slow: [
        'export function total([first, ...rest]: number[]): number {',
        '  return first === undefined ? 0 : first + total(rest);',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function total(numbers: number[], from = 0): number {',
        '  return from >= numbers.length ? 0 : numbers[from]! + total(numbers, from + 1);',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The copy is handed to another function, or takes the place of another parameter than the list.',
      'It is a text: V8 copies none of its characters for `slice(1)`.',
      'It does not start at a written number behind the first element, or has an end (halves, as in a merge sort).',
    ],
  },
  triggers: ['...', 'slice('],
  find(ctx) {
    for (const call of ctx.ast.ofKind('CallExpression')) look(ctx, call);
  },
});

function look(ctx: DetectorContext, call: number): void {
  const { ast } = ctx;
  const fn = calledItself(ctx, call);
  if (fn === none) return;
  const params = ast.list(fn, 'params');
  for (const [index, argument] of ast.list(call, 'arguments').entries()) {
    const param = withoutDefault(ctx, params[index] ?? none);
    if (param === none) continue;
    const copy = restOf(ctx, argument, param) ?? sliceOf(ctx, argument, param);
    if (copy !== undefined) report(ctx, copy, param, call);
  }
}

/** The function around a call that it is a call of, or {@link none}. */
function calledItself({ ast, scope }: DetectorContext, call: number): number {
  const callee = ast.child(call, 'callee');
  const binding = scope.bindingOf(callee);
  const method = ast.methodCall(call);
  for (let fn = ast.enclosingFunction(call); fn !== none; fn = ast.enclosingFunction(fn)) {
    const parent = ast.parent(fn);
    if (binding !== undefined) {
      const declared = ast.is(parent, 'VariableDeclarator') ? ast.child(parent, 'id') : ast.child(fn, 'id');
      if (declared !== none && binding.declarations.includes(declared) && !scope.isReassigned(binding)) return fn;
    } else if (ast.is(method?.object ?? none, 'ThisExpression') && ast.is(parent, 'MethodDefinition')) {
      if (!ast.has(parent, 'computed') && ast.value(ast.child(parent, 'key')) === method?.name) return fn;
    }
  }
  return none;
}

function withoutDefault({ ast }: DetectorContext, param: number): number {
  const at = ast.is(param, 'TSParameterProperty') ? ast.child(param, 'parameter') : param;
  return ast.is(at, 'AssignmentPattern') ? ast.child(at, 'left') : at;
}

interface Copy {
  readonly node: number;
  readonly isCertain: boolean;
}

/** `tail` of a parameter `[head, ...tail]`, or of `const [head, ...tail] = xs` of a parameter `xs`. */
function restOf({ ast, scope }: DetectorContext, argument: number, param: number): Copy | undefined {
  const binding = scope.bindingOf(ast.withoutTypes(argument));
  const [declaration = none] = binding?.declarations ?? [];
  const rest = ast.parent(declaration);
  const pattern = ast.parent(rest);
  if (binding === undefined || !ast.is(rest, 'RestElement') || !ast.is(pattern, 'ArrayPattern')) return undefined;
  if (scope.isReassigned(binding) || ast.list(pattern, 'elements').length < 2) return undefined;
  const declarator = ast.parent(pattern);
  const isOfParam =
    pattern === param ||
    (ast.is(declarator, 'VariableDeclarator') &&
      isSame(scope.bindingOf(param), scope.bindingOf(ast.child(declarator, 'init'))));
  return isOfParam ? { node: rest, isCertain: true } : undefined;
}

/** `xs.slice(1)` of a parameter `xs`, also where a variable keeps it. */
function sliceOf({ ast, scope, evidence }: DetectorContext, argument: number, param: number): Copy | undefined {
  const at = ast.withoutTypes(argument);
  const binding = scope.bindingOf(at);
  const method = ast.methodCall(binding === undefined ? at : ast.withoutTypes(scope.initializer(binding)), 'slice');
  const [from = none, end] = method?.args ?? [];
  const start = ast.number(from);
  if (method === undefined || end !== undefined || start === undefined || start < 1) return undefined;
  if (!isSame(scope.bindingOf(param), scope.bindingOf(method.object))) return undefined;
  if (evidence.is(method.object, 'array')) return { node: method.call, isCertain: true };
  return evidence.shapeOf(method.object) === undefined ? { node: method.call, isCertain: false } : undefined;
}

function isSame(a: Binding | undefined, b: Binding | undefined): boolean {
  return a !== undefined && a === b;
}

function report(ctx: DetectorContext, { node, isCertain }: Copy, param: number, call: number): void {
  const { ast } = ctx;
  const name = ast.is(param, 'Identifier') ? ast.value(param) : ast.source(ast.child(node, 'argument'));
  const callee = ast.excerpt(ast.child(call, 'callee'));
  const few = fewReason(ctx, param) ?? (fewNames.test(name) ? `its name is ${name}` : undefined);
  const isAsync = ast.has(ast.enclosingFunction(call), 'async');
  ctx.report({
    node,
    message: `${callee} calls itself with a copy of the rest of the list: all of its calls together copy n²/2 elements`,
    confidence: isCertain && few === undefined && !isAsync ? 'likely' : 'possible',
    confidenceReason:
      few !== undefined
        ? `the list may have few elements: ${few}`
        : isAsync
          ? 'each call waits for something, which takes longer than to copy a short list'
          : isCertain
            ? 'the copy is certain, the number of elements is not known'
            : `that ${name} is an array is likely from slice, not known; of a text nothing is copied`,
    evidence: [
      ...[ctx.evidence.describe(param)].filter((line) => line !== undefined),
      `${ast.excerpt(call)} is a call of the function that it stands in`,
      `${ast.excerpt(node)} copies all but the first`,
    ],
  });
}
