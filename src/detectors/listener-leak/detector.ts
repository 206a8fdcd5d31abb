import { type Ast, type MethodCall, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { requestHandler } from '../../engine/analysis/request-handler.ts';

const adding = ['on', 'addListener', 'addEventListener'];
const removing = ['off', 'removeListener', 'removeEventListener', 'removeAllListeners'];

export default defineDetector({
  meta: {
    id: 'listener-leak',
    group: 'memory',
    summary: 'each request, event or instance adds a listener, or starts an interval, that nothing ever takes away',
    why:
      'What the listener holds stays in memory for as long as what it listens to, here longer than what it was added for, and every event calls all of them. ' +
      'booster does not rewrite it: when it has done its work is for a person to say.',
    since: '0.1.0',
    level: 'error',
    complexity: { before: 'memory and calls grow with each of them', after: 'constant' },
    remedy:
      'listen once outside of the handler, or take the listener away when its work ends (once, off, an AbortSignal)',
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
      'It runs elsewhere than in a request handler, the listener of an event that comes again, the callback of an interval, or a class: it may well run once.',
      'What it listens to is made there, or handed to it: both go together.',
      'Something in the file takes listeners of this event away, or the listener has a signal or `once`.',
      'The interval is kept in a variable, or let go with `unref`.',
    ],
  },
  triggers: [...adding, 'setInterval'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, ...adding);
      const isDropped = ast.is(ast.parent(call), 'ExpressionStatement');
      const startsInterval = isDropped && scope.isGlobal(ast.child(call, 'callee'), 'setInterval');
      if (method === undefined && !startsInterval) continue;
      const owner = ownerOf(ctx, call);
      if (owner === undefined) continue;
      if (startsInterval) report(ctx, call, owner, 'an interval');
      else if (method !== undefined && leaks(ctx, method, owner))
        report(ctx, call, owner, `a listener on ${ast.excerpt(method.object)}`);
    }
  },
});

/** Code that runs again and again. */
interface Owner {
  readonly fn: number;
  /** What it runs for. */
  readonly each: 'request' | 'event' | 'round of an interval' | 'instance';
}

/** Events that come once in a while at most. */
const onceEvents =
  /^(?:load|DOMContentLoaded|ready|open|connect|connected|listening|spawn|end|close|finish|exit|beforeExit|error|disconnect|drain|online|SIG\w+)$/;

function ownerOf({ ast, scope }: DetectorContext, node: number): Owner | undefined {
  const handler = requestHandler(ast, node);
  if (handler !== none) return { fn: handler, each: 'request' };
  const fn = ast.enclosingFunction(node);
  const parent = ast.parent(fn);
  if (fn === none) return undefined;
  if (ast.is(parent, 'MethodDefinition') && ast.value(ast.child(parent, 'key')) === 'constructor')
    return { fn, each: 'instance' };
  if (!ast.is(parent, 'CallExpression') || ast.field(fn) !== 'arguments') return undefined;
  if (scope.isGlobal(ast.child(parent, 'callee'), 'setInterval')) return { fn, each: 'round of an interval' };
  const method = ast.methodCall(parent, ...adding);
  const [event = none, listener, options] = method?.args ?? [];
  if (listener !== fn || options !== undefined) return undefined;
  const name = ast.string(event);
  return name === undefined || onceEvents.test(name) ? undefined : { fn, each: 'event' };
}

function leaks(ctx: DetectorContext, { object, args }: MethodCall, { fn, each }: Owner): boolean {
  const { ast } = ctx;
  if (args.length < 2 || args.slice(2).some((one) => /\b(?:once|signal)\b/.test(ast.source(one)))) return false;
  return livesLonger(ctx, object, fn, each) && !removes(ast, args[0] ?? none);
}

/** `process`, or a constant from outside; what an instance is made with may well go with it. */
function livesLonger({ ast, scope }: DetectorContext, object: number, fn: number, each: Owner['each']): boolean {
  if (['process', 'window', 'document'].some((name) => scope.isGlobal(object, name))) return true;
  const binding = scope.bindingOf(object);
  if (binding === undefined || scope.isReassigned(binding)) return false;
  if (each === 'instance' || each === 'request' ? binding.fn !== none : binding.kind === 'parameter') return false;
  return !binding.declarations.some((declaration) => ast.within(declaration, fn));
}

/** Anywhere in the file: of the same event, or of all. */
function removes(ast: Ast, event: number): boolean {
  return ast.ofKind('CallExpression').some((call) => {
    const method = ast.methodCall(call, ...removing);
    const [first] = method?.args ?? [];
    return method !== undefined && (first === undefined || ast.source(first) === ast.source(event));
  });
}

function report(ctx: DetectorContext, call: number, { each }: Owner, what: string): void {
  const isSure = each === 'request' || each === 'round of an interval';
  ctx.report({
    node: call,
    level: each === 'instance' || each === 'event' ? 'warning' : 'error',
    message: `each ${each} adds ${what}, and nothing takes it away`,
    confidence: isSure ? 'likely' : 'possible',
    confidenceReason:
      each === 'request'
        ? 'the function takes requests by how it is registered, or by its parameters'
        : each === 'instance'
          ? 'it is not known whether there is more than one instance'
          : each === 'event'
            ? 'it is not known how often the event comes'
            : 'the interval runs again and again',
    evidence: [
      `it runs for each ${each}`,
      'nothing in the file removes listeners of this event, or stops the interval',
    ],
  });
}
