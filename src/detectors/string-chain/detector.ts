import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';
import { isPath, iterationsAround } from '../../engine/analysis/iteration.ts';
import { calledFunction, isCalledOften } from '../../engine/idioms/repeated-region.ts';

/** From here on a look-up was measured to win. */
const fewestComparisons = 12;

export default defineDetector({
  meta: {
    id: 'string-chain',
    group: 'waste',
    summary: 'an if/else chain that compares the same value with twelve texts or more',
    why:
      'The last branch is reached after all comparisons. A Map from text to function finds each branch at once (measured with 12 texts: ' +
      '1.5 to 3.3 times as fast). booster does not rewrite it: whether the chain reads better than a table is for a person to say.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'as many comparisons as texts', after: 'one look-up' },
    remedy: 'put what the branches do into a Map or an object by text, made once outside of the function',
    example: {
      slow: chain('export function price(kind: string) {', '}'),
      better: [
        'const prices = new Map(kinds);',
        'export function price(kind: string) {',
        '  return prices.get(kind) ?? 0;',
        '}',
        '',
      ].join('\n'),
    },
    quiet: [
      'There are less than twelve texts.',
      'A branch asks for something else than that value.',
      'It runs once, at the top of a module or in a function without a name.',
    ],
  },
  triggers: ['else'],
  find(ctx) {
    for (const node of ctx.ast.ofKind('IfStatement')) {
      if (ctx.ast.field(node) !== 'alternate') look(ctx, node);
    }
  },
});

function chain(before: string, after: string): string {
  const kinds = 'egg milk flour sugar salt rice oats tea nuts corn peas beans'.split(' ');
  const links = kinds.map((kind, index) => `if (kind === '${kind}') return ${String(index + 1)};`);
  return [before, `  ${links.join('\n  else ')}`, '  return 0;', after, ''].join('\n');
}

function look(ctx: DetectorContext, node: number): void {
  const { ast } = ctx;
  const tests = testsOf(ast, node).flatMap((test) => alternatives(ast, test));
  if (tests.length < fewestComparisons) return;
  const subjects = tests.map((test) => subjectOf(ast, test));
  const [subject = none] = subjects;
  if (subjects.includes(none) || !isPath(ast, subject)) return;
  if (new Set(subjects.map((one) => ast.source(one))).size > 1) return;
  const isInLoop = iterationsAround(ctx, node).some(({ isShort }) => !isShort);
  const fn = calledFunction(ast, node);
  if (!isInLoop && !(fn !== none && isCalledOften(ast, fn))) return;
  ctx.report({
    node,
    end: ast.end(ast.child(node, 'test')),
    message: `${ast.excerpt(subject)} is compared with up to ${String(tests.length)} texts, one after the other`,
    confidence: 'possible',
    confidenceReason: 'a constant factor; how often it runs, and which texts come first, is not known',
    evidence: [`all ${String(tests.length)} comparisons of the chain are of ${ast.excerpt(subject)} with a text`],
  });
}

function testsOf(ast: Ast, first: number): number[] {
  const tests: number[] = [];
  for (let at = first; ast.is(at, 'IfStatement'); at = ast.child(at, 'alternate')) tests.push(ast.child(at, 'test'));
  return tests;
}

/** `a || b || c` */
function alternatives(ast: Ast, test: number): number[] {
  if (!ast.is(test, 'LogicalExpression') || ast.value(test) !== '||') return [test];
  return ['left', 'right'].flatMap((side) => alternatives(ast, ast.child(test, side)));
}

/** `x` of `x === 'text'`, or {@link none}. */
function subjectOf(ast: Ast, test: number): number {
  if (!ast.is(test, 'BinaryExpression') || !['===', '=='].includes(ast.value(test))) return none;
  const [left, right] = [ast.child(test, 'left'), ast.child(test, 'right')];
  if (ast.string(right) !== undefined) return left;
  return ast.string(left) === undefined ? none : right;
}
