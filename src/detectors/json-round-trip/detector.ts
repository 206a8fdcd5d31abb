import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { iterationsAround } from '../../engine/analysis/iteration.ts';

export default defineDetector({
  meta: {
    id: 'json-round-trip',
    group: 'waste',
    summary: '`JSON.parse(JSON.stringify(x))` copies by way of a text; two `JSON.stringify` compared',
    why:
      'All of the value is written as a text and read again (measured: 51 times the time of a spread for a flat object, 142 times that of ' +
      'slice for numbers). booster does not rewrite it: the round trip also drops functions and undefined, and turns dates into texts.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'O(size) text and parse', after: 'O(what is copied)' },
    remedy: 'copy the parts that change (spread, slice), or use structuredClone where a deep copy is needed',
    example: {
      slow: ['export const copy = (row: Row): Row => JSON.parse(JSON.stringify(row));', ''].join('\n'),
      better: ['export const copy = (row: Row): Row => ({ ...row });', ''].join('\n'),
    },
    quiet: [
      'A replacer, a reviver or a form is given: the text is the point.',
      'It runs once, at the top of a module.',
      'It stands in a `try` whose `catch` throws: it is there to see whether the value is JSON.',
    ],
  },
  triggers: ['JSON'],
  find(ctx) {
    const { ast } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const [inner, ...more] = jsonArguments(ctx, call, 'parse') ?? [];
      if (inner !== undefined && more.length === 0 && isStringify(ctx, inner)) report(ctx, call, 'copied');
    }
    for (const node of ast.ofKind('BinaryExpression')) {
      if (!/^[!=]==?$/.test(ast.value(node))) continue;
      if (isStringify(ctx, ast.child(node, 'left')) && isStringify(ctx, ast.child(node, 'right')))
        report(ctx, node, 'compared');
    }
  },
});

function jsonArguments({ ast, scope }: DetectorContext, node: number, name: string): readonly number[] | undefined {
  const at = ast.withoutTypes(node);
  if (!ast.is(at, 'CallExpression') || !scope.isGlobalMember(ast.child(at, 'callee'), 'JSON', name)) return undefined;
  return ast.list(at, 'arguments');
}

function isStringify(ctx: DetectorContext, node: number): boolean {
  return jsonArguments(ctx, node, 'stringify')?.length === 1;
}

function report(ctx: DetectorContext, node: number, what: 'copied' | 'compared'): void {
  if (ctx.ast.enclosingFunction(node) === none || isCheck(ctx.ast, node)) return;
  const [loop] = iterationsAround(ctx, node).filter(({ isShort }) => !isShort);
  const where = loop === undefined ? '' : ', in every round of a loop';
  ctx.report({
    node,
    level: loop === undefined ? 'info' : 'warning',
    message: `the whole value is ${what} by way of a JSON text${where}`,
    confidence: loop === undefined ? 'possible' : 'likely',
    confidenceReason:
      loop === undefined
        ? 'the cost is certain; how often it runs is not known'
        : 'the cost is certain, and comes in every round',
    ...(what === 'compared'
      ? {
          remedy: 'compare the parts that can differ; the order of keys decides here, too',
          complexity: { before: 'O(size) two texts', after: 'stops at the first difference' },
        }
      : {}),
    evidence: ['JSON is the global one', 'neither a replacer nor a reviver is given'],
  });
}

function isCheck(ast: Ast, node: number): boolean {
  for (let at = node; at >= 0 && !ast.isFunction(at); at = ast.parent(at)) {
    if (!ast.is(ast.parent(at), 'TryStatement') || ast.field(at) !== 'block') continue;
    return ast.ofKindWithin('ThrowStatement', ast.child(ast.parent(at), 'handler')).length > 0;
  }
  return false;
}
