import { type Ast, none } from '../../engine/ast.ts';
import { holdLazily } from '../../engine/rewriting/hoist-edits.ts';
import { type HoistingPlace, hoistingPlace } from '../../engine/rewriting/hoisting-place.ts';
import { type Invariance, invarianceEvidence, opaqueObstacle } from '../../engine/purity/invariance.ts';
import { calledFunction, isCalledOften, repeatedRegion } from '../../engine/idioms/repeated-region.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { literalText } from './literal-text.ts';
import { type RegExpUse, regExpUse } from './regexp-use.ts';

export default defineRule({
  meta: {
    id: 'hoist-regexp',
    group: 'loop-invariant',
    summary: "`new RegExp('^a')` → `/^a/`; `new RegExp(word)` in a loop → made once",
    why:
      'The constructor looks up or compiles its pattern each time it runs; a literal is compiled with the code around it and each evaluation ' +
      'only makes a new object, exactly as the constructor does. A pattern from variables that stay the same is made in the ' +
      'first round that needs it, so that a wrong pattern still throws there, and only if no round could see the state of another ' +
      '(`lastIndex`) or keep the object.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A2', 'A5'],
    complexity: { before: 'n look-ups of the pattern', after: '1' },
    example: {
      before: [
        'export function countMentions(lines: string[], word: string): number {',
        '  let count = 0;',
        '  for (const line of lines) {',
        "    if (new RegExp('^\\\\s*#').test(line)) continue;",
        "    if (new RegExp(`\\\\b${word}\\\\b`, 'i').test(line)) count += 1;",
        '  }',
        '  return count;',
        '}',
        '',
      ].join('\n'),
      after: [
        'export function countMentions(lines: string[], word: string): number {',
        '  let count = 0;',
        '  let pattern: RegExp | undefined;',
        '  for (const line of lines) {',
        '    if (/^\\s*#/.test(line)) continue;',
        "    if ((pattern ??= new RegExp(`\\\\b${word}\\\\b`, 'i')).test(line)) count += 1;",
        '  }',
        '  return count;',
        '}',
        '',
      ].join('\n'),
    },
    stays: [
      'The pattern depends on a variable of the loop, or on one that is written while the loop runs.',
      'The pattern comes from a call or a property (`words.join("|")`, `this.prefix`): it may give something else in the next round.',
      'The expression has the flag g or y and is asked with `test` or `exec`: `lastIndex` would go from one round to the next.',
      'The expression is stored, returned, passed to unknown code, or more than its matching is used.',
      'The constant pattern is not valid (it throws where it stands), or holds characters that can’t be seen in a literal.',
      'The constant pattern stands in a `try`, or needs syntax that not every browser has (look-behind, the flags d and v): as a literal it would break the whole file there.',
      'It is made once anyway: at the top of a module, in a constructor, in the wrapper of a bundle, or in a function that keeps it for others.',
    ],
    breakEven: 2,
    breakEvenOf: 'rounds',
  },
  triggers: ['RegExp'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const node of [...ast.ofKind('NewExpression'), ...ast.ofKind('CallExpression')]) {
      if (ast.has(node, 'optional') || !scope.isGlobal(ast.child(node, 'callee'), 'RegExp')) continue;
      const args = ast.list(node, 'arguments');
      const runsOften =
        repeatedRegion(ast, node) !== none || (isCalledOften(ast, calledFunction(ast, node)) && !isSetUp(ctx, node));
      if (!runsOften || args.length === 0 || args.length > 2) continue;
      const texts = args.map((argument) => ast.string(argument));
      if (texts.every((text) => text !== undefined)) reportConstant(ctx, node, texts);
      else if (ast.is(node, 'NewExpression')) reportInvariant(ctx, node, args);
    }
  },
});

function reportConstant(ctx: RuleContext, node: number, [pattern = '', flags = '']: readonly string[]): void {
  const { ast, rewrite } = ctx;
  const literal = literalText(pattern, flags, ast.tree.language);
  // an invalid pattern throws when it is reached; as a literal it would be a syntax error of the whole file
  if (literal === undefined || isTried(ast, node)) return;
  // `x/new RegExp('a')` must not become a comment
  const isAfterSlash = ast.text[ast.start(node) - 1] === '/';
  const edit = rewrite.replace(node, isAfterSlash ? ` ${literal}` : literal, 'primary');
  ctx.report({
    node,
    message: `${ast.excerpt(node)} looks its pattern up each time; a literal is compiled with the code`,
    tier: 'safe',
    evidence: ['the pattern and the flags are literals, and valid'],
    complexity: { before: 'n look-ups of the pattern', after: 'n new objects' },
    ...(edit === undefined ? { blockedBy: noRoom } : { edits: [edit] }),
  });
}

function reportInvariant(ctx: RuleContext, node: number, args: readonly number[]): void {
  const { ast } = ctx;
  const place = hoistingPlace(ctx, node, args);
  const use = place === undefined ? undefined : regExpUse(ctx, node);
  if (place === undefined || use === undefined) return;
  const { invariance, statement } = place;
  const blockedBy = obstacle(ast, args, place, use);
  const edits =
    blockedBy === undefined ? holdLazily(ctx, [node], { wish: 'pattern', type: 'RegExp', statement }) : undefined;
  const bindings = 'bindings' in invariance ? invariance.bindings : [];
  ctx.report({
    node,
    message: `${ast.excerpt(node)} is made anew in every round from the same pattern`,
    tier: invariance.kind === 'constant' && use.assumedTexts.length === 0 ? 'safe' : 'balanced',
    evidence: evidenceLines(ctx, args, invariance, use),
    relies: use.binding === undefined ? bindings : [...bindings, use.binding],
    ...(edits === undefined ? { blockedBy: blockedBy ?? noRoom } : { edits }),
  });
}

/** Kept outside of the function, or for its closures: the function sets something up, and will hardly run often. */
function isSetUp({ ast, scope }: RuleContext, node: number): boolean {
  const parent = ast.parent(node);
  if (ast.is(parent, 'AssignmentExpression')) {
    const target = scope.bindingOf(ast.child(parent, 'left'));
    return target?.fn !== ast.enclosingFunction(node);
  }
  const kept = ast.is(parent, 'VariableDeclarator') ? scope.bindingOf(ast.child(parent, 'id')) : undefined;
  return kept !== undefined && scope.isCaptured(kept);
}

/** `try { new RegExp('(?<=a)') } catch` asks whether this engine knows the syntax; as a literal it would break the whole file where it does not. */
function isTried(ast: Ast, node: number): boolean {
  for (let at = node; at >= 0; at = ast.parent(at)) if (ast.is(at, 'TryStatement')) return true;
  return false;
}

const noRoom = 'the code around it leaves no room for the rewrite';

function obstacle(
  ast: Ast,
  args: readonly number[],
  { invariance, statement }: HoistingPlace,
  use: RegExpUse,
): string | undefined {
  const flags = args[1] === undefined ? '' : ast.string(args[1]);
  if (flags === undefined) return 'its flags are not known';
  // with g or y the next round would go on where the last match ended
  if (use.keepsState && /[gy]/.test(flags))
    return `test() and exec() keep their position (lastIndex) from one round to the next with the flag ${/[gy]/.exec(flags)?.[0] ?? ''}`;
  if (flags.includes('y')) return 'a sticky expression starts where lastIndex says';
  const opaque = opaqueObstacle(ast, invariance);
  if (opaque !== undefined) return opaque;
  return statement === none
    ? 'there is no room for a variable outside of the loop: give the function or the loop around it braces'
    : undefined;
}

function evidenceLines(ctx: RuleContext, args: readonly number[], invariance: Invariance, use: RegExpUse): string[] {
  const texts = use.assumedTexts.map((node) => `assumed that ${ctx.ast.excerpt(node)} is a string`);
  const variables = invarianceEvidence(ctx, args, invariance);
  return [...new Set([...variables, ...texts, 'the expression is only matched, and keeps no position'])];
}
