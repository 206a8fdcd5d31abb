import { none } from '../../engine/ast.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'test-literal-regexp',
    group: 'string',
    summary: "`/lit/.test(s)` → `s.includes('lit')`; `/lit$/.test(s)` → `s.endsWith('lit')`",
    why:
      'The expression has nothing but plain characters, so a search for the text itself answers the same, without the machinery of ' +
      'expressions; for the end of a text nothing need be searched at all.',
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
      const plain = method === undefined ? undefined : plainText(ctx, method.object);
      if (plain === undefined || text === none || rest.length > 0) continue;
      const shape = evidence.shapeOf(text);
      if (shape !== undefined && shape.type !== 'string') continue;
      const isProven = evidence.is(text, 'string');
      const rewritten = `${rewrite.operand(text, 'call')}.${plain.method}(${quoted(plain.text)})`;
      const edit = isProven ? rewrite.replace(call, rewritten, 'call') : undefined;
      ctx.report({
        node: call,
        message: `the expression is plain text; ${plain.method}() looks for that`,
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

/** The text that an expression without flags stands for, and how it is looked for. */
function plainText(
  { ast }: RuleContext,
  expression: number,
): { readonly text: string; readonly method: 'includes' | 'endsWith' } | undefined {
  if (!ast.is(expression, 'RegExpLiteral')) return undefined;
  const [, source = ''] = /^\/(.*)\/$/s.exec(ast.source(expression)) ?? [];
  // letters and digits behind a backslash are classes or characters of another name
  const [, characters = '', end = ''] = /^((?:[^\\^$.*+?()[\]{}|]|\\[^A-Za-z0-9\s])+)(\$?)$/.exec(source) ?? [];
  const text = characters.replace(/\\(.)/g, '$1');
  return text === '' ? undefined : { text, method: end === '' ? 'includes' : 'endsWith' };
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + text.replace(/[\\]/g, '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}
