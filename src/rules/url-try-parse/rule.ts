import { type Ast, none } from '../../engine/ast.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'url-try-parse',
    group: 'builtin',
    summary: '`try { new URL(x); return true; } catch { return false; }` → `return URL.canParse(x);`',
    why:
      'For a text that is no URL an error is made, with its stack, thrown and thrown away. `URL.canParse` runs the same parser and ' +
      'answers with a boolean (WHATWG URL, 6.1). TypeScript knows it from the libraries of 2023 on.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A5'],
    complexity: { before: 'an error for each bad text', after: 'a boolean' },
    nodeMajors: { from: 20 },
    example: {
      before: [
        'export function isUrl(text: string): boolean {',
        '  try {',
        '    new URL(text);',
        '    return true;',
        '  } catch {',
        '    return false;',
        '  }',
        '}',
        '',
      ].join('\n'),
      after: ['export function isUrl(text: string): boolean {', '  return URL.canParse(text);', '}', ''].join('\n'),
    },
    stays: [
      'The argument is not known to be a string: a Symbol makes `canParse` throw, too.',
      'Computing the argument might throw: inside the `try` that means false.',
      'The block does more than construct the URL, or the URL is kept.',
      'The error is looked at, or there is a `finally`.',
      '`URL` is declared or imported in the file.',
    ],
  },
  triggers: ['URL'],
  find(ctx) {
    const { ast, evidence, purity, rewrite } = ctx;
    for (const node of ast.ofKind('TryStatement')) {
      const url = triedUrl(ctx, node);
      if (url === none) continue;
      const args = ast.list(url, 'arguments');
      const unknown = args.find((argument) => !evidence.is(argument, 'string'));
      const throwing = args.find((argument) => !purity.isNonThrowing(argument));
      const given = args.map((argument) => rewrite.argument(argument)).join(', ');
      const blockedBy =
        unknown === undefined
          ? throwing === undefined
            ? undefined
            : `computing ${ast.excerpt(throwing)} may throw: do that before the try`
          : `${ast.excerpt(unknown)} is not known to be a string: annotate it`;
      ctx.report({
        node,
        message: 'a URL is made in a try only to learn whether it can be; URL.canParse() answers without an error',
        evidence: args.map((argument) => evidence.describe(argument)).filter((line) => line !== undefined),
        ...(blockedBy === undefined
          ? {
              edits: [
                {
                  start: ast.start(node),
                  end: ast.end(node),
                  text: `return URL.canParse(${given})${rewrite.semicolon}`,
                },
              ],
            }
          : { blockedBy }),
      });
    }
  },
});

/** `new URL(…)` of a try that answers true, and false when it throws; `none` for any other. */
function triedUrl({ ast, scope }: RuleContext, node: number): number {
  const handler = ast.child(node, 'handler');
  if (ast.child(node, 'finalizer') !== none || ast.child(handler, 'param') !== none) return none;
  const [made = none, answered = none, ...more] = ast.list(ast.child(node, 'block'), 'body');
  const [failed = none, ...others] = ast.list(ast.child(handler, 'body'), 'body');
  if (more.length > 0 || others.length > 0 || !returns(ast, answered, 'true') || !returns(ast, failed, 'false'))
    return none;
  const url = ast.is(made, 'ExpressionStatement') ? ast.child(made, 'expression') : none;
  const args = ast.list(url, 'arguments');
  const isUrl = ast.is(url, 'NewExpression') && scope.isGlobal(ast.child(url, 'callee'), 'URL');
  return isUrl && args.length >= 1 && args.length <= 2 ? url : none;
}

function returns(ast: Ast, statement: number, value: string): boolean {
  const argument = ast.child(statement, 'argument');
  return ast.is(statement, 'ReturnStatement') && ast.is(argument, 'BooleanLiteral') && ast.source(argument) === value;
}
