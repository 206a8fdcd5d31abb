import { type Ast, type MethodCall, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { requestHandler } from '../../engine/analysis/request-handler.ts';

const adding = ['on', 'addListener', 'addEventListener'];
const removing = ['off', 'removeListener', 'removeEventListener', 'removeAllListeners'];

export default defineDetector({
  meta: {
    id: 'listener-leak',
    group: 'memory',
    summary: 'each request adds a listener, or starts an interval, that nothing ever takes away',
    why:
      'What the listener holds stays in memory for as long as what it listens to, here longer than the request, and every event calls all of them. ' +
      'booster does not rewrite it: when it has done its work is for a person to say.',
    since: '0.1.0',
    level: 'error',
    complexity: { before: 'memory and calls grow with each request', after: 'constant' },
    remedy:
      'listen once outside of the handler, or take the listener away when the request ends (once, off, an AbortSignal)',
    example: {
      slow: [
        "import { createServer } from 'node:http';",
        "createServer((req, res) => { process.on('SIGTERM', () => res.end()); }).listen(80);",
        '',
      ].join('\n'),
      better: [
        "import { createServer } from 'node:http';",
        'const open = new Set<{ end(): void }>();',
        "process.on('SIGTERM', () => { for (const res of open) res.end(); });",
        'createServer((req, res) => { open.add(res); res.on("close", () => open.delete(res)); }).listen(80);',
        '',
      ].join('\n'),
    },
    quiet: [
      'It runs elsewhere than in a request handler: it may well run once.',
      'What it listens to is made in the handler, or handed to it: both go together.',
      'Something in the handler takes listeners away, or the listener has a signal or `once`.',
      'The interval is kept in a variable.',
    ],
  },
  triggers: [...adding, 'setInterval'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const handler = requestHandler(ast, call);
      if (handler === none) continue;
      const method = ast.methodCall(call, ...adding);
      if (method !== undefined && leaks(ctx, method, handler))
        report(ctx, call, `a listener on ${ast.excerpt(method.object)}`);
      const isDropped = ast.is(ast.parent(call), 'ExpressionStatement');
      if (isDropped && scope.isGlobal(ast.child(call, 'callee'), 'setInterval')) report(ctx, call, 'an interval');
    }
  },
});

function leaks({ ast, scope }: DetectorContext, { object, args }: MethodCall, handler: number): boolean {
  if (args.length < 2 || args.slice(2).some((one) => /\b(?:once|signal)\b/.test(ast.source(one)))) return false;
  return livesLonger({ ast, scope }, object, handler) && !removes(ast, handler);
}

/** `process`, or a constant of the module. */
function livesLonger({ ast, scope }: Pick<DetectorContext, 'ast' | 'scope'>, object: number, handler: number): boolean {
  if (scope.isGlobal(object, 'process') || scope.isGlobal(object, 'window') || scope.isGlobal(object, 'document'))
    return true;
  const binding = scope.bindingOf(object);
  if (binding === undefined || binding.fn !== none || scope.isReassigned(binding)) return false;
  return !binding.declarations.some((declaration) => ast.within(declaration, handler));
}

function removes(ast: Ast, handler: number): boolean {
  return ast.ofKindWithin('CallExpression', handler).some((call) => ast.methodCall(call, ...removing) !== undefined);
}

function report(ctx: DetectorContext, call: number, what: string): void {
  ctx.report({
    node: call,
    message: `each request adds ${what}, and nothing takes it away`,
    confidence: 'likely',
    confidenceReason: 'the function takes requests by how it is registered, or by its parameters',
    evidence: ['it runs in a request handler', 'nothing in the handler removes listeners'],
  });
}
