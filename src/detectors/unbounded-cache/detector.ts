import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import type { Binding } from '../../engine/scope/scope.ts';

export default defineDetector({
  meta: {
    id: 'unbounded-cache',
    group: 'memory',
    summary: 'a Map of a module that a function fills and asks by its arguments, and that nothing ever empties',
    why:
      'Each new argument stays in memory for as long as the process lives. Where the arguments come from outside (users, files, texts), ' +
      'memory grows without an end. booster does not bound it: how much may be kept is for a person to say.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'memory of all keys ever seen', after: 'memory of a fixed number of keys' },
    remedy: 'bound it (drop the oldest key at a size), key it by objects in a WeakMap, or clear it where the work ends',
    example: {
      slow: [
        'const cache = new Map<string, Page>();',
        'export function page(url: string): Page {',
        '  let found = cache.get(url);',
        '  if (found === undefined) {',
        '    found = render(url);',
        '    cache.set(url, found);',
        '  }',
        '  return found;',
        '}',
        '',
      ].join('\n'),
      better: [
        'const cache = new Map<string, Page>();',
        'export function page(url: string): Page {',
        '  let found = cache.get(url);',
        '  if (found === undefined) {',
        '    found = render(url);',
        '    if (cache.size >= 1000) cache.clear();',
        '    cache.set(url, found);',
        '  }',
        '  return found;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'It is exported, handed to other code, or asked for its size, deleted from or cleared anywhere in the file.',
      'No function both asks it and fills it with one of its own parameters as the key: it is a registry, not a cache.',
      'It is a WeakMap, or made anew in a function.',
    ],
  },
  triggers: ['Map'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const node of ast.ofKind('NewExpression')) {
      if (!scope.isGlobal(ast.child(node, 'callee'), 'Map') || ast.enclosingFunction(node) !== none) continue;
      const declarator = ast.parent(node);
      const binding = ast.is(declarator, 'VariableDeclarator')
        ? scope.bindingOf(ast.child(declarator, 'id'))
        : undefined;
      if (binding !== undefined && !binding.exported && !scope.isReassigned(binding)) look(ctx, node, binding);
    }
  },
});

function look(ctx: DetectorContext, node: number, binding: Binding): void {
  const { ast } = ctx;
  const asks = new Set<number>();
  const fills: { readonly fn: number; readonly key: number }[] = [];
  for (const use of binding.references) {
    if (use.init) continue;
    const method = ast.methodCall(ast.parent(ast.parent(use.node)));
    // handed on, iterated, measured: somebody may bound it
    if (method?.object !== use.node) return;
    if (method.name === 'get' || method.name === 'has') asks.add(use.fn);
    else if (method.name === 'set') fills.push({ fn: use.fn, key: method.args[0] ?? none });
    else return;
  }
  const fill = fills.find(({ fn, key }) => asks.has(fn) && fn !== none && isOwnArgument(ctx, key, fn));
  if (fill === undefined) return;
  ctx.report({
    node,
    message: `${binding.name} keeps an entry for every ${ast.excerpt(fill.key)} that was ever asked for`,
    confidence: 'likely',
    confidenceReason: 'nothing in the file bounds it; how many different keys there are is not known',
    evidence: [
      `${binding.name} lives as long as the module`,
      `it is filled under ${ast.excerpt(fill.key)}, an argument`,
      'nothing deletes, clears or measures it',
    ],
  });
}

/** Made of the parameters of the function. A key of objects (classes, nodes) is bounded by those more often than not. */
function isOwnArgument({ ast, scope, evidence }: DetectorContext, key: number, fn: number): boolean {
  if (ast.is(key, 'TemplateLiteral')) return ast.ofKindWithin('Identifier', key).some((one) => isParameter(one));
  return isParameter(key) && evidence.is(key, 'string', 'number');

  function isParameter(node: number): boolean {
    const binding = scope.bindingOf(node);
    return binding?.kind === 'parameter' && binding.fn === fn;
  }
}
