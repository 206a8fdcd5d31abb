import { none } from '../../engine/ast.ts';
import { holdLazily } from '../../engine/rewriting/hoist-edits.ts';
import { hoistingPlace } from '../../engine/rewriting/hoisting-place.ts';
import { defineRule } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'hoist-codec',
    group: 'loop-invariant',
    summary: '`new TextDecoder().decode(bytes)` in a loop or a callback → one decoder for all rounds',
    why:
      'A decoder is an object outside of the JavaScript heap that costs more than a short text. Without `stream: true` it begins anew with each ' +
      'call, so one serves for all. It is made when it is first needed: an unknown encoding throws where it did before.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A5'],
    complexity: { before: 'n decoders', after: '1 decoder' },
    example: {
      before: [
        'export function texts(chunks: Uint8Array[]): string[] {',
        "  return chunks.map((chunk) => new TextDecoder('utf-8', { fatal: true }).decode(chunk));",
        '}',
        '',
      ].join('\n'),
      after: [
        'export function texts(chunks: Uint8Array[]): string[] {',
        '  let decoder: TextDecoder | undefined;',
        "  return chunks.map((chunk) => (decoder ??= new TextDecoder('utf-8', { fatal: true })).decode(chunk));",
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'It is decoded with options (`stream: true`): such a decoder keeps the rest of a character.',
      'The decoder is kept, passed on, or used for more than one call of `decode`.',
      'Its arguments are no literals.',
      'No loop or iterating callback is around it, or there is no room for a variable outside of it.',
      '`TextEncoder`: making one costs next to nothing.',
    ],
  },
  triggers: ['TextDecoder'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const node of ast.ofKind('NewExpression')) {
      if (!scope.isGlobal(ast.child(node, 'callee'), 'TextDecoder')) continue;
      const use = ast.methodCall(ast.parent(ast.parent(node)), 'decode');
      const place =
        use?.object === node && use.args.length <= 1
          ? hoistingPlace(ctx, node, ast.list(node, 'arguments'))
          : undefined;
      if (place?.invariance.kind !== 'literal') continue;
      const edits =
        place.statement === none
          ? undefined
          : holdLazily(ctx, [node], { wish: 'decoder', type: 'TextDecoder', statement: place.statement });
      ctx.report({
        node,
        message: 'a TextDecoder is made for every round; one does for all',
        evidence: ['its arguments are literals', 'it decodes whole texts, and keeps nothing between them'],
        ...(edits === undefined
          ? {
              blockedBy:
                'there is no room for a variable outside of the loop: give the function or the loop around it braces',
            }
          : { edits }),
      });
    }
  },
});
