import { textLength } from '../../engine/analysis/text-length.ts';
import { none } from '../../engine/ast.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'index-of-zero',
    group: 'string',
    summary: '`s.indexOf(x) === 0` → `s.startsWith(x)`',
    why:
      'Where the text does not begin with `x`, `indexOf` goes on to the end of it, for an answer that is thrown away. `startsWith` ' +
      'compares the beginning only.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A3'],
    complexity: { before: 'O(length of the text)', after: 'O(length of the beginning)' },
    example: {
      before: "export const isHidden = (name: string): boolean => name.indexOf('.') === 0;\n",
      after: "export const isHidden = (name: string): boolean => name.startsWith('.');\n",
    },
    stays: [
      'The receiver is not known to be a string: for an array it means the first element.',
      'What is looked for is not known to be a string: `startsWith` throws for a regular expression.',
      'The search begins elsewhere, or the position is compared with something else than 0.',
    ],
  },
  triggers: ['indexOf'],
  find(ctx) {
    const { ast, evidence, rewrite } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'indexOf');
      const [wanted = none, ...rest] = method?.args ?? [];
      const test = method === undefined || rest.length > 0 ? undefined : zeroTest(ctx, call);
      if (method === undefined || test === undefined || wanted === none) continue;
      const shape = evidence.shapeOf(method.object);
      if (shape !== undefined && shape.type !== 'string') continue;
      const unknown = [method.object, wanted].find((node) => !evidence.is(node, 'string'));
      const property = ast.child(method.member, 'property');
      const source = `${ast.text.slice(ast.start(call), ast.start(property))}startsWith${ast.text.slice(ast.end(property), ast.end(call))}`;
      const edit =
        unknown === undefined
          ? rewrite.replace(test.node, test.isFirst ? source : `!${source}`, test.isFirst ? 'call' : 'unary')
          : undefined;
      ctx.report({
        node: test.node,
        message: `the whole text is searched to see whether it begins with ${ast.excerpt(wanted)}; startsWith() looks there only`,
        ...(textLength(ctx, method.object) === 'long'
          ? {}
          : { doubt: 'nothing says that the texts are long, and a short one is searched as fast as its beginning' }),
        evidence: [method.object, wanted].map((node) => evidence.describe(node)).filter((line) => line !== undefined),
        ...(edit === undefined
          ? {
              blockedBy:
                unknown === undefined ? noRoom : `${ast.excerpt(unknown)} is not known to be a string: annotate it`,
            }
          : { edits: [edit] }),
      });
    }
  },
});

const noRoom = 'the code around it leaves no room for the rewrite';

/** A comparison of the position with 0, and whether it is true for 0. */
function zeroTest(
  { ast }: RuleContext,
  call: number,
): { readonly node: number; readonly isFirst: boolean } | undefined {
  const parent = ast.parent(call);
  if (!ast.is(parent, 'BinaryExpression') || !['===', '==', '!==', '!='].includes(ast.value(parent))) return undefined;
  const other = ast.child(parent, ast.field(call) === 'left' ? 'right' : 'left');
  return ast.number(other) === 0 ? { node: parent, isFirst: !ast.value(parent).startsWith('!') } : undefined;
}
