import { type Ast, none } from '../../engine/ast.ts';
import type { Confidence } from '../../engine/analysis/analysis.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationOf } from '../../engine/analysis/iteration.ts';
import { moduleName } from '../../engine/analysis/module-names.ts';

export default defineDetector({
  meta: {
    id: 'timer-as-yield',
    group: 'waiting',
    summary: 'a loop lets other work run by waiting for a timer of 0 ms in its rounds',
    why:
      'A timer of 0 ms is one of 1 ms: each round waits that long, though nothing else may be there to be done (measured: 1.06 ms a turn, ' +
      'with `setImmediate` 0.6 µs). booster does not rewrite it: timers and immediates run in another order.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: '1 ms a turn', after: 'no wait when nothing else is to be done' },
    remedy: 'wait for setImmediate (node:timers/promises), or yield only after some milliseconds of work',
    example: {
      slow: [
        "import { readFileSync } from 'node:fs';",
        'export async function load(paths: string[], use: (text: string) => void) {',
        '  for (const path of paths) {',
        "    use(readFileSync(path, 'utf8'));",
        '    await new Promise((resolve) => setTimeout(resolve, 0));',
        '  }',
        '}',
        '',
      ].join('\n'),
      better: [
        "import { readFileSync } from 'node:fs';",
        "import { setImmediate } from 'node:timers/promises';",
        'export async function load(paths: string[], use: (text: string) => void) {',
        '  for (const path of paths) {',
        "    use(readFileSync(path, 'utf8'));",
        '    await setImmediate();',
        '  }',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The timer is one of more than 1 ms: the pause is the point.',
      'The loop does nothing else: it waits for something, and an immediate would let it spin.',
      'The file uses what only browsers have (`window`, `document`, `requestAnimationFrame`): there is no `setImmediate`.',
      'The loop has a handful of rounds that are written out.',
    ],
  },
  triggers: ['setTimeout'],
  find(ctx) {
    const { ast } = ctx;
    if (isOfBrowser(ctx)) return;
    for (const node of ast.ofKind('AwaitExpression')) {
      if (isTurn(ctx, ast.child(node, 'argument'))) look(ctx, node);
    }
  },
});

function isOfBrowser({ ast, scope }: DetectorContext): boolean {
  const names = /^(?:window|document|navigator|requestAnimationFrame|customElements|localStorage)$/;
  return ast.ofKind('Identifier').some((node) => names.test(ast.value(node)) && scope.isGlobal(node));
}

/** `new Promise((resolve) => setTimeout(resolve, 0))`, `setTimeout(0)` of node:timers/promises. */
function isTurn(ctx: DetectorContext, node: number): boolean {
  const { ast } = ctx;
  const at = ast.withoutTypes(node);
  if (ast.is(at, 'CallExpression')) {
    const target = moduleName(ctx, ast.child(at, 'callee'));
    const [delay] = ast.list(at, 'arguments');
    if (target?.module === 'timers/promises' && target.name === 'setTimeout') return isShortest(ast, delay);
    const helper = functionOf(ctx, ast.child(at, 'callee'));
    const made = ast.withoutTypes(ast.returnedExpression(helper));
    return ast.is(made, 'NewExpression') && isTurnOf(ctx, made, ast.list(helper, 'params')[0], delay);
  }
  return isTurnOf(ctx, at, undefined, undefined);
}

/** The function of this file that a name stands for: `tick` of `const tick = () => …`. */
function functionOf({ ast, scope }: DetectorContext, callee: number): number {
  const binding = scope.bindingOf(callee);
  if (binding === undefined) return none;
  const [declaration = none] = binding.declarations;
  const parent = ast.parent(declaration);
  const isDeclared = ast.is(parent, 'FunctionDeclaration') && ast.field(declaration) === 'id';
  const fn = isDeclared && !scope.isReassigned(binding) ? parent : scope.initializer(binding);
  return ast.isFunction(fn) ? fn : none;
}

/** A promise that a timer settles at once, where the helper that makes it may take the time as `parameter`, given as `given`. */
function isTurnOf(ctx: DetectorContext, at: number, parameter: number | undefined, given: number | undefined): boolean {
  const { ast, scope } = ctx;
  if (!ast.is(at, 'NewExpression') || !scope.isGlobal(ast.child(at, 'callee'), 'Promise')) return false;
  const [executor = none] = ast.list(at, 'arguments');
  if (scope.isGlobal(executor, 'setTimeout')) return true;
  const [resolve = none] = ast.list(executor, 'params');
  const timer = onlyExpression(ast, executor);
  if (!ast.is(timer, 'CallExpression') || !scope.isGlobal(ast.child(timer, 'callee'), 'setTimeout')) return false;
  const [callback = none, delay] = ast.list(timer, 'arguments');
  const isParameter = parameter !== undefined && delay !== undefined && ast.value(delay) === ast.value(parameter);
  const wait = isParameter && ast.is(delay, 'Identifier') ? (given ?? none) : delay;
  const called = ast.isFunction(callback) ? ast.child(onlyExpression(ast, callback), 'callee') : callback;
  return ast.value(called) === ast.value(resolve) && ast.value(called) !== '' && isShortest(ast, wait);
}

/** V8's hosts make at least 1 ms of what is left out or below. */
function isShortest(ast: Ast, delay: number | undefined): boolean {
  return delay === undefined || (ast.number(delay) ?? Infinity) <= 1;
}

function onlyExpression(ast: Ast, fn: number): number {
  const body = ast.child(fn, 'body');
  if (!ast.is(body, 'BlockStatement')) return body;
  const [only = none, ...more] = ast.list(body, 'body');
  if (more.length > 0) return none;
  return ast.child(only, ast.is(only, 'ReturnStatement') ? 'argument' : 'expression');
}

function look(ctx: DetectorContext, node: number): void {
  const { ast } = ctx;
  const loop = ast.enclosingLoop(node);
  const statement = ast.statement(node);
  const body = ast.child(loop, 'body');
  if (loop === none || statement === body || iterationOf(ctx, loop).isShort) return;
  if (ast.is(body, 'BlockStatement') && ast.list(body, 'body').length === 1) return;
  const isEach = ast.parent(statement) === body;
  const isNode = ast.ofKind('Identifier').some((one) => ast.value(one) === 'process') || loadsOfNode(ctx);
  const [confidence, confidenceReason]: [Confidence, string] = !isEach
    ? ['possible', 'it waits in some rounds only: how many is not known']
    : ast.is(loop, 'WhileStatement', 'DoWhileStatement')
      ? ['possible', 'the loop may wait for something to happen, which an immediate would ask for without a pause']
      : isNode
        ? ['likely', 'each round waits; the number of rounds is not known']
        : ['possible', 'nothing shows that this runs in Node'];
  ctx.report({
    node,
    message: 'a round waits 1 ms for a timer of 0 ms to let other work run',
    confidence,
    confidenceReason,
    level: isEach ? 'warning' : 'info',
    evidence: ['the timer is one of 0 or 1 ms, and nothing else is awaited with it', 'it is awaited in a loop'],
  });
}

function loadsOfNode({ ast }: DetectorContext): boolean {
  return /\bfrom '(?:node:|fs\b|path\b|os\b|http\b)|\bfrom "node:|\brequire\(['"]/.test(ast.text);
}
