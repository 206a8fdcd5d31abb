import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import { defineRule, type RuleContext } from '../../engine/rule.ts';

export default defineRule({
  meta: {
    id: 'array-entries',
    group: 'iteration',
    summary: '`for (const [i, x] of xs.entries())` → a loop over the index; `[, x]` → `for (const x of xs)`',
    why: 'entries() makes a pair for every element, which is taken apart through another iterator. A loop over the index reads the same elements: both look at the length of the array anew in every round, and both see holes as undefined.',
    since: '0.1.0',
    languages: ['javascript', 'jsx', 'typescript', 'tsx'],
    tier: 'safe',
    assumes: ['A1', 'A2', 'A3'],
    complexity: { before: 'n pairs', after: 'no pairs' },
    example: {
      before: `export function numbered(lines: string[]): string[] {
  const result: string[] = [];
  for (const [index, line] of lines.entries()) {
    result.push(\`\${index + 1}: \${line}\`);
  }
  return result;
}
`,
      after: `export function numbered(lines: string[]): string[] {
  const result: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    result.push(\`\${index + 1}: \${line}\`);
  }
  return result;
}
`,
    },
    stays: [
      'The value is not known to be an array: Map, Set, FormData and others have `entries()` of their own.',
      'The array is no variable that keeps its value: it would be looked up anew in every round.',
      'The index or the element is written in the loop, or the body declares something of the name of the array, the index or the element.',
      'The pattern has default values, a rest, or more than two parts.',
      'The pattern is a `var`: it keeps the last values behind the loop.',
      'The loop is a `for await`, a comment stands in its head, or its body is one statement of several lines without braces.',
    ],
  },
  triggers: ['entries'],
  find(ctx) {
    const { ast, scope, evidence } = ctx;
    for (const loop of ast.ofKind('ForOfStatement')) {
      const call = ast.methodCall(ast.child(loop, 'right'), 'entries');
      const pair = call === undefined || ast.has(loop, 'await') ? undefined : pairOf(ctx, loop);
      if (call === undefined || call.args.length > 0 || pair === undefined) continue;
      const shape = evidence.shapeOf(call.object);
      // of a value that nothing is known of, it is a Map as often as an array
      if (scope.isGlobal(call.object) || shape?.type !== 'array') continue;
      const isProven = evidence.is(call.object, 'array');
      const edits = isProven
        ? (valueOnly(ctx, loop, call.object, pair) ?? byIndex(ctx, loop, call.object, pair))
        : undefined;
      ctx.report({
        node: ast.child(loop, 'right'),
        message: `entries() makes a pair for every element of ${ast.excerpt(call.object)}; a plain loop needs none`,
        evidence: [evidence.describe(call.object)].filter((line) => line !== undefined),
        ...(edits === undefined
          ? {
              blockedBy: isProven
                ? `${ast.excerpt(call.object)} is no constant, or a name of the loop has another meaning in its body`
                : `${ast.excerpt(call.object)} is not known to be an array: annotate it`,
            }
          : { edits }),
      });
    }
  },
});

/** `[index, element]` of the head of a loop, `none` for a part that is left out. */
interface Pair {
  readonly pattern: number;
  readonly index: number;
  readonly element: number;
}

function pairOf({ ast }: RuleContext, loop: number): Pair | undefined {
  const left = ast.child(loop, 'left');
  const pattern = ast.child(ast.child(left, 'declarations'), 'id');
  if (!ast.is(left, 'VariableDeclaration') || !['const', 'let'].includes(ast.value(left))) return undefined;
  const isCommented = ast.tree.comments.some(
    ({ start }) => start > ast.start(loop) && start < ast.start(ast.child(loop, 'body')),
  );
  if (isCommented) return undefined;
  if (!ast.is(pattern, 'ArrayPattern') || ast.child(pattern, 'typeAnnotation') !== none) return undefined;
  const [first = none, second = none, ...more] = ast.list(pattern, 'elements');
  const index = ast.is(first, 'Hole') ? none : first;
  const element = ast.is(second, 'Hole') ? none : second;
  const isPlain =
    (index === none || ast.isIdentifier(index)) &&
    (element === none || ast.is(element, 'Identifier', 'ObjectPattern', 'ArrayPattern'));
  return isPlain && more.length === 0 && (index !== none || element !== none) ? { pattern, index, element } : undefined;
}

/** `for (const [, x] of xs.entries())`, also with an index that nobody uses, is `for (const x of xs)`. */
function valueOnly(
  { ast, scope, rewrite }: RuleContext,
  loop: number,
  array: number,
  { pattern, index, element }: Pair,
): Edit[] | undefined {
  const isUsed = index !== none && (scope.bindingOf(index)?.references ?? []).some(({ init }) => !init);
  if (element === none || isUsed) return undefined;
  const right = ast.child(loop, 'right');
  return [
    { start: ast.start(pattern), end: ast.end(pattern), text: ast.source(element) },
    { start: ast.start(right), end: ast.end(right), text: rewrite.argument(array) },
  ];
}

function byIndex(ctx: RuleContext, loop: number, array: number, { index, element }: Pair): Edit[] | undefined {
  const { ast, scope, rewrite } = ctx;
  const binding = ast.isIdentifier(array) ? scope.bindingOf(array) : undefined;
  const counter = index === none ? undefined : scope.bindingOf(index);
  const body = ast.child(loop, 'body');
  if (index === none || binding === undefined || binding.kind === 'import' || scope.isReassigned(binding))
    return undefined;
  if (counter === undefined || scope.isReassigned(counter) || !keepsNames(ctx, loop, array)) return undefined;
  const [name, source] = [ast.value(index), ast.value(array)];
  const head: Edit = {
    start: ast.start(ast.child(loop, 'left')),
    end: ast.end(ast.child(loop, 'right')),
    text: `let ${name} = 0; ${name} < ${source}.length; ${name} += 1`,
  };
  if (element === none) return [head];
  const isTyped = ast.tree.language === 'typescript' || ast.tree.language === 'tsx';
  const keyword = ast.value(ast.child(loop, 'left'));
  const read = `${keyword} ${ast.source(element)} = ${source}[${name}]${isTyped ? '!' : ''}`;
  const indent = rewrite.eol + rewrite.indentAt(ast.start(loop));
  const inner = indent + rewrite.indentUnit;
  // without semicolons a line that starts with a bracket would join ours
  const [firstInside = body] = ast.is(body, 'BlockStatement') ? ast.list(body, 'body') : [body];
  const end = /^[([`/+-]/.test(ast.source(firstInside)) ? ';' : rewrite.semicolon;
  const isLong = /[\n\r]/.test(ast.source(body));
  if (ast.is(body, 'BlockStatement')) {
    const start = ast.start(body) + 1;
    // code may go on in the line of the brace
    const isBroken = isLong && /^[^\S\n\r]*[\n\r]/.test(ast.text.slice(start));
    return [head, { start, end: start, text: isBroken ? inner + read + end : ` ${read};` }];
  }
  if (ast.is(body, 'EmptyStatement') || isLong) return undefined;
  const gap = ast.text.slice(ast.end(ast.child(loop, 'right')), ast.start(body));
  if (!/^\s*\)\s*$/.test(gap)) return undefined;
  return [
    head,
    {
      start: ast.start(body) - (/\s*$/.exec(gap)?.[0].length ?? 0),
      end: ast.start(body),
      text: ` {${inner}${read}${end}${inner}`,
    },
    { start: ast.end(body), end: ast.end(body), text: `${indent}}` },
  ];
}

/** No declaration in the body takes a name of the head or of the array: the element is declared at its start. */
function keepsNames({ ast, scope }: RuleContext, loop: number, array: number): boolean {
  const pattern = ast.child(ast.child(ast.child(loop, 'left'), 'declarations'), 'id');
  const own = new Set([array, ...ast.ofKindWithin('Identifier', pattern)].map((node) => ast.value(node)));
  const meant = new Set(
    [array, ...ast.ofKindWithin('Identifier', pattern)]
      .map((node) => scope.bindingOf(node))
      .filter((one) => one !== undefined),
  );
  return (
    declaredWithin(ast, ast.child(loop, 'body')).every((node) => {
      const binding = scope.bindingOf(node);
      return !own.has(ast.value(node)) || (binding !== undefined && meant.has(binding)) || isPropertyName(ast, node);
    }) && !ast.ofKindWithin('Identifier', pattern).some((node) => ast.value(node) === ast.value(array))
  );
}

function declaredWithin(ast: Ast, body: number): number[] {
  return [...ast.ofKindWithin('Identifier', body), ...ast.ofKindWithin('JSXIdentifier', body)];
}

function isPropertyName(ast: Ast, node: number): boolean {
  const parent = ast.parent(node);
  if (ast.is(parent, 'MemberExpression')) return ast.field(node) === 'property' && !ast.has(parent, 'computed');
  return ast.field(node) === 'key' && !ast.has(parent, 'computed') && !ast.has(parent, 'shorthand');
}
