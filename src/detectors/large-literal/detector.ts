import { type Ast, none } from '../../engine/ast.ts';
import { defineDetector } from '../../engine/analysis/detector.ts';

/** Built anew in a call, so many values cost microseconds each time. */
const manyValues = 200;

export default defineDetector({
  meta: {
    id: 'large-literal',
    group: 'waste',
    summary: 'a function builds the same large array or object anew in each call',
    why:
      'V8 copies all of the constant values each time the function runs. Outside of the function it is built once. booster does not move it: ' +
      'somebody may change the copy.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'O(size) a call', after: 'O(1) a call' },
    remedy: 'move it out of the function, and freeze it if it is handed on',
    example: {
      slow: `export function word(n: number) {\n  const words = [${Array.from({ length: manyValues }, (_, index) => `'w${String(index)}'`).join(', ')}];\n  return words[n];\n}\n`,
      better: `const words = [${Array.from({ length: manyValues }, (_, index) => `'w${String(index)}'`).join(', ')}];\nexport function word(n: number) {\n  return words[n];\n}\n`,
    },
    quiet: [
      'It stands at the top of a module, or in a function that is called where it stands.',
      'It holds anything but constants, or fewer than 200 of them.',
    ],
  },
  triggers: [','],
  find(ctx) {
    const { ast } = ctx;
    for (const node of [...ast.ofKind('ArrayExpression'), ...ast.ofKind('ObjectExpression')]) {
      // most are small: their rows tell without a look
      if (ast.last(node) - node < manyValues || !isOutermost(ast, node)) continue;
      const fn = ast.enclosingFunction(node);
      if (fn === none || isCalledInPlace(ast, fn) || !isConstant(ast, node)) continue;
      const count = constants(ast, node);
      if (count < manyValues) continue;
      ctx.report({
        node,
        end: ast.start(node) + 1,
        message: `${String(count)} constant values are copied in each call of the function`,
        confidence: 'possible',
        confidenceReason: 'the copy is certain; how often the function runs is not known',
        evidence: ['all of its values are constants', 'it stands in a function'],
      });
    }
  },
});

function isOutermost(ast: Ast, node: number): boolean {
  return !ast.is(ast.parent(node), 'ArrayExpression', 'ObjectExpression', 'Property');
}

function isCalledInPlace(ast: Ast, fn: number): boolean {
  return ast.field(fn) === 'callee';
}

const constantKinds = new Set([
  'ArrayExpression',
  'ObjectExpression',
  'Property',
  'Hole',
  'UnaryExpression',
  'Identifier',
]);

function isConstant(ast: Ast, node: number): boolean {
  for (let at = node; at <= ast.last(node); at += 1) {
    const kind = ast.kind(at);
    if (kind === 'Identifier' ? ast.field(at) !== 'key' : !constantKinds.has(kind) && !isLiteral(kind)) return false;
  }
  return true;
}

function isLiteral(kind: string): boolean {
  return kind.endsWith('Literal') && kind !== 'TemplateLiteral' && kind !== 'RegExpLiteral';
}

function constants(ast: Ast, node: number): number {
  let count = 0;
  for (let at = node; at <= ast.last(node); at += 1) if (isLiteral(ast.kind(at)) && ast.field(at) !== 'key') count += 1;
  return count;
}
