import { none } from '../../engine/ast.ts';
import { isPlainRead } from '../../engine/idioms/variable-uses.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'buffer-length',
    group: 'builtin',
    summary: '`Buffer.from(s).length` → `Buffer.byteLength(s)`',
    why:
      'The whole text is encoded into new memory only to count its bytes. `Buffer.byteLength` counts them without writing them; for UTF-8, ' +
      'UTF-16, Latin-1 and ASCII both numbers are the same for every text, lone surrogates included.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A1', 'A2', 'A5'],
    complexity: { before: 'O(n) copy', after: 'O(n) count' },
    example: {
      before: 'export const size = (body: string): number => Buffer.from(body).length;\n',
      after: 'export const size = (body: string): number => Buffer.byteLength(body);\n',
    },
    stays: [
      'The value is not known to be a string: of arrays and other buffers `from` makes something else.',
      'The encoding is base64 or hex, for which `byteLength` gives an estimate, or is not written as a literal.',
      'The buffer is kept, or the length is written.',
      '`Buffer` is declared in the file, or imported from somewhere else than `node:buffer`.',
    ],
  },
  triggers: ['Buffer'],
  find(ctx) {
    const { ast, evidence, rewrite } = ctx;
    for (const node of ast.ofKind('MemberExpression')) {
      const buffer =
        ast.memberObject(node, 'length') === none
          ? ast.memberObject(node, 'byteLength')
          : ast.memberObject(node, 'length');
      const method = ast.methodCall(buffer, 'from');
      const [text = none, encoding = none, ...rest] = method?.args ?? [];
      if (method === undefined || rest.length > 0 || text === none || !isPlainRead(ast, node)) continue;
      if (!isBuffer(ctx, method.object) || !isCounted(ctx, encoding)) continue;
      const shape = evidence.shapeOf(text);
      if (shape !== undefined && shape.type !== 'string') continue;
      const isProven = evidence.is(text, 'string');
      const given = method.args.map((argument) => rewrite.argument(argument)).join(', ');
      const edit = isProven
        ? rewrite.replace(node, `${ast.source(method.object)}.byteLength(${given})`, 'call')
        : undefined;
      ctx.report({
        node,
        message: 'a text is encoded only to count its bytes; Buffer.byteLength() counts them without writing them',
        evidence: [evidence.describe(text)].filter((line) => line !== undefined),
        ...(edit === undefined
          ? { blockedBy: `${ast.excerpt(text)} is not known to be a string: annotate it` }
          : { edits: [edit] }),
      });
    }
  },
});

/** The global, or what `node:buffer` gives under that name. */
function isBuffer({ ast, scope }: RuleContext, node: number): boolean {
  if (scope.isGlobal(node, 'Buffer')) return true;
  const [declaration = none] = scope.bindingOf(node)?.declarations ?? [];
  const specifier = ast.parent(declaration);
  if (!ast.isIdentifier(node, 'Buffer') || !ast.is(specifier, 'ImportSpecifier')) return false;
  const source = ast.string(ast.child(ast.parent(specifier), 'source'));
  return ast.value(ast.child(specifier, 'imported')) === 'Buffer' && (source === 'node:buffer' || source === 'buffer');
}

const counted = /^(?:utf-?8|utf-?16le|ucs-?2|latin1|binary|ascii)$/i;

/** Encodings that `byteLength` counts exactly; without one it is UTF-8. */
function isCounted({ ast }: RuleContext, encoding: number): boolean {
  return encoding === none || counted.test(ast.string(encoding) ?? '');
}
