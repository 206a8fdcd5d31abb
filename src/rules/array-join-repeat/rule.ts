import { none } from '../../engine/ast.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'array-join-repeat',
    group: 'string',
    summary: '`new Array(n + 1).join(s)` → `s.repeat(n)`',
    why: 'An array of holes is made only for the gaps between them. `repeat` writes the text so many times at once.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A1', 'A2', 'A5'],
    complexity: { before: 'O(n) holes', after: 'O(log n) concatenations' },
    example: {
      before: [
        'export function indent(level: string[]): string {',
        "  return new Array(level.length + 1).join('  ');",
        '}',
        '',
      ].join('\n'),
      after: ['export function indent(level: string[]): string {', "  return '  '.repeat(level.length);", '}', ''].join(
        '\n',
      ),
    },
    stays: [
      'The number is not certainly a whole number from 0 on: with -1 the array is empty, where `repeat` throws.',
      'What is repeated is not known to be a string.',
      'The array has elements, or is filled.',
    ],
  },
  triggers: ['join'],
  find(ctx) {
    const { ast, evidence, purity, rewrite } = ctx;
    for (const call of ast.ofKind('CallExpression')) {
      const method = ast.methodCall(call, 'join');
      const [text = none, ...rest] = method?.args ?? [];
      const count = method === undefined ? undefined : gapsOf(ctx, method.object);
      if (count === undefined || text === none || rest.length > 0) continue;
      const missing = !count.isCertain
        ? `${ast.excerpt(count.node)} is not certainly a whole number from 0 on`
        : evidence.is(text, 'string') && purity.isPure(text)
          ? undefined
          : `${ast.excerpt(text)} is not known to be a string: annotate it`;
      const source = `${rewrite.operand(text, 'call')}.repeat(${count.source})`;
      const edit = missing === undefined ? rewrite.replace(call, source, 'call') : undefined;
      ctx.report({
        node: call,
        message: 'an array of holes is made for the gaps between them; repeat() writes the text so often',
        evidence: [evidence.describe(text)].filter((line) => line !== undefined),
        ...(edit === undefined
          ? { blockedBy: missing ?? 'the code around it leaves no room for the rewrite' }
          : { edits: [edit] }),
      });
    }
  },
});

/** How many gaps `Array(n + 1)` has: `n`. */
interface Gaps {
  readonly node: number;
  readonly source: string;
  /** A whole number, not below 0. */
  readonly isCertain: boolean;
}

function gapsOf({ ast, scope, evidence, rewrite }: RuleContext, array: number): Gaps | undefined {
  const isMade = ast.is(array, 'NewExpression') || (ast.is(array, 'CallExpression') && !ast.has(array, 'optional'));
  const [length = none, ...others] = ast.list(array, 'arguments');
  if (!isMade || others.length > 0 || !scope.isGlobal(ast.child(array, 'callee'), 'Array')) return undefined;
  const literal = ast.number(length);
  if (literal !== undefined)
    return Number.isInteger(literal) && literal > 0 && literal < 2 ** 32
      ? { node: length, source: String(literal - 1), isCertain: true }
      : undefined;
  if (!ast.is(length, 'BinaryExpression') || ast.value(length) !== '+') return undefined;
  const [left, right] = [ast.child(length, 'left'), ast.child(length, 'right')];
  const count = ast.number(right) === 1 ? left : ast.number(left) === 1 ? right : none;
  return count === none
    ? undefined
    : { node: count, source: rewrite.argument(count), isCertain: isLength({ ast, evidence }, count) };
}

/** `xs.length` of something whose length is a whole number from 0 on. */
function isLength({ ast, evidence }: Pick<RuleContext, 'ast' | 'evidence'>, node: number): boolean {
  return evidence.is(ast.memberObject(node, 'length'), 'array', 'string', 'typed-array');
}
