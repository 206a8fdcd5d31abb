import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';

export default defineDetector({
  meta: {
    id: 'error-per-round',
    group: 'waste',
    summary: 'a loop throws a new error to leave a `try` of the same round, whose `catch` does not look at it',
    why:
      'Each error gathers a stack that nobody reads (measured: 1.5 to 3 µs each, and without the stack a third to a seventh of that). booster ' +
      'does not rewrite it: the same `catch` may be there for other errors, too.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'an error with its stack a round', after: 'a jump' },
    remedy: 'leave the round by continue, or by an if around the rest; keep the try for what may really throw',
    example: {
      slow: [
        'export function count(rows: Row[]) {',
        '  let bad = 0;',
        '  for (const row of rows) {',
        '    try {',
        "      if (row.id === '') throw new Error('no id');",
        '      use(row);',
        '    } catch {',
        '      bad += 1;',
        '    }',
        '  }',
        '  return bad;',
        '}',
        '',
      ].join('\n'),
      better: [
        'export function count(rows: Row[]) {',
        '  let bad = 0;',
        '  for (const row of rows) {',
        "    if (row.id === '') bad += 1;",
        '    else use(row);',
        '  }',
        '  return bad;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'The `catch` uses the error: its message or its stack is the point.',
      'The `catch` ends the loop or throws: it happens once.',
      'The `try` waits for something (`await`), which takes longer than an error.',
      'The loop has a handful of rounds that are written out.',
    ],
  },
  triggers: ['throw'],
  find(ctx) {
    const { ast } = ctx;
    for (const node of ast.ofKind('ThrowStatement')) {
      const statement = catchingTry(ast, node);
      if (statement !== none && isNewError(ctx, ast.child(node, 'argument'))) look(ctx, node, statement);
    }
  },
});

/** The `try` of the same function that catches what is thrown. */
function catchingTry(ast: Ast, node: number): number {
  for (let at = node; at >= 0 && !ast.isFunction(at); at = ast.parent(at)) {
    const parent = ast.parent(at);
    if (ast.is(parent, 'TryStatement') && ast.field(at) === 'block' && ast.child(parent, 'handler') !== none)
      return parent;
  }
  return none;
}

/** `new Error(…)`, `TypeError(…)`, or a class that is named like one. */
function isNewError({ ast }: DetectorContext, node: number): boolean {
  if (!ast.is(node, 'NewExpression', 'CallExpression')) return false;
  const callee = ast.child(node, 'callee');
  return ast.is(callee, 'Identifier') && /(?:^|[a-z])Error$/.test(ast.value(callee));
}

function look(ctx: DetectorContext, node: number, statement: number): void {
  const { ast } = ctx;
  const handler = ast.child(statement, 'handler');
  const [loop] = iterationsAround(ctx, statement);
  if (loop === undefined || loop.isShort || usesError(ctx, handler) || leaves(ast, handler, loop.region)) return;
  const block = ast.child(statement, 'block');
  if (ast.ofKindWithin('AwaitExpression', block).length > 0) return;
  ctx.report({
    node,
    message: 'an error is built with its stack to get to a catch of the same round, which does not look at it',
    confidence: 'possible',
    confidenceReason: 'in how many rounds it is thrown is not known',
    evidence: ['the catch does not use the error', 'the loop goes on behind it'],
  });
}

function usesError({ ast, scope }: DetectorContext, handler: number): boolean {
  const parameter = ast.child(handler, 'param');
  if (parameter === none) return false;
  const binding = scope.bindingOf(parameter);
  return binding === undefined || binding.references.some((use) => use.read);
}

/** The catch ends the loop, or hands an error on. */
function leaves(ast: Ast, handler: number, region: number): boolean {
  const fn = ast.enclosingFunction(handler);
  const isOwn = (one: number): boolean => ast.enclosingFunction(one) === fn;
  if (ast.ofKindWithin('ThrowStatement', handler).some(isOwn)) return true;
  if (ast.isFunction(region)) return false;
  return ['ReturnStatement', 'BreakStatement'].some((kind) => ast.ofKindWithin(kind, handler).some(isOwn));
}
