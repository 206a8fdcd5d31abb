import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';
import { moduleName } from '../../engine/analysis/module-names.ts';
import { requestHandler } from '../../engine/analysis/request-handler.ts';

export default defineDetector({
  meta: {
    id: 'cpus-length',
    group: 'waste',
    summary: '`os.cpus().length` reads the model, the speed and the times of every core to count them',
    why:
      'The system is asked for the facts of all cores, and an object is built for each (measured: 13.5 µs, 173 times that of ' +
      '`availableParallelism()`). booster does not rewrite it: `availableParallelism()` counts the cores that the process may use, which can be fewer.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'facts of every core a call', after: 'one number a call' },
    remedy: 'call availableParallelism() of node:os (Node 18.14), which also knows how many cores the process may use',
    example: {
      slow: [
        "import os from 'node:os';",
        'export const places = (jobs: number) => Math.min(jobs, os.cpus().length);',
        '',
      ].join('\n'),
      better: [
        "import os from 'node:os';",
        'export const places = (jobs: number) => Math.min(jobs, os.availableParallelism());',
        '',
      ].join('\n'),
    },
    quiet: [
      'It runs once, at the top of a module.',
      'The file has `availableParallelism` as well: this is what it does without.',
      'Something else is done with the list of cores.',
      '`cpus` is not that of `os` by an import or a `require`.',
    ],
  },
  triggers: ['cpus'],
  find(ctx) {
    const { ast } = ctx;
    if (ast.text.includes('availableParallelism')) return;
    for (const call of ast.ofKind('CallExpression')) {
      const target = moduleName(ctx, ast.child(call, 'callee'));
      if (target?.module === 'os' && target.name === 'cpus' && isOnlyCounted(ctx, call)) report(ctx, call);
    }
  },
});

/** `cpus().length`, `(cpus() || []).length`, `const { length } = cpus()`, or a variable that is only asked for its length. */
function isOnlyCounted(ctx: DetectorContext, call: number): boolean {
  const { ast, scope } = ctx;
  let at = call;
  while (ast.is(ast.parent(at), 'LogicalExpression', 'TSNonNullExpression', 'TSAsExpression')) at = ast.parent(at);
  if (readsLength(ast, at)) return true;
  const declarator = ast.parent(at);
  if (!ast.is(declarator, 'VariableDeclarator')) return false;
  const id = ast.child(declarator, 'id');
  if (ast.is(id, 'ObjectPattern')) {
    const [only = none, ...more] = ast.list(id, 'properties');
    return more.length === 0 && ast.value(ast.child(only, 'key')) === 'length';
  }
  const binding = scope.bindingOf(id);
  if (binding === undefined || binding.exported) return false;
  const uses = binding.references.filter((use) => !use.init);
  return uses.length > 0 && uses.every((use) => readsLength(ast, use.node));
}

function readsLength(ast: Ast, node: number): boolean {
  const member = ast.parent(node);
  return (
    ast.is(member, 'MemberExpression') &&
    ast.field(node) === 'object' &&
    !ast.has(member, 'computed') &&
    ast.value(ast.child(member, 'property')) === 'length'
  );
}

function report(ctx: DetectorContext, call: number): void {
  const { ast } = ctx;
  if (ast.enclosingFunction(call) === none) return;
  const isRepeated = iterationsAround(ctx, call).some(({ isShort }) => !isShort) || requestHandler(ast, call) !== none;
  ctx.report({
    node: call,
    message: 'all facts of every core are read for their number',
    confidence: isRepeated ? 'likely' : 'possible',
    confidenceReason: isRepeated
      ? 'the cost is certain, and comes in every round or request'
      : 'the cost is certain; how often the function runs is not known',
    evidence: ['cpus is that of os', 'only the length is read'],
  });
}
