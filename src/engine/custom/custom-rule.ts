import { none } from '../ast.ts';
import type { Match } from '../patterns.ts';
import { defineRule } from '../rule.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { Rewriter } from '../rewriting/rewriter.ts';
import type { Tightness } from '../rewriting/tightness.ts';
import { Scope } from '../scope/scope.ts';
import type { CustomRuleData } from './custom-rule-data.ts';

/** Variables of a pattern or rewrite, lists included. */
const variables = /\$(?:\$\$)?([A-Z_][A-Z0-9_]*)/g;

/**
 * The rule that data describe. Nobody has shown that pattern and rewrite mean the same, so it is `aggressive`; what the engine vouches for is
 * that the result parses, that comments stay, and that no side effect of what a variable stands for is lost, doubled or moved.
 */
export function customRule(data: CustomRuleData): Rule {
  const { id, message, pattern, rewrite, languages } = data;
  return defineRule({
    meta: {
      ...{ id, group: 'builtin', summary: `\`${pattern}\` → \`${rewrite}\``, why: message, since: '0.1.0', languages },
      ...{ tier: 'aggressive', assumes: [], stays: [], example: { before: pattern, after: rewrite } },
      // nothing was measured and nothing is known of it
      complexity: { before: 'as written', after: 'as written' },
    },
    triggers: [longestWord(pattern)],
    find(ctx) {
      for (const match of ctx.patterns.find(pattern)) reportMatch(ctx, match, data);
    },
  });
}

function reportMatch(ctx: RuleContext, match: Match, data: CustomRuleData): void {
  const { evidence, rewrite } = ctx;
  const names = Object.keys(data.where);
  const unmet = names.find((name) => !isMet(ctx, match, name, data));
  const facts = names.map((name) => evidence.describe(match.get(name))).filter((fact) => fact !== undefined);
  const blockedBy =
    unmet === undefined ? effectProblem(ctx, match, data) : `$${unmet} is not known to be what the rule asks for`;
  const edit =
    blockedBy === undefined
      ? rewrite.replace(match.node, fill(ctx, match, data.rewrite), tightnessOf(ctx, data.rewrite))
      : undefined;
  ctx.report({
    ...{ node: match.node, message: data.message, evidence: facts },
    ...(edit === undefined ? { blockedBy: blockedBy ?? 'no expression can be put there' } : { edits: [edit] }),
  });
}

function tightnessOf({ patterns }: RuleContext, template: string): Tightness {
  const { ast, root } = patterns.example(template);
  return new Rewriter(ast, new Scope(ast)).tightnessOf(root);
}

function isMet({ evidence, purity }: RuleContext, match: Match, name: string, { where }: CustomRuleData): boolean {
  const { types, pure } = where[name] ?? {};
  const nodes = match.all(name);
  return nodes.every(
    (node) => (types === undefined || evidence.is(node, ...types)) && (pure !== true || purity.isPure(node)),
  );
}

/** A variable that is left out, repeated or moved must be one whose evaluation nobody notices. */
function effectProblem(
  { purity }: RuleContext,
  match: Match,
  { pattern, rewrite }: CustomRuleData,
): string | undefined {
  const before = namesIn(pattern);
  const after = namesIn(rewrite);
  if (before.join() === after.join()) return undefined;
  const noticed = before.find((name) => !match.all(name).every((node) => purity.isPure(node)));
  return noticed === undefined
    ? undefined
    : `evaluating $${noticed} may have an effect, and the rewrite does not keep its place`;
}

const listVariable = /(,\s*)?\$\$\$([A-Z_][A-Z0-9_]*)(\s*,)?/g;
const nodeVariable = /\$([A-Z_][A-Z0-9_]*)/g;

/** What stands for a variable is put in parentheses where its place in the template asks for them. */
function fill({ rewrite }: RuleContext, match: Match, template: string): string {
  const lists = new Map<string, string>();
  const single = template.replace(listVariable, (_whole, before: string = '', name: string, after: string = '') => {
    const items = match.all(name).map((node) => rewrite.argument(node));
    // an empty list takes one of its commas along
    if (items.length === 0) return before !== '' && after !== '' ? ', ' : '';
    const mark = `\u0000${String(lists.size)}\u0000`;
    lists.set(mark, items.join(', '));
    return before + mark + after;
  });
  const filled = single.replace(nodeVariable, (whole, name: string, at: number) => {
    const node = match.get(name);
    return node === none ? '' : rewrite.operand(node, neededIn(single, at, at + whole.length));
  });
  return [...lists].reduce((text, [mark, items]) => text.replace(mark, () => items), filled);
}

function neededIn(template: string, start: number, end: number): Tightness {
  const before = template.slice(0, start).trimEnd();
  const after = template.slice(end).trimStart();
  if (/\bnew$/.test(before)) return 'primary';
  if (/^(?:[.[(`]|\?\.)/.test(after)) return 'call';
  return /[(,[]$/.test(before) && /^[),\]]/.test(after) ? 'assignment' : 'postfix';
}

function namesIn(text: string): string[] {
  return [...text.matchAll(variables)].map(([, name]) => name ?? '');
}

/** Text that occurs in all code that the pattern can match. */
function longestWord(pattern: string): string {
  const words = pattern.replace(variables, ' ').match(/[A-Za-z_][\w]*/g) ?? [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}
