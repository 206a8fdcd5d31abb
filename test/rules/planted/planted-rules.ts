import type { Edit } from '../../../src/engine/edit.ts';
import { defineRule, type Rule, type RuleContext, type RuleFinding, type RuleMeta } from '../../../src/engine/rule.ts';

/** Rules with one fault each: the harness must see it. */
function plant(
  id: string,
  trigger: string,
  find: (ctx: RuleContext) => readonly RuleFinding[],
  meta: Partial<RuleMeta> = {},
): Rule {
  return defineRule({
    meta: {
      id,
      group: 'builtin',
      summary: 'Planted.',
      why: 'To be caught.',
      since: '0.1.0',
      languages: ['typescript'],
      tier: 'safe',
      assumes: [],
      complexity: { before: 'O(n)', after: 'O(n)' },
      example: { before: 'a', after: 'b' },
      stays: ['Never.'],
      ...meta,
    },
    triggers: [trigger],
    find: (ctx) => {
      for (const finding of find(ctx)) ctx.report(finding);
    },
  });
}

/** A rule that replaces the whole of every match of a pattern by a text; `$A` and `$B` stand for what they matched. */
export function plantPattern(id: string, pattern: string, replacement: string, meta: Partial<RuleMeta> = {}): Rule {
  const find = ({ ast, patterns }: RuleContext): RuleFinding[] =>
    patterns.find(pattern).map((match) => {
      const text = replacement.replace(/\$([A-Z])/g, (_, name: string) => ast.source(match.get(name)));
      return {
        node: match.node,
        message: 'Planted.',
        edits: [{ start: ast.start(match.node), end: ast.end(match.node), text }],
      };
    });
  const trigger = /[a-z]{3,}/i.exec(pattern)?.[0] ?? pattern;
  return plant(id, trigger, find, meta);
}

/** Popular, and wrong for NaN and holes. */
export const indexOfToIncludes = plantPattern('planted-includes', '$A.indexOf($B) !== -1', '$A.includes($B)');

export const dropsComment = plantPattern('planted-comment', 'compute($A)', 'computed($A)');

export const growsForEver = plantPattern('planted-growth', 'grow($A)', 'grow(grow($A))');

export const breaksSyntax = plantPattern('planted-syntax', 'broken($A)', 'broken($A');

export const exceedsItsTier = plant('planted-tier', 'risky', ({ ast, patterns }) =>
  patterns.find('risky()').map(({ node }) => ({
    node,
    message: 'Planted.',
    tier: 'aggressive',
    edits: [{ start: ast.start(node), end: ast.end(node), text: 'calm()' }],
  })),
);

let calls = 0;

export const isNotPure = plant('planted-state', 'count', ({ patterns }) => {
  calls += 1;
  return patterns.find('count()').map(({ node }) => ({ node, message: `Call ${calls}.`, blockedBy: 'nothing' }));
});

export const throwsAlways = plant('planted-throw', 'anything', () => {
  throw new TypeError('planted');
});

export const rewritesBefore: readonly Rule[] = orderDependent();

/** Two rules of which the one that looks first wins. */
function orderDependent(): Rule[] {
  let first = '';
  const racer = (id: string, edit: (node: Edit) => Edit): Rule =>
    plant(id, 'race', ({ ast, patterns }) => {
      const [match] = patterns.find('race()');
      if (match === undefined) {
        first = '';
        return [];
      }
      if (first === '') first = id;
      if (first !== id) return [];
      const range = { start: ast.start(match.node), end: ast.end(match.node), text: `${id.replaceAll('-', '_')}_race` };
      return [{ node: match.node, message: 'Planted.', edits: [edit(range)] }];
    });
  return [racer('planted-a', (edit) => edit), racer('planted-b', (edit) => edit)];
}
