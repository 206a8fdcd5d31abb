import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { mayBeReadonly } from '../../engine/evidence/mutable-types.ts';
import type { Tier } from '../../engine/finding.ts';
import { grownList, isListLiteral } from '../../engine/idioms/grown-list.ts';
import { type LoopAccumulator, readLoopAccumulators } from '../../engine/idioms/loop-accumulator.ts';
import { type Reducer, readReducer, receiverOf } from '../../engine/idioms/reducer.ts';
import { isReadOfArray, variableUse } from '../../engine/idioms/variable-uses.ts';
import { reducerEdits } from '../../engine/rewriting/reducer-edits.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import { additionEvidence, additionObstacle, concatOf, pushStatement } from './concat-elements.ts';

export default defineRule({
  meta: {
    id: 'acc-concat-array',
    group: 'copy-accumulate',
    summary: '`list = list.concat(x)` in a loop, `reduce((acc, x) => acc.concat(y), [])` → `push`',
    why: 'concat() copies all elements so far in every round, so n rounds cost n²/2 copies. The array starts as a literal that only one variable ever holds, so no one can tell a grown array from a new one. concat() takes arrays apart and adds anything else as it is; hence it must be known which of the two the argument is.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A2', 'A3', 'A4', 'A9'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    example: {
      before: `interface Section {
  readonly title: string;
  readonly lines: string[];
}

export function titles(sections: readonly Section[]): string[] {
  let all: string[] = [];
  for (const section of sections) {
    all = all.concat(section.title);
  }
  return all;
}

export const lines = (sections: readonly Section[]): string[] =>
  sections.reduce<string[]>((all, section) => all.concat(section.lines), []);
`,
      after: `interface Section {
  readonly title: string;
  readonly lines: string[];
}

export function titles(sections: readonly Section[]): string[] {
  let all: string[] = [];
  for (const section of sections) {
    all.push(section.title);
  }
  return all;
}

export const lines = (sections: readonly Section[]): string[] =>
  sections.reduce<string[]>((all, section) => {
    for (const line of section.lines) all.push(line);
    return all;
  }, []);
`,
    },
    stays: [
      'It is not known whether the argument is an array: concat() adds the elements of one, and other values as they are.',
      'An array is added that is made here and may have holes, which concat() keeps; level balanced takes it that parameters and properties have none.',
      'Arrays are added together with other things, or are computed from the list itself.',
      'The list does not start as an array literal, is exported, or is used by a closure.',
      'The list is stored, passed on, returned within something else or iterated before the last round: an old copy could be seen.',
      'The list has a `readonly` type, or one that is declared in another file.',
      'The value of the assignment is used.',
    ],
  },
  triggers: ['concat'],
  find(ctx) {
    const { ast, scope } = ctx;
    const grown = grownList(ast);
    const isUpdate = (assignment: number): boolean =>
      concatOf(ast, ast.child(assignment, 'right'), ast.value(ast.child(assignment, 'left'))) !== undefined;
    const isPrivateUse = (identifier: number): boolean =>
      grown.isPrivateUse(identifier) || isUpdate(ast.parent(ast.parent(ast.parent(identifier))));
    for (const accumulator of readLoopAccumulators(ast, scope, { ...grown, isUpdate, isPrivateUse }))
      reportLoop(ctx, accumulator);
    for (const node of ast.ofKind('CallExpression')) {
      const reducer = readReducer(ast, scope, node);
      if (reducer?.results.some((result) => concatOf(ast, result, reducer.accumulator.name)) === true)
        reportReducer(ctx, reducer);
    }
  },
});

function reportLoop(ctx: RuleContext, { binding, updates, blockedBy }: LoopAccumulator): void {
  const { ast, rewrite } = ctx;
  const calls = updates
    .map((update) => concatOf(ast, ast.child(update, 'right'), binding.name))
    .filter((call) => call !== undefined);
  const reason =
    blockedBy ??
    (mayBeReadonly(ast, ast.child(binding.declarations[0] ?? none, 'typeAnnotation'))
      ? `${binding.name} has a readonly type, or one from another file: annotate it as a mutable array`
      : calls.map((call) => additionObstacle(ctx, call, binding)).find((one) => one !== undefined));
  const edits = reason === undefined ? updates.map((update, index) => updateEdit(update, index)) : [undefined];
  const known = calls.map((call) => additionEvidence(ctx, call));
  ctx.report({
    node: updates[0] ?? none,
    tier: known.every(({ isSure }) => isSure) ? 'safe' : 'balanced',
    message: `${binding.name}.concat() copies all elements so far in every round; push() adds to the same array`,
    relies: [binding],
    ...(edits.includes(undefined)
      ? { blockedBy: reason ?? 'the code around it leaves no room for the rewrite' }
      : {
          edits: edits.filter((edit) => edit !== undefined),
          evidence: [
            `${binding.name} starts as a literal and nothing else holds the array while the loop runs`,
            ...known.flatMap(({ lines }) => lines),
          ],
        }),
  });

  /** Only the expression is replaced: the statement keeps its place, its end and its comments. */
  function updateEdit(update: number, index: number): Edit | undefined {
    const call = calls[index];
    const indent = rewrite.indentAt(ast.start(update));
    const text = call === undefined ? undefined : pushStatement(ctx, call, binding, indent);
    if (text === undefined || (text.startsWith('for ') && rewrite.isParenthesized(update))) return undefined;
    return { start: ast.start(update), end: ast.end(update), text };
  }
}

function reportReducer(ctx: RuleContext, reducer: Reducer): void {
  const { ast, evidence, rewrite } = ctx;
  const { accumulator, call, results } = reducer;
  const copies = results.map((result) => concatOf(ast, result, accumulator.name)).filter((copy) => copy !== undefined);
  const reason =
    reducerObstacle(ctx, reducer) ??
    copies.map((copy) => additionObstacle(ctx, copy, accumulator)).find((one) => one !== undefined);
  const edits =
    reason === undefined
      ? reducerEdits(ast, rewrite, reducer, (leaf, indent) => {
          const copy = concatOf(ast, leaf, accumulator.name);
          const statement = copy === undefined ? undefined : pushStatement(ctx, copy, accumulator, indent);
          return statement === undefined ? undefined : [statement];
        })
      : undefined;
  const receiver = receiverOf(evidence, ast, call);
  const known = copies.map((copy) => additionEvidence(ctx, copy));
  const tier: Tier = known.every(({ isSure }) => isSure) ? receiver.tier : 'balanced';
  ctx.report({
    node: call.call,
    tier,
    message: `${accumulator.name}.concat() copies all elements so far at every step of ${call.name}(); push() adds to the same array`,
    relies: [accumulator],
    ...(edits === undefined
      ? { blockedBy: reason ?? `not every path returns ${accumulator.name} or a copy of it with something added` }
      : {
          edits,
          evidence: [
            receiver.evidence,
            `${accumulator.name} starts as a literal and never leaves the callback`,
            ...known.flatMap(({ lines }) => lines),
          ],
        }),
  });
}

function reducerObstacle({ ast, evidence }: RuleContext, reducer: Reducer): string | undefined {
  const { accumulator, call, start, uses } = reducer;
  if (!isListLiteral(ast, ast.withoutTypes(start))) return 'the start value is not an array literal';
  const escape = uses.find(({ node }) => !isPrivateUse(ast, node, reducer));
  if (escape !== undefined)
    return `${accumulator.name} is also used in a way that could show its copies: ${ast.excerpt(ast.parent(escape.node))}`;
  if (receiverOf(evidence, ast, call).isOther) return `${ast.excerpt(call.object)} is not an array`;
  return isMutable(ast, reducer)
    ? undefined
    : `${accumulator.name} may have a readonly type: annotate it as a mutable array`;
}

/** Returned as it is, copied by a returned concat(), or only read. */
function isPrivateUse(ast: Ast, identifier: number, { results, accumulator }: Reducer): boolean {
  if (results.includes(identifier)) return true;
  const isCopied = results.some((result) => concatOf(ast, result, accumulator.name)?.object === identifier);
  return isCopied || isReadOfArray(ast, variableUse(ast, identifier));
}

/** In TypeScript the accumulator must say that it is a mutable array. */
function isMutable(ast: Ast, { callback, call, start }: Reducer): boolean {
  const [parameter = none] = ast.list(callback, 'params');
  const types = [
    ...ast.list(ast.child(call.call, 'typeArguments'), 'params'),
    ast.child(parameter, 'typeAnnotation'),
    ast.child(callback, 'returnType'),
    ast.child(start, 'typeAnnotation'),
  ].filter((type) => type >= 0);
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  return (types.length > 0 || !isTyped) && !types.some((type) => mayBeReadonly(ast, type));
}
