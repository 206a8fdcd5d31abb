import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';

export default defineDetector({
  meta: {
    id: 'busy-wait',
    group: 'blocking',
    summary: 'a loop that does nothing but look at the clock until time has passed',
    why:
      'The thread computes at full load and nothing else runs: no timer, no request, no answer. booster does not rewrite it: the callers ' +
      'have to wait in another way.',
    since: '0.1.0',
    level: 'error',
    complexity: { before: 'blocks the thread', after: 'waits beside other work' },
    remedy: 'await a timer (node:timers/promises), or the event that is waited for',
    example: {
      slow: [
        'export function pause(ms: number) {',
        '  const end = Date.now() + ms;',
        '  while (Date.now() < end) {}',
        '}',
        '',
      ].join('\n'),
      better: [
        "import { setTimeout } from 'node:timers/promises';",
        'export async function pause(ms: number) {',
        '  await setTimeout(ms);',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The loop does something in its rounds: it works against a deadline.',
      'It asks for something else than the time.',
    ],
  },
  triggers: ['now'],
  find(ctx) {
    const { ast } = ctx;
    for (const loop of ['WhileStatement', 'DoWhileStatement', 'ForStatement'].flatMap((kind) => ast.ofKind(kind))) {
      if (isIdle(ast, ast.child(loop, 'body')) && asksClock(ctx, ast.child(loop, 'test'))) report(ctx, loop);
    }
  },
});

function isIdle(ast: Ast, body: number): boolean {
  if (ast.is(body, 'EmptyStatement')) return true;
  return (
    ast.is(body, 'BlockStatement') && ast.list(body, 'body').every((statement) => ast.is(statement, 'EmptyStatement'))
  );
}

function asksClock({ ast, scope }: DetectorContext, test: number): boolean {
  if (test === none) return false;
  return ast.ofKindWithin('CallExpression', test).some((call) => {
    const callee = ast.child(call, 'callee');
    return scope.isGlobalMember(callee, 'Date', 'now') || scope.isGlobalMember(callee, 'performance', 'now');
  });
}

function report(ctx: DetectorContext, loop: number): void {
  ctx.report({
    node: loop,
    message: 'the loop holds the thread until time has passed; nothing else can run meanwhile',
    confidence: 'certain',
    confidenceReason: 'the loop is empty and ends only by the clock',
    evidence: ['its rounds do nothing', 'its condition asks the clock'],
  });
}
