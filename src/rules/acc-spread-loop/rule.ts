import { appendStatement } from '../../engine/rewriting/append-statement.ts';
import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import {
  isCaughtInFunction,
  type LoopAccumulator,
  readLoopAccumulators,
} from '../../engine/idioms/loop-accumulator.ts';
import { mayBeReadonly } from '../../engine/evidence/mutable-types.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';
import type { Binding } from '../../engine/scope/scope.ts';
import { isAppend, isPrepend, listKind } from './list-updates.ts';
import { prependEdits } from './prepend.ts';

export default defineRule({
  meta: {
    id: 'acc-spread-loop',
    group: 'copy-accumulate',
    summary: '`list = [...list, x]` in a loop → `list.push(x)`',
    why: 'The spread copies all elements so far in every round, so n rounds cost n²/2 copies. The array is a fresh literal that only this variable ever held, so no one can tell a grown array from a new one. `[x, ...list]` becomes a push and one reverse() behind the loop.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A2', 'A4'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    example: {
      before: `export function parseLines(text: string): string[] {
  let lines: string[] = [];
  for (const line of text.split('\\n')) {
    if (line.startsWith('#')) continue;
    lines = [...lines, line.trim()];
  }
  return lines;
}
`,
      after: `export function parseLines(text: string): string[] {
  let lines: string[] = [];
  for (const line of text.split('\\n')) {
    if (line.startsWith('#')) continue;
    lines.push(line.trim());
  }
  return lines;
}
`,
    },
    stays: [
      'The variable is exported, a parameter, or at the top of a classic script, where others could hold or see the array.',
      'A closure uses the variable: it may keep an old array or run between two rounds.',
      'It gets a value that is no array literal, e.g. `list = other` or `list = list.concat(x)`.',
      'Before the loop ends, the array is stored, passed on, yielded or iterated while it grows: an old copy could be seen.',
      'The array may have holes, which a copy by spread fills with undefined.',
      'Several elements follow and one of them is a spread, or what is spread reads the variable.',
      'What is spread may throw half-way inside a `try`, behind which the array could be read.',
      'The variable has a `readonly` type, or one that is declared in another file.',
      'The value of the assignment is used.',
      '`[x, ...list]` where the list is read in the loop, filled before it, or where a labelled jump or a `try` could skip the reverse().',
    ],
  },
  triggers: ['...'],
  find(ctx) {
    for (const accumulator of readLoopAccumulators(ctx.ast, ctx.scope, listKind(ctx.ast))) report(ctx, accumulator);
  },
});

function report(ctx: RuleContext, accumulator: LoopAccumulator): void {
  const { binding, updates } = accumulator;
  const { name } = binding;
  const isAtFront = updates.every((update) => isPrepend(ctx.ast, update));
  const blockedBy = accumulator.blockedBy ?? typeObstacle(ctx.ast, accumulator);
  const edits =
    blockedBy === undefined ? (isAtFront ? prependEdits(ctx, accumulator) : appendEdits(ctx, accumulator)) : undefined;
  const places = updates.length > 1 ? ` (${String(updates.length)} places)` : '';
  ctx.report({
    node: updates[0] ?? none,
    message: isAtFront
      ? `${name} = […, ...${name}] copies all elements so far in every round${places}; push() and one reverse() behind the loop do the same`
      : `${name} = [...${name}, …] copies all elements so far in every round${places}; push() adds to the same array`,
    relies: [binding],
    ...(edits === undefined
      ? {
          blockedBy:
            blockedBy ??
            (isAtFront
              ? `${name} could be seen before a reverse() behind the loop, or the reverse() be skipped`
              : `what is added to ${name} cannot be pushed with the same result`),
        }
      : { edits, evidence: [`${name} starts as a literal and nothing else holds the array while the loop runs`] }),
  });
}

function typeObstacle(ast: Ast, { binding }: LoopAccumulator): string | undefined {
  const isReadonly = mayBeReadonly(ast, ast.child(binding.declarations[0] ?? none, 'typeAnnotation'));
  return isReadonly
    ? `${binding.name} has a readonly type, or one from another file: annotate it as a mutable array`
    : undefined;
}

function appendEdits(ctx: RuleContext, { binding, updates }: LoopAccumulator): Edit[] | undefined {
  const edits = updates.map((update) => appendEdit(ctx, update, binding));
  return edits.includes(undefined) ? undefined : edits.filter((edit) => edit !== undefined);
}

/** Only the expression is replaced: the statement keeps its place, its end and its comments. */
function appendEdit({ ast, scope, rewrite }: RuleContext, update: number, binding: Binding): Edit | undefined {
  const statement = isAppend(ast, update)
    ? appendStatement(ast, scope, rewrite, ast.child(update, 'right'), binding, rewrite.indentAt(ast.start(update)))
    : undefined;
  if (statement === undefined) return undefined;
  // a throw half-way through a spread would leave the elements before it in the array
  if (statement.startsWith('for ') && (rewrite.isParenthesized(update) || isCaughtInFunction(ast, update)))
    return undefined;
  return { start: ast.start(update), end: ast.end(update), text: statement };
}
