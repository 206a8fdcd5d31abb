import { textLength } from '../../engine/analysis/text-length.ts';
import { type Ast, none } from '../../engine/ast.ts';
import { elementRead } from '../../engine/idioms/element-read.ts';
import { defineRule } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'split-pop',
    group: 'early-exit',
    summary: "`s.split('.').pop()` → `s.slice(s.lastIndexOf('.') + 1)`",
    why:
      'The whole text is cut into parts, of which only the last is looked at. What comes behind the last separator is that part; without ' +
      'a separator `lastIndexOf` gives -1, and the part is the whole text.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A1', 'A2', 'A3'],
    complexity: { before: 'O(length) parts', after: 'one search from the end' },
    example: {
      before: "export const extensionOf = (path: string): string | undefined => path.split('.').pop();\n",
      after:
        "export const extensionOf = (path: string): string | undefined => path.slice(path.lastIndexOf('.') + 1);\n",
    },
    stays: [
      'The text is not known to be a string.',
      'The text is computed: it would be computed twice.',
      'The separator is longer than one character, empty, or no literal: what comes behind it begins elsewhere.',
      'Another part than the last is taken, or the list is kept.',
    ],
  },
  triggers: ['split'],
  find(ctx) {
    const { ast, evidence, rewrite } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'split');
      const [separator = none, ...rest] = method?.args ?? [];
      if (method === undefined || rest.length > 0 || ast.string(separator)?.length !== 1) continue;
      const place = ast.parent(ast.parent(call));
      const read = ast.is(ast.parent(call), 'MemberExpression') ? elementRead(ast, place) : undefined;
      if (read?.object !== call || read.index !== -1) continue;
      const text = method.object;
      const shape = evidence.shapeOf(text);
      if (shape !== undefined && shape.type !== 'string') continue;
      const blockedBy = !evidence.is(text, 'string')
        ? `${ast.excerpt(text)} is not known to be a string: annotate it`
        : isPath(ast, text)
          ? undefined
          : `${ast.excerpt(text)} would be computed twice: put it into a const`;
      const name = rewrite.operand(text, 'call');
      const source = `${name}.slice(${name}.lastIndexOf(${ast.source(separator)}) + 1)`;
      const edit = blockedBy === undefined ? rewrite.replace(place, source, 'call') : undefined;
      ctx.report({
        node: place,
        message: 'the whole text is split, but only the last part is looked at; lastIndexOf() finds where it begins',
        ...(/[\n\t,;|]/.test(ast.string(separator) ?? '') && textLength(ctx, text) !== 'short'
          ? {}
          : { doubt: 'a name, a path, an address or a sentence has few parts; nothing says that these are more' }),
        evidence: [evidence.describe(text)].filter((line) => line !== undefined),
        ...(edit === undefined
          ? { blockedBy: blockedBy ?? 'the code around it leaves no room for the rewrite' }
          : { edits: [edit] }),
      });
    }
  },
});

/** A variable, or properties of one: written twice, it is read twice. */
function isPath(ast: Ast, node: number): boolean {
  let at = node;
  while (ast.is(at, 'MemberExpression') && !ast.has(at, 'computed') && !ast.has(at, 'optional'))
    at = ast.child(at, 'object');
  return ast.is(at, 'Identifier', 'ThisExpression') && !ast.isInChain(node);
}
