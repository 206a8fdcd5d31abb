import { none } from '../../engine/ast.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

// A whole small rule to start from: replace what it finds, its words, its fixtures and its two proofs by yours.
export default defineRule({
  meta: {
    id: 'RULE_ID',
    group: 'copy-accumulate',
    summary: '`[...xs].length` → `xs.length`',
    why: 'The spread copies every element into an array of which only the length is read. An array has that length already.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A1', 'A2', 'A3'],
    complexity: { before: 'O(n) copy', after: 'O(1)' },
    example: {
      before: 'export const count = (items: string[]): number => [...items].length;\n',
      after: 'export const count = (items: string[]): number => items.length;\n',
    },
    stays: [
      'The value is not known to be an array: a string spreads into code points, of which there may be fewer than its length.',
      'The array has other elements: `[...xs, x].length`.',
      'The length is written: that is done to the copy.',
    ],
  },
  triggers: ['length'],
  find(ctx) {
    const { ast, evidence, rewrite } = ctx;
    for (const node of ast.ofKind('MemberExpression')) {
      const holder = spreadAlone(ctx, ast.memberObject(node, 'length'));
      if (holder === none || isWritten(ctx, node) || evidence.is(holder, 'string')) continue;
      const isProven = evidence.is(holder, 'array');
      const edit = isProven ? rewrite.replace(node, `${rewrite.operand(holder, 'call')}.length`, 'call') : undefined;
      ctx.report({
        node,
        message: 'an array is copied to read its length; the original has the same',
        evidence: [evidence.describe(holder)].filter((line) => line !== undefined),
        ...(edit === undefined
          ? { blockedBy: `${ast.source(holder)} is not known to be an array: annotate it` }
          : { edits: [edit] }),
      });
    }
  },
});

/** `xs` of `[...xs]`, or `none`. */
function spreadAlone({ ast }: RuleContext, array: number): number {
  const [element, ...others] = ast.list(array, 'elements');
  if (!ast.is(array, 'ArrayExpression') || element === undefined || others.length > 0) return none;
  return ast.is(element, 'SpreadElement') ? ast.child(element, 'argument') : none;
}

/** Writing or deleting the length of a copy leaves the original alone. */
function isWritten({ ast }: RuleContext, node: number): boolean {
  const parent = ast.parent(node);
  if (ast.is(parent, 'UnaryExpression')) return ast.value(parent) === 'delete';
  return ast.is(parent, 'UpdateExpression') || (ast.is(parent, 'AssignmentExpression') && ast.field(node) === 'left');
}
