import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';

export default defineDetector({
  meta: {
    id: 'endless-loop',
    group: 'blocking',
    summary:
      'a loop that nothing in it ends and that never waits: `while (true)` without `await`, or an empty loop around a flag',
    why:
      'As long as it runs, the thread does nothing else: no timer, no answer, and no code that could change the flag that an empty loop waits ' +
      'for. booster does not rewrite it: what should be waited for is for a person to say.',
    since: '0.1.0',
    level: 'error',
    complexity: { before: 'blocks the thread for good', after: 'waits beside other work' },
    remedy: 'await something in each round (a timer, the next message, an event), or give the loop an end',
    example: {
      slow: ['export function serve(poll: () => void) {', '  while (true) poll();', '}', ''].join('\n'),
      better: [
        "import { setTimeout } from 'node:timers/promises';",
        'export async function serve(poll: () => void) {',
        '  while (true) {',
        '    poll();',
        '    await setTimeout(100);',
        '  }',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The loop has a way out: `break`, `return`, `throw`, a `continue` of an outer loop, or the end of the process.',
      'It waits: `await`, `yield`, `for await`, or `Atomics.wait`, as a thread of its own may.',
      'It works on something, and its condition is not constant.',
      'The flag is an element (`view[0]`): another thread may change it.',
    ],
  },
  triggers: ['while', 'for'],
  find(ctx) {
    const { ast } = ctx;
    for (const loop of ['WhileStatement', 'DoWhileStatement', 'ForStatement'].flatMap((kind) => ast.ofKind(kind))) {
      const test = ast.child(loop, 'test');
      if (isAlwaysTrue(ast, loop, test)) lookAtEndless(ctx, loop);
      else if (isIdle(ast, loop) && isFlag(ast, test)) reportFlag(ctx, loop, test);
    }
  },
});

function isAlwaysTrue(ast: Ast, loop: number, test: number): boolean {
  if (test === none) return ast.is(loop, 'ForStatement');
  const source = ast.source(test);
  return source === 'true' || source === '1' || source === '!0';
}

function lookAtEndless(ctx: DetectorContext, loop: number): void {
  if (hasWayOut(ctx, loop)) return;
  ctx.report({
    node: loop,
    end: Math.max(ctx.ast.start(loop) + 1, ctx.ast.start(ctx.ast.child(loop, 'body'))),
    message: 'nothing in this loop ends it, and it never waits: the thread does nothing else any more',
    confidence: 'likely',
    confidenceReason: 'only an error that something in it throws could end it',
    evidence: ['its condition is constant', 'no break, return, throw, await or yield in it'],
  });
}

function hasWayOut({ ast, scope }: DetectorContext, loop: number): boolean {
  const fn = ast.enclosingFunction(loop);
  const own = (kind: string): number[] =>
    ast.ofKindWithin(kind, loop).filter((node) => ast.enclosingFunction(node) === fn);
  if (['ReturnStatement', 'ThrowStatement', 'AwaitExpression', 'YieldExpression'].some((kind) => own(kind).length > 0))
    return true;
  if (own('BreakStatement').some((node) => ast.child(node, 'label') !== none || brokenBy(ast, node) === loop))
    return true;
  if (own('ContinueStatement').some((node) => ast.child(node, 'label') !== none)) return true;
  if (own('ForOfStatement').some((node) => ast.has(node, 'await'))) return true;
  return ast.ofKindWithin('CallExpression', loop).some((call) => {
    const callee = ast.child(call, 'callee');
    return (
      scope.isGlobalMember(callee, 'process', 'exit') ||
      scope.isGlobalMember(callee, 'Atomics', 'wait') ||
      ['exit', 'fail', 'abort'].includes(ast.value(callee))
    );
  });
}

/** The loop or `switch` that a `break` without a label leaves. */
function brokenBy(ast: Ast, node: number): number {
  let at = ast.parent(node);
  while (at !== none && !ast.isLoop(at) && !ast.is(at, 'SwitchStatement')) at = ast.parent(at);
  return at;
}

function isIdle(ast: Ast, loop: number): boolean {
  const body = ast.child(loop, 'body');
  if (ast.is(loop, 'ForStatement') && ast.child(loop, 'update') !== none) return false;
  if (ast.is(body, 'EmptyStatement')) return true;
  return ast.is(body, 'BlockStatement') && ast.list(body, 'body').length === 0;
}

/** `!done`, `this.isBusy`, `a && !b`: reads variables and does nothing. */
function isFlag(ast: Ast, test: number): boolean {
  const node = ast.withoutTypes(test);
  if (ast.is(node, 'UnaryExpression')) return ast.value(node) === '!' && isFlag(ast, ast.child(node, 'argument'));
  if (ast.is(node, 'LogicalExpression')) return ['left', 'right'].every((field) => isFlag(ast, ast.child(node, field)));
  if (ast.is(node, 'MemberExpression')) return !ast.has(node, 'computed') && isFlag(ast, ast.child(node, 'object'));
  return ast.is(node, 'Identifier', 'ThisExpression');
}

function reportFlag(ctx: DetectorContext, loop: number, test: number): void {
  ctx.report({
    node: loop,
    message: `the loop waits for ${ctx.ast.excerpt(test)} to change, which no other code can do while it runs`,
    confidence: 'likely',
    confidenceReason: 'only a getter behind that name could change it',
    evidence: ['its rounds do nothing', 'its condition only reads variables'],
  });
}
