import { none } from '../../engine/ast.ts';
import { defineRule } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'map-unused',
    group: 'iteration',
    summary: '`xs.map(f);` → `xs.forEach(f);` where the result is not used',
    why:
      'An array of results is built that nobody looks at. `forEach` calls the function for the same elements with the same arguments and ' +
      'keeps nothing.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A3'],
    complexity: { before: 'O(n) and an array', after: 'O(n)' },
    example: {
      before: [
        'export function log(lines: string[]): void {',
        '  lines.map((line) => console.log(line));',
        '}',
        '',
      ].join('\n'),
      after: [
        'export function log(lines: string[]): void {',
        '  lines.forEach((line) => console.log(line));',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The result is used, returned or awaited.',
      'The receiver is not known to be an array: an Observable and other things have a `map` of their own.',
      'The call names its result type: `xs.map<string>(f)`.',
    ],
  },
  triggers: ['map'],
  find(ctx) {
    const { ast, evidence } = ctx;
    for (const statement of ast.ofKind('ExpressionStatement')) {
      const call = ast.child(statement, 'expression');
      const method = ast.methodCall(call, 'map');
      if (method === undefined || method.args.length === 0 || ast.child(call, 'typeArguments') !== none) continue;
      // a method of the class itself
      if (ast.is(method.object, 'ThisExpression', 'Super')) continue;
      const shape = evidence.shapeOf(method.object);
      if (shape !== undefined && shape.type !== 'array') continue;
      // a function of a module that takes the collection first, as in Chunk.map(chunk, f)
      if (shape === undefined && method.args.length > 1) continue;
      const name = ast.child(method.member, 'property');
      ctx.report({
        node: call,
        message: 'map() builds an array of results that is not used; forEach() builds none',
        evidence: [evidence.describe(method.object)].filter((line) => line !== undefined),
        ...(evidence.is(method.object, 'array')
          ? { edits: [{ start: ast.start(name), end: ast.end(name), text: 'forEach' }] }
          : { blockedBy: `${ast.excerpt(method.object)} is not known to be an array: annotate it` }),
      });
    }
  },
});
