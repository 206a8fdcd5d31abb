import { none } from '../../engine/ast.ts';
import { isForeignArray } from '../../engine/evidence/foreign-array.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'copy-loop',
    group: 'copy-accumulate',
    summary: '`const copy = []; for (const x of xs) copy.push(x);` → `const copy = xs.slice();`',
    why: 'The loop takes every element through an iterator and lets the copy grow step by step. slice() allocates an array of the right size and copies the memory. The loop fills holes with undefined, slice() keeps them: hence the array must have none.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'balanced',
    lowestTier: 'safe',
    assumes: ['A2', 'A3', 'A9'],
    complexity: { before: 'O(n) rounds', after: 'O(n) memory copy' },
    example: {
      before: `export function sortedWords(line: string): string[] {
  const parts = line.split(' ');
  const words: string[] = [];
  for (const part of parts) {
    words.push(part);
  }
  return words.sort();
}
`,
      after: `export function sortedWords(line: string): string[] {
  const parts = line.split(' ');
  const words: string[] = parts.slice();
  return words.sort();
}
`,
    },
    stays: [
      'What is copied is not known to be an array: a Set, a Map, a string or a generator has no such slice().',
      'The array is made here and may have holes; level balanced takes it that parameters and properties have none.',
      'Anything else happens in the loop, or between the declaration and the loop.',
      'The copy is not empty at first, has no type of its own in TypeScript (it would change), or is exported.',
      'The variable of the loop is a `var`, which keeps the last element.',
      'A comment stands in what would be removed.',
    ],
  },
  triggers: ['push'],
  find(ctx) {
    for (const loop of ctx.ast.ofKind('ForOfStatement')) {
      const copy = copyOf(ctx, loop);
      if (copy !== undefined) report(ctx, loop, copy);
    }
  },
});

interface Copy {
  /** `const copy = []` right before the loop. */
  readonly declaration: number;
  /** The empty literal. */
  readonly literal: number;
  readonly id: number;
}

function copyOf({ ast, scope }: RuleContext, loop: number): Copy | undefined {
  const item = declaredItem(ast, loop);
  const body = ast.child(loop, 'body');
  const statements = ast.is(body, 'BlockStatement') ? ast.list(body, 'body') : [body];
  const [statement = none, ...others] = statements;
  const push = ast.methodCall(ast.child(statement, 'expression'), 'push');
  const [argument = none, ...more] = push?.args ?? [];
  const isPush = push !== undefined && ast.is(statement, 'ExpressionStatement') && ast.isIdentifier(push.object);
  if (item === none || !isPush || others.length > 0 || more.length > 0) return undefined;
  const binding = scope.bindingOf(push.object);
  const isItem = ast.isIdentifier(argument) && scope.bindingOf(argument) === scope.bindingOf(item);
  if (!isItem || binding?.declarations.length !== 1 || !ast.isInStatementList(loop)) return undefined;
  const siblings = ast.list(ast.parent(loop), ast.field(loop));
  const declaration = siblings[siblings.indexOf(loop) - 1] ?? none;
  const [declarator = none, ...rest] = ast.list(declaration, 'declarations');
  const id = ast.child(declarator, 'id');
  const literal = ast.child(declarator, 'init');
  const isEmpty = ast.is(literal, 'ArrayExpression') && ast.children(literal).length === 0;
  return rest.length === 0 && id === binding.declarations[0] && isEmpty ? { declaration, literal, id } : undefined;
}

/** `x` of `for (const x of …)`, or `none`. */
function declaredItem(ast: RuleContext['ast'], loop: number): number {
  const left = ast.child(loop, 'left');
  const id = ast.child(ast.child(left, 'declarations'), 'id');
  const isOwn = ast.is(left, 'VariableDeclaration') && ['const', 'let'].includes(ast.value(left));
  return isOwn && !ast.has(loop, 'await') && ast.isIdentifier(id) ? id : none;
}

function report(ctx: RuleContext, loop: number, { declaration, literal, id }: Copy): void {
  const { ast, scope, evidence, rewrite } = ctx;
  const array = ast.child(loop, 'right');
  const shape = evidence.shapeOf(array);
  if (shape !== undefined && shape.type !== 'array') return;
  const isDense = evidence.isDenseArray(array);
  const blockedBy = obstacle(ctx, loop, { declaration, literal, id }, isDense);
  ctx.report({
    node: loop,
    tier: isDense ? 'safe' : 'balanced',
    message: `an array is copied element by element; slice() copies it at once`,
    evidence: [
      evidence.describe(array),
      ...(isDense ? [] : [`assumed that ${ast.excerpt(array)} has no holes`]),
    ].filter((line) => line !== undefined),
    relies: [scope.bindingOf(id)].filter((binding) => binding !== undefined),
    ...(blockedBy === undefined
      ? {
          edits: [
            { start: ast.start(literal), end: ast.end(literal), text: `${rewrite.operand(array, 'call')}.slice()` },
            { start: ast.end(declaration), end: ast.end(loop), text: '' },
          ],
        }
      : { blockedBy }),
  });
}

function obstacle(
  { ast, scope, evidence }: RuleContext,
  loop: number,
  { declaration, id }: Copy,
  isDense: boolean,
): string | undefined {
  const array = ast.child(loop, 'right');
  if (!evidence.is(array, 'array')) return `${ast.excerpt(array)} is not known to be an array: annotate it`;
  if (!isDense && !isForeignArray(ast, scope, array)) return `${ast.excerpt(array)} may have holes`;
  const names = [ast.value(id), ast.value(declaredItem(ast, loop))];
  if (ast.ofKindWithin('Identifier', array).some((node) => names.includes(ast.value(node))))
    return `${ast.excerpt(array)} uses a variable of the loop, or the copy itself`;
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  if (isTyped && ast.child(id, 'typeAnnotation') === none)
    return `${ast.value(id)} has no type of its own, and would get that of ${ast.excerpt(array)}`;
  const isCommented = ast.tree.comments.some(({ start, end }) => start >= ast.end(declaration) && end <= ast.end(loop));
  return isCommented ? 'a comment stands in the loop' : undefined;
}
