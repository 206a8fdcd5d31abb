import { none } from '../../engine/ast.ts';
import { plainRegExp, quoted } from '../../engine/idioms/plain-regexp.ts';
import { defineRule } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'test-literal-regexp',
    group: 'string',
    summary: "`/lit/.test(s)` → `s.includes('lit')`; `/lit$/.test(s)` → `s.endsWith('lit')`",
    why:
      'The expression has nothing but plain characters, so a search for the text itself answers the same, without the machinery of ' +
      'expressions; for the end of a text nothing need be searched at all. Inside a long text both searches take about as long.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A3'],
    complexity: { before: 'O(n) expression', after: 'O(n) search, O(1) at the end' },
    example: {
      before: 'export const isSource = (path: string): boolean => /\\.ts$/.test(path);\n',
      after: "export const isSource = (path: string): boolean => path.endsWith('.ts');\n",
    },
    stays: [
      'The argument is not known to be a string: `test` makes one of anything.',
      'The expression has flags, or a character with a meaning of its own.',
      '`/^lit/`: `startsWith` gains nothing on Node 20.',
      'The expression is kept in a variable: it may be used in other ways.',
    ],
  },
  triggers: ['test'],
  find(ctx) {
    const { ast, evidence, rewrite } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'test');
      const [text = none, ...rest] = method?.args ?? [];
      const plain = method === undefined ? undefined : plainRegExp(ast, method.object);
      if (plain === undefined || text === none || rest.length > 0) continue;
      const wanted = plain.isAtEnd ? 'endsWith' : 'includes';
      const shape = evidence.shapeOf(text);
      if (shape !== undefined && shape.type !== 'string') continue;
      const isProven = evidence.is(text, 'string');
      const rewritten = `${rewrite.operand(text, 'call')}.${wanted}(${quoted(plain.text)})`;
      const edit = isProven ? rewrite.replace(call, rewritten, 'call') : undefined;
      ctx.report({
        node: call,
        message: `the expression is plain text; ${wanted}() looks for that`,
        evidence: [evidence.describe(text)].filter((line) => line !== undefined),
        ...(edit === undefined
          ? {
              blockedBy: isProven
                ? 'the code around it leaves no room for the rewrite'
                : `${ast.excerpt(text)} is not known to be a string: annotate it`,
            }
          : { edits: [edit] }),
      });
    }
  },
});
