import { none } from '../../engine/ast.ts';
import { plainRegExp, quoted } from '../../engine/idioms/plain-regexp.ts';
import { defineRule } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'replace-literal-regexp',
    group: 'string',
    summary: "`s.replace(/lit/, x)` → `s.replace('lit', x)`",
    why:
      'Without the g flag an expression of plain characters replaces the first place where they occur, and so does the text itself, ' +
      'without the machinery of expressions. `$&` and the like mean the same in both, and a function gets the same arguments.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2'],
    complexity: { before: 'O(n) expression', after: 'O(n) search' },
    example: {
      before: "export const compiled = (path: string): string => path.replace(/\\.ts/, '.js');\n",
      after: "export const compiled = (path: string): string => path.replace('.ts', '.js');\n",
    },
    stays: [
      'The expression has flags (with g it replaces all places), or a character with a meaning of its own.',
      'The receiver is not known to be a string: other values have a `replace` of their own.',
      'The expression is kept in a variable: it may be used in other ways.',
    ],
  },
  triggers: ['replace'],
  find(ctx) {
    const { ast, evidence } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'replace');
      const [pattern = none, replacement = none, ...rest] = method?.args ?? [];
      const plain = method === undefined ? undefined : plainRegExp(ast, pattern);
      if (method === undefined || plain === undefined || plain.isAtEnd) continue;
      if (replacement === none || rest.length > 0 || ast.is(replacement, 'SpreadElement')) continue;
      const shape = evidence.shapeOf(method.object);
      if (shape !== undefined && shape.type !== 'string') continue;
      ctx.report({
        node: call,
        message: 'the expression is plain text; replace() finds that faster as a string',
        evidence: [evidence.describe(method.object)].filter((line) => line !== undefined),
        ...(evidence.is(method.object, 'string')
          ? { edits: [{ start: ast.start(pattern), end: ast.end(pattern), text: quoted(plain.text) }] }
          : { blockedBy: `${ast.excerpt(method.object)} is not known to be a string: annotate it` }),
      });
    }
  },
});
