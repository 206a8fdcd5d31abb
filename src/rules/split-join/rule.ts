import { none } from '../../engine/ast.ts';
import { defineRule } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'split-join',
    group: 'string',
    summary: "`s.split('a').join('b')` → `s.replaceAll('a', 'b')`",
    why:
      'The text is cut into an array of parts that is put together again. `replaceAll` writes the result at once; both go from left to right ' +
      'and do not look at what they have put in.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A3'],
    complexity: { before: 'O(n) and an array', after: 'O(n)' },
    example: {
      before: "export const toUnix = (path: string): string => path.split('\\\\').join('/');\n",
      after: "export const toUnix = (path: string): string => path.replaceAll('\\\\', '/');\n",
    },
    stays: [
      'The text is not known to be a string.',
      'What is put in is no literal, or has a `$`, which `replaceAll` reads as a sign of its own.',
      'What is taken out is empty, no literal, or a regular expression.',
      'The parts are limited, or something is done with them in between.',
    ],
  },
  triggers: ['split'],
  find(ctx) {
    const { ast, evidence } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const join = ast.methodCall(call, 'join');
      const split = ast.methodCall(join?.object ?? none, 'split');
      const [wanted = none, ...others] = split?.args ?? [];
      const [replacement = none, ...rest] = join?.args ?? [];
      if (join === undefined || split === undefined || others.length > 0 || rest.length > 0) continue;
      if ((ast.string(wanted) ?? '') === '' || (ast.string(replacement)?.includes('$') ?? true)) continue;
      const shape = evidence.shapeOf(split.object);
      if (shape !== undefined && shape.type !== 'string') continue;
      const name = ast.child(split.member, 'property');
      ctx.report({
        node: call,
        message: 'the text is cut into parts and put together again; replaceAll() does it at once',
        evidence: [evidence.describe(split.object)].filter((line) => line !== undefined),
        ...(evidence.is(split.object, 'string')
          ? {
              edits: [
                { start: ast.start(name), end: ast.end(name), text: 'replaceAll' },
                { start: ast.end(wanted), end: ast.start(replacement), text: ', ' },
              ],
            }
          : { blockedBy: `${ast.excerpt(split.object)} is not known to be a string: annotate it` }),
      });
    }
  },
});
