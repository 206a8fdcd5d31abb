import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';
import { isLeftAfter } from '../../engine/analysis/left-after.ts';
import { requestHandler } from '../../engine/analysis/request-handler.ts';
import { repeatedRegion } from '../../engine/idioms/repeated-region.ts';

export default defineDetector({
  meta: {
    id: 'require-in-loop',
    group: 'loading',
    summary: '`require` of the same module in every round of a loop or in every request',
    why:
      'A module that is loaded already is still looked up by its name and its folder each time (measured: 133 ns a call, 267 times the time of ' +
      'a variable). booster does not rewrite it: where a module is loaded first decides what runs before what.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'a lookup of the module a round', after: 'a variable' },
    remedy:
      'require it once, at the top of the module; or keep it in a variable of the module when it must be loaded late',
    example: {
      slow: [
        'function names(paths) {',
        "  return paths.map((path) => require('path').basename(path));",
        '}',
        'module.exports = names;',
        '',
      ].join('\n'),
      better: [
        "const { basename } = require('path');",
        'function names(paths) {',
        '  return paths.map((path) => basename(path));',
        '}',
        'module.exports = names;',
        '',
      ].join('\n'),
    },
    quiet: [
      'The module is kept in a variable of outside (`x ??= require(…)`), so that it is loaded once.',
      'The name of the module is computed.',
      'It runs in a function that is no callback of a loop and takes no requests: it is mostly there to load the module late.',
      'The loop is left right after, or has a handful of rounds that are written out.',
    ],
  },
  triggers: ['require'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      if (scope.isGlobal(ast.child(call, 'callee'), 'require')) look(ctx, call);
    }
  },
});

function look(ctx: DetectorContext, call: number): void {
  const { ast } = ctx;
  const [name = none, ...more] = ast.list(call, 'arguments');
  const module = ast.string(name);
  if (module === undefined || more.length > 0 || isKept(ctx, call)) return;
  const loops = iterationsAround(ctx, call).filter(
    ({ region, isShort }) => !isShort && !isLeftAfter(ast, call, region),
  );
  if (loops.length === 0 && (requestHandler(ast, call) === none || isGiven(ast, call))) return;
  const where = loops.length > 0 ? 'round' : 'request';
  const isInner = loops.length > 1;
  ctx.report({
    node: call,
    message: `'${module}' is looked up among the loaded modules in every ${where}`,
    confidence: isInner ? 'likely' : 'possible',
    confidenceReason: isInner
      ? 'the lookup is certain, and comes in every round of the inner of two loops'
      : `the lookup is certain; beside what else a ${where} does it may be little`,
    evidence: ['require is that of the module', 'the name is always the same'],
  });
}

/** `loaded ??= require('x')`, `if (!loaded) loaded = require('x')`, `exports.x = require('x')`: the variable outlives the round. */
function isKept({ ast, scope }: DetectorContext, call: number): boolean {
  const fn = ast.enclosingFunction(call);
  const region = repeatedRegion(ast, call);
  for (let at = call; at >= 0 && at !== fn; at = ast.parent(at)) {
    const parent = ast.parent(at);
    if (!ast.is(parent, 'AssignmentExpression') || ast.field(at) !== 'right') continue;
    const target = ast.child(parent, 'left');
    const declarations = ast.is(target, 'Identifier') ? (scope.bindingOf(target)?.declarations ?? []) : [];
    return !declarations.some((one) => ast.within(one, region === none ? fn : region));
  }
  return false;
}

/** `() => require('x')` */
function isGiven(ast: Ast, call: number): boolean {
  return ast.within(call, ast.returnedExpression(ast.enclosingFunction(call)));
}
